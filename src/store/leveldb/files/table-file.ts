import {Bytes} from './bytes.js';
import {isChecksumOf} from './crc32c.js';
import {unsnap} from './snappy.js';

/*
 * A table of LevelDB (its doc/table_format.md): blocks, each with a byte for how it is packed and a checksum; an index of them; a footer.
 */
const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');

/** Where a block lies in a table, without its trailer. */
export interface Handle {
  readonly at: number;
  readonly size: number;
}

/**
 * Looks at every block of a table. LevelDB does not, as this binding opens it: what a damaged index makes it read can end the process.
 * @returns what is wrong; undefined when every checksum is right
 */
export function tableDamage(bytes: Buffer): string | undefined {
  return blocksOfTable(bytes).damage;
}

export interface TableBlocks {
  /** The blocks of rows that the index names, damaged or not; undefined where the index cannot be read. */
  readonly handles: readonly Handle[] | undefined;
  /** What is wrong first. */
  readonly damage: string | undefined;
}

export function blocksOfTable(bytes: Buffer): TableBlocks {
  const end = bytes.length - FOOTER_BYTES;
  if (end < 0 || !bytes.subarray(-MAGIC.length).equals(MAGIC)) return {handles: undefined, damage: 'its footer is damaged'};
  try {
    const footer = new Bytes(bytes, end);
    const filters = handle(footer);
    const index = handle(footer);
    if (!isWhole(bytes, index, end)) return {handles: undefined, damage: wrongChecksum(index)};
    const handles = handlesIn(unpacked(bytes, index));
    const others = isWhole(bytes, filters, end) ? handlesIn(unpacked(bytes, filters)) : [];
    const wrong = [filters, ...others, ...handles].find((block) => !isWhole(bytes, block, end));
    return {handles, damage: wrong && wrongChecksum(wrong)};
  } catch (error) {
    if (error instanceof RangeError) return {handles: undefined, damage: 'its index is damaged'};
    throw error;
  }
}

const wrongChecksum = ({at}: Handle): string => `the block at byte ${at} has a wrong checksum`;

function handle(from: Bytes): Handle {
  return {at: from.varint(), size: from.varint()};
}

function isWhole(bytes: Buffer, {at, size}: Handle, end: number): boolean {
  return at + size + TRAILER_BYTES <= end && isChecksumOf(bytes, at + size + 1, at, at + size + 1);
}

function unpacked(bytes: Buffer, {at, size}: Handle): Buffer {
  const block = bytes.subarray(at, at + size);
  return bytes[at + size] === 0 ? block : unsnap(block);
}

/** The values of a block whose values are handles. */
function handlesIn(block: Buffer): readonly Handle[] {
  const restarts = block.readUInt32LE(block.length - 4);
  const entries = new Bytes(block, 0, block.length - 4 * (restarts + 1));
  const handles: Handle[] = [];
  while (!entries.isAtEnd) {
    entries.varint();
    const keyBytes = entries.varint();
    entries.varint();
    entries.advance(keyBytes);
    handles.push(handle(entries));
  }
  return handles;
}
