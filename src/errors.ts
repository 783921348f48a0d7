/**
 * The one table of error codes. A code is stable within a major version, a message is not. The status is the process's exit status,
 * after sysexits.h: clear of shell and runtime codes, and never 2, which agents read as "block".
 */
export const EXIT_STATUS = {
  USAGE: 64,
  INPUT_BAD: 65,
  NO_INPUT: 66,
  NO_STORE: 66,
  NO_NODE: 66,
  SERVICE_AWAY: 69,
  STORE_AWAY: 69,
  BUG: 70,
  /** Of a run in the past alone: no process ends by it. */
  KILLED: 70,
  NOT_WRITTEN: 73,
  IO_ERROR: 74,
  STORE_DAMAGED: 74,
  JOURNAL_DAMAGED: 74,
  STORE_BUSY: 75,
  LOCK_BUSY: 75,
  TIME_LIMIT: 75,
  CONFIG_INVALID: 78,
  MODEL_REFUSED: 78,
  STORE_REFUSED: 78,
  FORMAT_NEWER: 78,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** The exit status of a code. An unknown code, perhaps from a newer mem, counts as a bug. */
export function statusOfCode(code: string): number {
  return isErrorCode(code) ? EXIT_STATUS[code] : EXIT_STATUS.BUG;
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(EXIT_STATUS, code);
}

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

  /** Compares names: each bundle has a MemError class of its own, and one bundle judges what another throws. */
  static override [Symbol.hasInstance](value: unknown): value is MemError {
    return value instanceof Error && value.name === 'MemError';
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

const FULL = 'free some space';
const FORBIDDEN = 'fix the permissions';

/** What an errno means, and what to do about it. */
const REFUSALS: Readonly<Record<string, readonly [reason: string, cure: string]>> = {
  ENOSPC: ['no space is left on the disk', FULL],
  EDQUOT: ['the disk quota is used up', FULL],
  EACCES: ['permission denied', FORBIDDEN],
  EPERM: ['operation not permitted', FORBIDDEN],
  EROFS: ['the file system is read-only', 'make the file system writable'],
};

/**
 * Translates a failed system call on `what` (a noun phrase with its path) into a MemError. It is NOT_WRITTEN when the disk is full,
 * access is denied, or a file stands where mem needs a folder; otherwise IO_ERROR. An error without errno is a bug and returned as it is.
 */
export function ioError(error: unknown, what: string, access: 'read' | 'write' = 'write'): unknown {
  if (error instanceof MemError) return error;
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  if (errno === 'ENOTDIR' || errno === 'EEXIST') {
    return new MemError('NOT_WRITTEN', `a file is in the way of ${what} (${errno})`, {
      hint: 'move the file away, or name another folder with MEM_HOME or --store',
      cause: error,
    });
  }
  if (errno === 'ELOOP') {
    return new MemError('NOT_WRITTEN', `a symbolic link is in the way of ${what} (ELOOP)`, {hint: 'remove the link', cause: error});
  }
  const [reason, cure] = REFUSALS[errno] ?? [];
  if (reason !== undefined) {
    return new MemError('NOT_WRITTEN', `cannot ${access} ${what}: ${reason} (${errno})`, {
      hint: `${cure}, then run the command again`,
      cause: error,
    });
  }
  const failed = access === 'read' ? `reading ${what}` : what;
  return new MemError('IO_ERROR', `${failed} failed with ${errno}`, {hint: 'check the disk, then run the command again', cause: error});
}
