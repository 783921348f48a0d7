import {closeSync, constants, fstatSync, openSync, read, readSync, type Stats, statSync} from 'node:fs';
import {errnoOf, ioError, MemError} from '../errors.js';

const {O_NONBLOCK, O_RDONLY} = constants;
/** A pipe that its writer opened without blocking has nothing to read now and again. */
const TRY_AGAIN_MS = 10;
/** As much is read without another thread's help. */
const PROMPT_BYTES = 128 * 1024;

/** Where lines come from, opened when their turn comes. */
export interface InputSource {
  /** A path, or `-`. */
  readonly name: string;
  /** @throws MemError NO_INPUT */
  open(): Input;
}

export interface Input {
  /** The size of a file; undefined of a pipe. */
  readonly size: number | undefined;
  /** Fills as much of `block` as there is; resolves to the number of bytes, 0 at the end. */
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
        throw new MemError('NO_INPUT', `there is no file ${path}`, {hint, cause});
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
 * A descriptor from which a read does not wait; undefined where there is none. A read in the background starts Node's four threads, which
 * takes longer than all the rest of what a hook's one event needs; of much input it is the better way, since other work goes on.
 */
function promptDescriptor(descriptor: number, stat: Stats): number | undefined {
  if (stat.isFile()) return descriptor;
  if (!stat.isFIFO()) return undefined;
  try {
    // Opened anew, since O_NONBLOCK on a descriptor that others share would change theirs. Linux alone can do this.
    return openSync(`/proc/self/fd/${descriptor}`, O_RDONLY | O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** Undefined when there is nothing to read yet, or an error that the other way of reading will meet again and tell. */
function readPromptly(descriptor: number, block: Buffer): number | undefined {
  try {
    return readSync(descriptor, block, 0, block.length, null);
  } catch {
    return undefined;
  }
}

// Descriptors and not process.stdin: loading the stream's modules costs more than to read a hook's event.
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

/** Whether a person sits at the other end of a descriptor. What knows that for sure is loaded only when it is a device, and not the null one. */
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
