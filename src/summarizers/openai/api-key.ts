import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import type {KeyPlaces} from '../../domain/model/openai-settings.js';
import {errnoOf, MemError} from '../../errors.js';
import {shellWord} from '../../system/shell-word.js';
import {runKeyCommand} from './key-command.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Larger than any key. */
const MOST_BYTES = 16 * 1024;

/**
 * The key, or undefined where its variable is not set. It is read anew by each process, when a request is to be made, and held nowhere
 * but in memory. No message holds any of it.
 * @throws MemError CONFIG_INVALID for a file that others can read, a command that fails, a text that is no key
 */
export async function readKey(places: KeyPlaces, env: Environment, signal: AbortSignal): Promise<string | undefined> {
  const {command, file, variable} = places;
  if (command !== undefined) return checkedKey(await runKeyCommand(command, withoutKey(env, variable), signal), 'openai.api_key_command');
  if (file !== undefined) return checkedKey(readKeyFile(file), file);
  const text = env[variable];
  return text === undefined || text === '' ? undefined : checkedKey(text, `the variable ${variable}`);
}

/** A child needs no key, and what it starts may be an agent whose hooks call mem: those calls are to be ignored. */
function withoutKey(env: Environment, variable: string): Environment {
  const {[variable]: _, ...rest} = env;
  return {...rest, MEM_SUMMARIZING: '1'};
}

function checkedKey(text: string, place: string): string {
  const key = text.trim();
  // It becomes a header: what is no printable ASCII would be an error there, with the key in it.
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new MemError('CONFIG_INVALID', `${place} holds no key: ${key === '' ? 'it is empty' : 'a key is one word of ASCII'}`, {
    hint: 'put the key there, and nothing else',
  });
}

function readKeyFile(path: string): string {
  let file: number;
  try {
    // A pipe without a writer would be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new MemError('CONFIG_INVALID', `cannot read the key's file ${path} (${errnoOf(cause) ?? 'no errno'})`, {
      hint: 'put the key there, for you alone to read, or name another file: mem config set openai.api_key_file PATH',
      cause,
    });
  }
  try {
    const {mode, uid, size} = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > MOST_BYTES) {
      throw new MemError('CONFIG_INVALID', `${path} is no file with a key`, {hint: 'name a file that holds the key and nothing else'});
    }
    if (uid !== process.getuid?.()) {
      throw new MemError('CONFIG_INVALID', `the key's file ${path} belongs to another user`, {
        hint: 'make a copy of your own, with mode 0600',
      });
    }
    if ((mode & 0o077) !== 0) {
      throw new MemError('CONFIG_INVALID', `others can read the key's file ${path}`, {hint: `run: chmod 600 ${shellWord(path)}`});
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
