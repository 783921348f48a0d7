import {errnoOf, ioError, MemError} from '../../errors.js';
import {DAMAGED_HINT} from './checksum.js';

/*
 * LevelDB tells what went wrong in the text of its message; its codes are too coarse. This is the one place that reads messages.
 */

const NOT_WRITABLE: Readonly<Record<string, string>> = {
  'No space left on device': 'free some space',
  'Disk quota exceeded': 'free some space',
  'Permission denied': 'fix the permissions',
  'Operation not permitted': 'fix the permissions',
  'Read-only file system': 'make the file system writable',
};

/** Whether an opening failed only because another process has the store open. */
export function isBusy(error: unknown): boolean {
  const {code, message} = innermost(error);
  return code === 'LEVEL_LOCKED' && message.includes('temporarily unavailable');
}

/**
 * What a failed opening of the store at `location` means.
 * @returns a MemError; anything that is a bug of ours comes back as it is
 */
export function openError(error: unknown, location: string): unknown {
  const {code, message} = innermost(error);
  if (code === 'LEVEL_LOCKED') {
    // Two openings at once in this process: the queue is there so that it cannot happen, and now the first one has lost its lock.
    if (message.includes('already held by process')) return error;
    return new MemError('IO_ERROR', `the file system of ${location} has no working locks (${message})`, {
      hint: 'keep the store on a local disk: set MEM_HOME or give --store',
      cause: error,
    });
  }
  const reason = Object.keys(NOT_WRITABLE).find((text) => message.includes(text));
  if (reason !== undefined) {
    return new MemError('NOT_WRITTEN', `the store at ${location} cannot be opened: ${reason.toLowerCase()}`, {
      hint: `${NOT_WRITABLE[reason]}, then run the command again; nothing was changed, but LevelDB cannot even read a store that it cannot write to`,
      cause: error,
    });
  }
  return isDamage(code, message) || message.includes('does not exist') ? damaged(location, message, error) : otherError(error, location);
}

/** What a failed read or write of the open store means. */
export function accessError(error: unknown, location: string): unknown {
  if (error instanceof MemError) return error;
  const {code, message} = innermost(error);
  const reason = Object.keys(NOT_WRITABLE).find((text) => message.includes(text));
  if (code === 'LEVEL_IO_ERROR' && reason !== undefined) {
    return new MemError('NOT_WRITTEN', `cannot write the store at ${location}: ${reason.toLowerCase()}`, {
      hint: `${NOT_WRITABLE[reason]}, then run the command again; nothing was changed`,
      cause: error,
    });
  }
  return isDamage(code, message) ? damaged(location, message, error) : otherError(error, location);
}

/** LevelDB calls it an invalid argument when a file ends before what it wants to read. */
function isDamage(code: string, message: string): boolean {
  return code === 'LEVEL_CORRUPTION' || /\/(MANIFEST-\d+|\d+\.(ldb|sst)): (No such file|Invalid argument)/.test(message);
}

function damaged(location: string, reason: string, cause: unknown): MemError {
  return new MemError('STORE_DAMAGED', `the store at ${location} is damaged: ${reason}`, {hint: DAMAGED_HINT, cause});
}

function otherError(error: unknown, location: string): unknown {
  const {code, message, source} = innermost(error);
  if (code === 'LEVEL_IO_ERROR') {
    return new MemError('IO_ERROR', `the store at ${location} failed: ${message}`, {
      hint: 'check the disk, then run the command again',
      cause: error,
    });
  }
  return code.startsWith('LEVEL_') ? error : ioError(source, `the store at ${location}`);
}

/** classic-level wraps a failed opening: what LevelDB said is the cause. */
function innermost(error: unknown): {readonly code: string; readonly message: string; readonly source: unknown} {
  if (!(error instanceof Error)) return {code: '', message: String(error), source: error};
  return error.cause instanceof Error ? innermost(error.cause) : {code: errnoOf(error) ?? '', message: error.message, source: error};
}
