import {closeSync, constants, fstatSync, openSync, read, readSync, type Stats, statSync} from 'node:fs';
import {errnoOf, ioError, MemError} from '../errors.js';

const {O_NONBLOCK, O_RDONLY} = constants;
/** Until a pipe that was opened without blocking has something to read. */
const TRY_AGAIN_MS = 10;
/** So many bytes are read without the help of another thread. */
const PROMPT_BYTES = 128 * 1024;

/** A source of lines. It is opened when the sources before it are read. */
export interface InputSource {
  /** A path, or `-`. */
  readonly name: string;
  /** @throws MemError NO_INPUT */
  open(): Input;
}

export interface Input {
  /** The size of a file; undefined for a pipe. */
  readonly size: number | undefined;
  /** Reads what is available into `block`. Resolves to the number of bytes, 0 at the end. */
  read(block: Buffer): Promise<number>;
  close(): void;
}

/** A file, or standard input for `-`. */
export function inputSource(name: string): InputSource {
  return {name, open: () => (name === '-' ? descriptorInput(0, 'standard input') : fileInput(name))};
}

function fileInput(path: string): Input {
  try {
    const descriptor = openSync(path, O_RDONLY);
    if (fstatSync(descriptor).isDirectory()) throw Object.assign(new Error('a folder'), {code: 'EISDIR'});
    return descriptorInput(descriptor, path);
  } catch (cause) {
    const hint = 'check the path; files are read as JSON Lines, one event per line';
    switch (errnoOf(cause)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new MemError('NO_INPUT', `the file ${path} does not exist`, {hint, cause});
      case 'EISDIR':
        throw new MemError('NO_INPUT', `${path} is a folder, not a file`, {hint, cause});
      case 'EACCES':
      case 'EPERM':
        throw new MemError('NO_INPUT', `${path} cannot be read: permission denied`, {hint, cause});
    }
    throw ioError(cause, path, 'read');
  }
}

function descriptorInput(descriptor: number, what: string): Input {
  const stat = fstatSync(descriptor);
  const prompt = promptDescriptor(descriptor, stat);
  let promptBytes = 0;
  return {
    size: stat.isFile() ? stat.size : undefined,
    read: async (block) => {
      const bytes = prompt === undefined || promptBytes >= PROMPT_BYTES ? undefined : readPromptly(prompt, block);
      if (bytes === undefined) return readSome(descriptor, block, what);
      promptBytes += bytes;
      return bytes;
    },
    close: () => {
      if (prompt !== undefined && prompt !== descriptor) closeSync(prompt);
      if (descriptor !== 0) closeSync(descriptor);
    },
  };
}

/**
 * A descriptor from which a read does not wait; undefined if that is impossible. A background read starts Node's four threads. For a
 * hook's single event that takes longer than everything else. For long input it is better, since other work goes on.
 */
function promptDescriptor(descriptor: number, stat: Stats): number | undefined {
  if (stat.isFile()) return descriptor;
  if (!stat.isFIFO()) return undefined;
  try {
    // Opened again: O_NONBLOCK on a shared descriptor would change it for the others too. Only Linux can do this.
    return openSync(`/proc/self/fd/${descriptor}`, O_RDONLY | O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** Undefined when nothing can be read yet, or after an error: the other way of reading meets that error again and reports it. */
function readPromptly(descriptor: number, block: Buffer): number | undefined {
  try {
    return readSync(descriptor, block, 0, block.length, null);
  } catch {
    return undefined;
  }
}

// Descriptors, not process.stdin: its stream modules take longer to load than a hook's event takes to read.
function readSome(descriptor: number, block: Buffer, what: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const again = () => {
      read(descriptor, block, 0, block.length, null, (error, bytes) => {
        if (error === null) resolve(bytes);
        else if (error.code === 'EAGAIN') setTimeout(again, TRY_AGAIN_MS);
        else if (error.code === 'EISDIR')
          reject(new MemError('NO_INPUT', `${what} is a folder`, {hint: 'pipe a file into it', cause: error}));
        else reject(ioError(error, what, 'read'));
      });
    };
    again();
  });
}

/** Whether a descriptor is a terminal. node:tty knows for sure; it is loaded only for a device other than /dev/null. */
export async function isTerminal(descriptor: number): Promise<boolean> {
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null').rdev) return false;
  } catch {
    return false;
  }
  const {isatty} = await import('node:tty');
  return isatty(descriptor);
}
