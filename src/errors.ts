/**
 * The one table of error codes. A code is stable within a major version, a message is not; the status is what the process exits with
 * (sysexits.h, so clear of shell and runtime codes; never 2, which agents read as "block").
 */
export const EXIT_STATUS = {
  USAGE: 64,
  INPUT_BAD: 65,
  NO_INPUT: 66,
  NO_STORE: 66,
  NO_NODE: 66,
  SERVICE_AWAY: 69,
  BUG: 70,
  NOT_WRITTEN: 73,
  IO_ERROR: 74,
  STORE_DAMAGED: 74,
  STORE_BUSY: 75,
  LOCK_BUSY: 75,
  CONFIG_INVALID: 78,
  FORMAT_NEWER: 78,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** An error that a user or a caller can act on. Everything else that is thrown is a bug. */
export class MemError extends Error {
  readonly code: ErrorCode;
  /** What to do, as an imperative; if possible a command. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: {hint?: string; cause?: unknown} = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.name = 'MemError';
    this.code = code;
    this.hint = options.hint;
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.code];
  }
}

/** The errno of a failed system call, or undefined when `error` is something else. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const NOT_WRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/**
 * Translates a failed system call on `what` (a noun phrase with its path) into a MemError: NOT_WRITTEN where the disk is full or
 * closed to us, IO_ERROR for every other errno. An error without errno is returned as it is: it is a bug.
 */
export function ioError(error: unknown, what: string): unknown {
  if (error instanceof MemError) return error;
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const reason = NOT_WRITABLE[errno];
  if (reason !== undefined) {
    return new MemError('NOT_WRITTEN', `cannot write ${what}: ${reason} (${errno})`, {
      hint: 'free some space or mend the permissions, then run the command again; nothing was changed',
      cause: error,
    });
  }
  return new MemError('IO_ERROR', `${what} failed with ${errno}`, {hint: 'check the disk, then run the command again', cause: error});
}
