import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {errnoOf} from '../errors.js';

const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants;

/** The first `limit` bytes of a regular file, or the whole file; undefined when it cannot be read. */
export function readStart(path: string, limit: number): Buffer | undefined {
  try {
    // Without O_NONBLOCK, a pipe with such a name would stop every command.
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (!stat.isFile()) return undefined;
      const bytes = Buffer.allocUnsafe(Math.min(stat.size, limit));
      let size = 0;
      for (let got = -1; got !== 0 && size < bytes.length; size += got) got = readSync(file, bytes, size, bytes.length - size, null);
      return bytes.subarray(0, size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

/** The time in ms that a file holds as text; 0 where it does not exist. */
export function readTime(path: string): number {
  const text = readStart(path, 32)?.toString('latin1') ?? '';
  return Number.parseInt(text, 10) || 0;
}
