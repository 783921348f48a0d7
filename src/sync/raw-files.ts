import {createHash} from 'node:crypto';
import {closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync} from 'node:fs';
import {join} from 'node:path';
import {isWriterName, parseFileName} from '../journal/file-name.js';
import {createFile, writeAll} from '../journal/write-file.js';
import type {FileBytes, PeerFile, Wanted} from './peer.js';

const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY} = constants;
const CHUNK_BYTES = 64 * 1024;
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
  if (!isFileOfJournal(file)) throw new RangeError(`"${nameOf(file)}" is not a file of a journal`);
  const path = join(folder, file.writer, file.name);
  const start = from > 0 && from <= file.bytes && digestOf(path, from) === digest ? from : 0;
  return {from: start, chunks: chunksOf(path, start, file.bytes)};
}

/**
 * Writes a file, synced. Where the chunks end in an error what came before it stands there.
 * @param at so many first bytes stay
 * @throws what node:fs and the chunks throw; RangeError for more than a file may have
 */
export async function writeChunks(path: string, chunks: FileBytes['chunks'] | Iterable<Buffer>, at = 0): Promise<void> {
  const file = at === 0 ? createFile(path) : openSync(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    ftruncateSync(file, at);
    let end = at;
    for await (const chunk of chunks) {
      if (end + chunk.length > MOST_FILE_BYTES) throw new RangeError('it is larger than was said');
      end = writeAll(file, [chunk], end);
    }
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** One after the other. */
export async function* inTurn(first: Iterable<Buffer>, second: FileBytes['chunks']): AsyncGenerator<Buffer> {
  yield* first;
  yield* second;
}
