import {createHash} from 'node:crypto';
import {closeSync, constants, fsyncSync, openSync, readSync, renameSync} from 'node:fs';
import {removeFile} from '../system/files/remove-file.js';
import {writeFully} from './write-fully.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY} = constants;
const CHUNK_BYTES = 1024 * 1024;

/** Yields the first bytes of a file in chunks; fewer where it is shorter. A chunk is valid until the next. @throws what node:fs throws */
export function* firstBytes(path: string, bytes: number): Generator<Buffer> {
  const file = openSync(path, O_RDONLY | O_NOFOLLOW);
  try {
    const chunk = Buffer.allocUnsafe(Math.min(bytes, CHUNK_BYTES));
    for (let at = 0; at < bytes; ) {
      const read = readSync(file, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a file by way of a temporary one beside it, synced, so that it is there whole or not at all.
 * @returns its length and the SHA-256 of it, in hex
 * @throws what node:fs throws
 */
export function writeWhole(path: string, chunks: Iterable<Buffer>): {bytes: number; sha256: string} {
  const temporary = `${path}.tmp`;
  // What a killed backup left.
  removeFile(temporary);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const file = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      for (const chunk of chunks) {
        writeFully(file, chunk);
        hash.update(chunk);
        bytes += chunk.length;
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
  return {bytes, sha256: hash.digest('hex')};
}
