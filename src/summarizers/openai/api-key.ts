import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import type {KeyPlaces} from '../../domain/model/openai-settings.js';
import {errnoOf, MemError} from '../../errors.js';
import {shellWord} from '../../system/shell-word.js';
import {runKeyCommand} from './key-command.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** No key is larger. */
const MOST_BYTES = 16 * 1024;

/**
 * The key; undefined when its variable is not set. Each process reads it when it makes its first request, and keeps it only in memory. No
 * message contains any part of it.
 * @throws MemError CONFIG_INVALID for a file that others can read, a command that fails, a text that is not a key
 */
export async function readKey(places: KeyPlaces, env: Environment, signal: AbortSignal): Promise<string | undefined> {
  const {command, file, variable} = places;
  if (command !== undefined) return checkedKey(await runKeyCommand(command, withoutKey(env, variable), signal), 'openai.api_key_command');
  if (file !== undefined) return checkedKey(readKeyFile(file), file);
  const text = env[variable];
  return text === undefined || text === '' ? undefined : checkedKey(text, `the variable ${variable}`);
}

/** A child needs no key. If it starts an agent whose hooks call mem, those calls must be ignored. */
function withoutKey(env: Environment, variable: string): Environment {
  const {[variable]: _, ...rest} = env;
  return {...rest, MEM_SUMMARIZING: '1'};
}

function checkedKey(text: string, place: string): string {
  const key = text.trim();
  // The key becomes a header. A header with other characters would cause an error that contains the key.
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new MemError('CONFIG_INVALID', `${place} holds no key: ${key === '' ? 'it is empty' : 'a key is one word of ASCII characters'}`, {
    hint: 'put the key there, and nothing else',
  });
}

function readKeyFile(path: string): string {
  let file: number;
  try {
    // Without O_NONBLOCK, a pipe without a writer would block.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new MemError('CONFIG_INVALID', `cannot read the key's file ${path} (${errnoOf(cause) ?? 'no errno'})`, {
      hint: 'put the key there, readable only by you, or name another file: mem config set openai.api_key_file PATH',
      cause,
    });
  }
  try {
    const {mode, uid, size} = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > MOST_BYTES) {
      throw new MemError('CONFIG_INVALID', `${path} is not a file with a key`, {hint: 'name a file that holds the key and nothing else'});
    }
    if (uid !== process.getuid?.()) {
      throw new MemError('CONFIG_INVALID', `the key's file ${path} belongs to another user`, {
        hint: 'make your own copy, with mode 0600',
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
