import {errnoOf, MemError} from '../../errors.js';

const REASONS: Readonly<Record<string, string>> = {EACCES: 'permission denied', EPERM: 'operation not permitted'};

/** A failed system call on an agent's file or folder as a MemError; a bug as it is. */
export function unreadable(error: unknown, path: string): unknown {
  const errno = errnoOf(error);
  if (error instanceof MemError || errno === undefined) return error;
  const reason = REASONS[errno];
  return new MemError('IO_ERROR', `cannot read ${path}: ${reason === undefined ? errno : `${reason} (${errno})`}`, {
    hint: reason === undefined ? 'check the disk, then run the command again' : 'fix its permissions, then run the command again',
    cause: error,
  });
}
