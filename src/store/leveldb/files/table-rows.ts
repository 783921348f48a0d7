import {Bytes} from './bytes.js';
import {blockBytes, isChecksumOf} from './crc32c.js';
import {unsnap} from './snappy.js';
import {blocksOfTable, type Handle} from './table-file.js';

/** An entry of a table or of a log: what was last written under a key, or that it was removed. */
export interface WrittenRow {
  readonly key: string;
  /** Grows with each write to the database. */
  readonly sequence: number;
  /** A view of the file; undefined where the key was removed. */
  readonly value: Buffer | undefined;
}

const TRAILER_BYTES = 5;
const KEY_TRAILER_BYTES = 8;
const REMOVED = 0;
const PUT = 1;

export interface TableReading {
  /** The blocks that hold rows, in order; each is unpacked as it is asked for. */
  readonly blocks: Iterable<readonly WrittenRow[]>;
  /** What is wrong with the file; undefined when nothing is. */
  readonly damage: string | undefined;
}

/**
 * Reads what can be read of a table: all blocks whose checksums are right. Where the index is damaged, the blocks are found by their
 * checksums, as they stand one behind the other.
 * @param isOurs whether a value is one that a store wrote: an index looks like rows
 */
export function readTable(bytes: Buffer, isOurs: (row: WrittenRow) => boolean): TableReading {
  const listed = blocksOfTable(bytes);
  if (listed.handles === undefined) return {blocks: foundBlocks(bytes, isOurs), damage: listed.damage};
  return {blocks: listedBlocks(bytes, listed.handles), damage: listed.damage};
}

function* listedBlocks(bytes: Buffer, handles: readonly Handle[]): Generator<readonly WrittenRow[]> {
  for (const {at, size} of handles) {
    if (at + size + TRAILER_BYTES > bytes.length || !isChecksumOf(bytes, at + size + 1, at, at + size + 1)) continue;
    yield [...rowsIn(unpacked(bytes, at, size))];
  }
}

function* foundBlocks(bytes: Buffer, isOurs: (row: WrittenRow) => boolean): Generator<readonly WrittenRow[]> {
  for (let at = 0; at < bytes.length; ) {
    const size = blockBytes(bytes, at);
    if (size === undefined) return;
    const rows = rowsOrNone(bytes, at, size);
    if (rows.some((row) => row.value === undefined || isOurs(row))) yield rows.filter((row) => row.value === undefined || isOurs(row));
    at += size + TRAILER_BYTES;
  }
}

function rowsOrNone(bytes: Buffer, at: number, size: number): readonly WrittenRow[] {
  try {
    return [...rowsIn(unpacked(bytes, at, size))];
  } catch (error) {
    // A filter, which is a block of another kind.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function unpacked(bytes: Buffer, at: number, size: number): Buffer {
  const block = bytes.subarray(at, at + size);
  return bytes[at + size] === 0 ? block : unsnap(block);
}

/** @throws RangeError when it is no block of rows */
function* rowsIn(block: Buffer): Generator<WrittenRow> {
  const restarts = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 * (restarts + 1);
  if (end < 0) throw new RangeError('more restarts than bytes');
  const entries = new Bytes(block, 0, end);
  let key = Buffer.alloc(0);
  while (!entries.isAtEnd) {
    const shared = entries.varint();
    const added = entries.varint();
    const valueBytes = entries.varint();
    if (shared > key.length) throw new RangeError('it shares more than there is');
    const from = entries.at;
    entries.advance(added + valueBytes);
    key = Buffer.concat([key.subarray(0, shared), block.subarray(from, from + added)]);
    yield rowOf(key, block.subarray(from + added, from + added + valueBytes));
  }
}

function rowOf(key: Buffer, value: Buffer): WrittenRow {
  const end = key.length - KEY_TRAILER_BYTES;
  const kind = end < 0 ? undefined : key[end];
  if (kind !== REMOVED && kind !== PUT) throw new RangeError('it is no key of a row');
  // Seven bytes, but no database of ours comes near 2^53 writes.
  const sequence = key.readUIntLE(end + 1, 6);
  return {key: key.toString('utf8', 0, end), sequence, value: kind === PUT ? value : undefined};
}
