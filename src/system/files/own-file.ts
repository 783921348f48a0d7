import {closeSync, constants, openSync, readFileSync, renameSync, unlinkSync, writeSync} from 'node:fs';
import {errnoOf} from '../../errors.js';

/*
 * Small files of the home with names that everybody knows. Where others may write to the home they can put a link under such a name: it is
 * never followed, neither to what it would overwrite nor to what it would have us read.
 */
const {O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY} = constants;

/** The text of a file; undefined when it does not exist. @throws what node:fs throws; ELOOP for a link */
export function readOwnFile(path: string): string | undefined {
  try {
    // Without O_NONBLOCK, a pipe with such a name would stop every command.
    return withFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, (file) => readFileSync(file, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces a file by way of `<path>.tmp`, without a sync. @throws what node:fs throws */
export function replaceOwnFile(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  try {
    write(temporary, text);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    // A link, or what a killed process left.
    unlinkSync(temporary);
    write(temporary, text);
  }
  renameSync(temporary, path);
}

/** Appends to a file, and makes it if it does not exist. @throws what node:fs throws; ELOOP for a link */
export function appendOwnFile(path: string, text: string): void {
  withFile(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, (file) => writeSync(file, text));
}

function write(path: string, text: string): void {
  withFile(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, (file) => writeSync(file, text));
}

function withFile<T>(path: string, flags: number, work: (file: number) => T): T {
  const file = openSync(path, flags, 0o600);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
