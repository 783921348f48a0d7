import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import {errnoOf, MemError} from '../../errors.js';
import {shellWord} from '../shell-word.js';
import {runSecretCommand, type SecretName} from './secret-command.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a secret is; the first place that is set counts. */
export interface SecretPlaces {
  /** An argument list: the command prints the secret. */
  readonly command: readonly string[] | undefined;
  /** An absolute path. */
  readonly file: string | undefined;
  /** The name of an environment variable. */
  readonly variable: string;
}

export interface SecretFound {
  readonly text: string;
  /** For messages. */
  readonly place: string;
}

/** No secret is larger. */
const MOST_BYTES = 16 * 1024;

/**
 * The text at the first place that is set; undefined when that is the variable, and it is empty. No message contains any part of it.
 * @throws MemError CONFIG_INVALID for a file that others can read, a command that fails
 */
export async function readSecret(
  {command, file, variable}: SecretPlaces,
  name: SecretName,
  env: Environment,
  signal: AbortSignal,
): Promise<SecretFound | undefined> {
  if (command !== undefined) {
    return {text: await runSecretCommand(command, name, withoutSecret(env, variable), signal), place: `${name.setting}_command`};
  }
  if (file !== undefined) return {text: readSecretFile(file, name), place: file};
  const text = env[variable];
  return text === undefined || text === '' ? undefined : {text, place: `the variable ${variable}`};
}

/** A child needs no secret. If it starts an agent whose hooks call mem, those calls must be ignored. */
function withoutSecret(env: Environment, variable: string): Environment {
  const {[variable]: _, ...rest} = env;
  return {...rest, MEM_SUMMARIZING: '1'};
}

function readSecretFile(path: string, {noun, setting}: SecretName): string {
  let file: number;
  try {
    // Without O_NONBLOCK, a pipe without a writer would block.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new MemError('CONFIG_INVALID', `cannot read the ${noun}'s file ${path} (${errnoOf(cause) ?? 'no errno'})`, {
      hint: `put the ${noun} there, readable only by you, or name another file: mem config set ${setting}_file PATH`,
      cause,
    });
  }
  try {
    const {mode, uid, size} = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > MOST_BYTES) {
      throw new MemError('CONFIG_INVALID', `${path} is not a file with a ${noun}`, {
        hint: `name a file that holds the ${noun} and nothing else`,
      });
    }
    if (uid !== process.getuid?.()) {
      throw new MemError('CONFIG_INVALID', `the ${noun}'s file ${path} belongs to another user`, {
        hint: 'make your own copy, with mode 0600',
      });
    }
    if ((mode & 0o077) !== 0) {
      throw new MemError('CONFIG_INVALID', `others can read the ${noun}'s file ${path}`, {hint: `run: chmod 600 ${shellWord(path)}`});
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
