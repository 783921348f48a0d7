import {createHash} from 'node:crypto';
import {closeSync, constants, fdatasyncSync, fstatSync, openSync, readSync} from 'node:fs';
import {join} from 'node:path';
import {isWriterName, parseFileName} from '../journal/file-name.js';
import {createFile, writeAll} from '../journal/write-file.js';
import {removeFile} from '../system/files/remove-file.js';
import type {FileBytes, PeerFile, Wanted} from './peer.js';

const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants;
const CHUNK_BYTES = 256 * 1024;
/** As the journal has it: what is larger is not read. */
export const MOST_FILE_BYTES = 64 * 1024 * 1024;

export const nameOf = ({writer, name}: Pick<PeerFile, 'writer' | 'name'>): string => `${writer}/${name}`;

/** Whether what another side says of a file can be true: its name never leads out of a folder. */
export function isFileOfJournal({writer, name, bytes}: PeerFile): boolean {
  return isWriterName(writer) && parseFileName(name) !== undefined && Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= MOST_FILE_BYTES;
}

/** SHA-256 of the first bytes of a file, in hex. @throws what node:fs throws */
export function digestOf(path: string, bytes?: number): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(path, 0, bytes)) hash.update(chunk);
  return hash.digest('hex');
}

/** A file's bytes, read when they are asked for. @throws what node:fs throws */
export function* chunksOf(path: string, from: number, to?: number): Generator<Buffer> {
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const end = Math.min(to ?? Number.POSITIVE_INFINITY, fstatSync(file).size);
    for (let at = from; at < end; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
      const got = readSync(file, chunk, 0, chunk.length, at);
      if (got === 0) return;
      yield chunk.subarray(0, got);
      at += got;
    }
  } finally {
    closeSync(file);
  }
}

/** What is to be sent of a file in `folder`: all of it where the other side begins otherwise. What was appended since it was listed waits. */
export function bytesOf(folder: string, {file, from, digest}: Wanted): FileBytes {
  const path = join(folder, file.writer, file.name);
  const start = from > 0 && from <= file.bytes && digestOf(path, from) === digest ? from : 0;
  return {from: start, chunks: chunksOf(path, start, file.bytes)};
}

/** Writes a whole file, synced. @throws what node:fs throws; RangeError for more than a file may have, and then no file is left */
export async function writeChunks(path: string, chunks: FileBytes['chunks'] | Iterable<Buffer>): Promise<void> {
  const file = createFile(path);
  try {
    let at = 0;
    for await (const chunk of chunks) {
      if (at + chunk.length > MOST_FILE_BYTES) throw new RangeError('it is larger than was said');
      at = writeAll(file, [chunk], at);
    }
    fdatasyncSync(file);
  } catch (error) {
    removeFile(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** One after the other. */
export async function* inTurn(first: Iterable<Buffer>, second: FileBytes['chunks']): AsyncGenerator<Buffer> {
  yield* first;
  yield* second;
}
