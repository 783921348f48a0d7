import {createHash} from 'node:crypto';
import {promisify} from 'node:util';
import {crc32, deflateRaw, inflateRawSync} from 'node:zlib';
import type {LineText} from '../domain/journal/journal-end.js';

/*
 * A member of gzip (RFC 1952), so that `zcat` reads a file of them:
 *
 *  0  10   1f 8b, 8 (deflate), 4 (extra field), no time, how hard it was packed (4 fast, 0), 255 (system unknown)
 * 10  u16  40, the size of the extra field
 * 12  2    "ME", our subfield
 * 14  u16  36, its size
 * 16  u32  size of the whole member
 * 20  32   SHA-256 of the lines of the member before it in the file, zeros for the first. Of lines, not of packed bytes: another zlib
 *          packs otherwise, and a member that is written again from the store must fit the one behind it
 * 52  …    the lines, deflated
 *     u32  CRC-32 of the lines
 *     u32  their size
 *
 * All numbers are little-endian, as gzip's are.
 */

export const HEAD_BYTES = 52;
const TAIL_BYTES = 8;
/** A member has at most this many bytes of lines; a longer line is a member of its own. */
const FULL_BYTES = 256 * 1024;
/** A line may be that long on the way in: see `mem ingest`. Nothing is unpacked beyond it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Deflate adds 5 bytes to each 16 KiB that it cannot pack. */
export const MOST_MEMBER_BYTES = HEAD_BYTES + MOST_BYTES + 64 * 1024;

const LINE_FEED = 0x0a;

const FAST = 1;
const SMALL = 6;
/** How hard a member is packed: `fast` while a file is open, `small` when it is sealed. */
export type Packing = 'fast' | 'small';

const LEAST_CHUNK_BYTES = 1024;

const START = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0]);
const EXTRA = Buffer.from([255, 40, 0, 0x4d, 0x45, 36, 0]);
const EXTRA_AT = 9;

// In libuv's pool: the main thread prepares the store's batch meanwhile.
const deflate = promisify<Buffer, {level: number; chunkSize: number}, Buffer>(deflateRaw);

export function hashOf(lines: Buffer): string {
  return createHash('sha256').update(lines).digest('hex');
}

/** @param previous hash of the lines of the member before */
export async function encodeMember(lines: Buffer, previous: string, packing: Packing): Promise<Buffer> {
  // Each piece of what comes out is a round trip through the pool: one piece, mostly.
  const chunkSize = Math.max(LEAST_CHUNK_BYTES, lines.length >> 1);
  const packed = await deflate(lines, {level: packing === 'fast' ? FAST : SMALL, chunkSize});
  const member = Buffer.allocUnsafe(HEAD_BYTES + packed.length + TAIL_BYTES);
  member.set(START, 0);
  member[8] = packing === 'fast' ? 4 : 0;
  member.set(EXTRA, EXTRA_AT);
  member.writeUInt32LE(member.length, 16);
  member.write(previous, 20, 'hex');
  member.set(packed, HEAD_BYTES);
  member.writeUInt32LE(crc32(lines), member.length - TAIL_BYTES);
  member.writeUInt32LE(lines.length, member.length - TAIL_BYTES + 4);
  return member;
}

/** Packs runs of lines, each as a member behind the one before. */
export function encodeMembers(runs: readonly Run[], previous: string, packing: Packing): Promise<Buffer[]> {
  return Promise.all(runs.map(({lines}, at) => encodeMember(lines, runs[at - 1]?.hash ?? previous, packing)));
}

/** Lines that are a member, and the hash of them. */
export interface Run {
  readonly lines: Buffer;
  readonly hash: string;
}

/** Parts lines into runs that are a member each. @param allocate returns memory of any content */
export function cutIntoRuns(lines: readonly LineText[], allocate: (bytes: number) => Buffer = Buffer.allocUnsafe): readonly Run[] {
  const sizes = lines.map((line) => sizeOf(line) + 1);
  const all = allocate(sizes.reduce((sum, bytes) => sum + bytes, 0));
  const runs: Run[] = [];
  let start = 0;
  let at = 0;
  const end = (): void => {
    if (at > start) runs.push({lines: all.subarray(start, at), hash: hashOf(all.subarray(start, at))});
    start = at;
  };
  for (const [n, line] of lines.entries()) {
    const bytes = sizes[n] ?? 0;
    if (bytes > MOST_BYTES) throw new RangeError(`a line of ${bytes} bytes is too long for the journal`);
    if (at - start + bytes > FULL_BYTES) end();
    at = writeLine(all, at, line);
    all[at++] = LINE_FEED;
  }
  end();
  return runs;
}

function sizeOf(line: LineText): number {
  if (typeof line === 'string') return Buffer.byteLength(line);
  return Buffer.isBuffer(line) ? line.length : line.reduce((sum, piece) => sum + sizeOf(piece), 0);
}

function writeLine(all: Buffer, at: number, line: LineText): number {
  if (typeof line === 'string') return at + all.write(line, at);
  if (Buffer.isBuffer(line)) return at + line.copy(all, at);
  return line.reduce((end, piece) => writeLine(all, end, piece), at);
}

/** Whether a member's head begins at `at`. It needs 16 bytes from there. */
export function beginsMember(bytes: Buffer, at: number): boolean {
  const packing = bytes[at + 8];
  return (
    bytes.length - at >= 16 &&
    bytes.compare(START, 0, START.length, at, at + START.length) === 0 &&
    (packing === 4 || packing === 0) &&
    bytes.compare(EXTRA, 0, EXTRA.length, at + EXTRA_AT, at + EXTRA_AT + EXTRA.length) === 0
  );
}

/** Where the next member may begin, from `from` on; -1 for nowhere. */
export function findMember(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(START, from); at >= 0; at = bytes.indexOf(START, at + 1)) if (beginsMember(bytes, at)) return at;
  return -1;
}

/** Whether these bytes, the last of a file, are how a head begins. */
export function mayBeginMember(bytes: Buffer): boolean {
  const head = Buffer.concat([START, Buffer.from([bytes[8] === 0 ? 0 : 4]), EXTRA]).subarray(0, bytes.length);
  return bytes.subarray(0, head.length).equals(head);
}

/** What a head says of its member. @param bytes 52 from where it begins */
export function readHead(bytes: Buffer): {readonly size: number; readonly previous: string} {
  return {size: bytes.readUInt32LE(16), previous: bytes.toString('hex', 20, HEAD_BYTES)};
}

/** The lines of a member; undefined where they are not what was written, or more than a member may hold. */
export function decodeMember(member: Buffer): Buffer | undefined {
  if (member.length < HEAD_BYTES + TAIL_BYTES) return undefined;
  const size = member.readUInt32LE(member.length - 4);
  if (size > MOST_BYTES) return undefined;
  let lines: Buffer;
  try {
    lines = inflateRawSync(member.subarray(HEAD_BYTES, member.length - TAIL_BYTES), {maxOutputLength: Math.max(size, 1)});
  } catch {
    return undefined;
  }
  const isRight = lines.length === size && crc32(lines) === member.readUInt32LE(member.length - TAIL_BYTES);
  return isRight && (size === 0 || lines[size - 1] === LINE_FEED) ? lines : undefined;
}
