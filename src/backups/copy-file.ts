import {createHash} from 'node:crypto';
import {closeSync, constants, fdatasyncSync, openSync, readSync, writeSync} from 'node:fs';
import {removeFile} from '../system/remove-file.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY} = constants;
const WINDOW_BYTES = 1024 * 1024;

export interface Hashed {
  readonly hash: string;
  readonly bytes: number;
}

/** The SHA-256 of a file, or of its first bytes. @throws what node:fs throws */
export function hashFile(path: string, most = Number.POSITIVE_INFINITY): Hashed {
  const hash = createHash('sha256');
  const bytes = eachPart(path, most, (part) => hash.update(part));
  return {hash: hash.digest('hex'), bytes};
}

/** Copies a file, or its first bytes, to a path where none is. On disk when it returns; its name is not. @throws what node:fs throws */
export function copyFile(from: string, to: string, most = Number.POSITIVE_INFINITY): Hashed {
  const hash = createHash('sha256');
  const file = openSync(to, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    const bytes = eachPart(from, most, (part) => {
      hash.update(part);
      for (let at = 0; at < part.length; ) at += writeSync(file, part, at);
    });
    fdatasyncSync(file);
    return {hash: hash.digest('hex'), bytes};
  } catch (error) {
    removeFile(to);
    throw error;
  } finally {
    closeSync(file);
  }
}

function eachPart(path: string, most: number, take: (part: Buffer) => void): number {
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const window = Buffer.allocUnsafe(WINDOW_BYTES);
    for (let bytes = 0; ; ) {
      const got = readSync(file, window, 0, Math.min(WINDOW_BYTES, most - bytes), bytes);
      if (got === 0) return bytes;
      take(window.subarray(0, got));
      bytes += got;
    }
  } finally {
    closeSync(file);
  }
}
