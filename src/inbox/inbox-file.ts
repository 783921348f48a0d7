import type {RejectedLine} from '../domain/event/parse/rejection.js';
import {crc32} from '../system/crc32.js';

/*
 * An inbox file:
 *
 *  0  8    magic
 *  8  u16  format version. The bytes up to 32 mean the same in every version, so that an older mem recognizes a newer file
 * 10  u16  size of the writer's JSON
 * 12  u32  size of the frames
 * 16  u32  CRC-32 of the frames
 * 20  u32  number of frames
 * 24  u32  CRC-32 of the writer's JSON
 * 28  u32  CRC-32 of bytes 0 to 28
 * 32  …    the writer as JSON, then the frames: a start mark, u32 size, u32 CRC-32 of size and record, the record
 */
const MAGIC = Buffer.from('mem-ev\r\n', 'latin1');
/** 2: records of format 2. */
export const FILE_FORMAT = 2;
const HEAD_BYTES = 32;
/** These bytes never occur in UTF-8, so the next frame can be found behind a damaged one. */
const FRAME_MARK = 0xfffe;
const FRAME_HEAD_BYTES = 10;
const FRAME_MARK_BYTES = Buffer.from([FRAME_MARK >> 8, FRAME_MARK & 255]);

/** The process that wrote a file. */
export interface Writer {
  readonly zone: string;
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  /** A pid is valid only in its pid namespace; empty where the system has no namespaces. */
  readonly pids: string;
}

/** @param allocate returns memory of any content */
export function encodeFile(records: readonly Buffer[], writer: Writer, allocate: (bytes: number) => Buffer = Buffer.allocUnsafe): Buffer {
  const json = Buffer.from(JSON.stringify(writer));
  const start = HEAD_BYTES + json.length;
  const size = records.reduce((sum, record) => sum + FRAME_HEAD_BYTES + record.length, start);
  const file = allocate(size);
  let at = start;
  for (const record of records) {
    file.writeUInt16BE(FRAME_MARK, at);
    file.writeUInt32BE(record.length, at + 2);
    file.writeUInt32BE(crc32(record, record.length), at + 6);
    file.set(record, at + FRAME_HEAD_BYTES);
    at += FRAME_HEAD_BYTES + record.length;
  }
  file.set(MAGIC, 0);
  file.writeUInt16BE(FILE_FORMAT, 8);
  file.writeUInt16BE(json.length, 10);
  file.writeUInt32BE(size - start, 12);
  file.writeUInt32BE(crc32(file.subarray(start)), 16);
  file.writeUInt32BE(records.length, 20);
  file.writeUInt32BE(crc32(json), 24);
  file.writeUInt32BE(crc32(file.subarray(0, 28)), 28);
  file.set(json, HEAD_BYTES);
  return file;
}

export type FileHead =
  | {readonly kind: 'head'; readonly writer: Writer; readonly framesAt: number; readonly framesSize: number; readonly framesCrc: number}
  | {readonly kind: 'newer-format'}
  | {readonly kind: 'damaged'};

/** Reads the head of a file. @param start its first bytes: 32 and the writer's JSON, at most 64 KiB more */
export function readHead(start: Buffer): FileHead {
  if (start.length < HEAD_BYTES || !start.subarray(0, 8).equals(MAGIC)) return {kind: 'damaged'};
  if (start.readUInt32BE(28) !== crc32(start.subarray(0, 28))) return {kind: 'damaged'};
  if (start.readUInt16BE(8) > FILE_FORMAT) return {kind: 'newer-format'};
  const framesAt = HEAD_BYTES + start.readUInt16BE(10);
  const json = start.subarray(HEAD_BYTES, framesAt);
  if (start.length < framesAt || start.readUInt32BE(24) !== crc32(json)) return {kind: 'damaged'};
  const writer = JSON.parse(json.toString('utf8')) as Writer;
  return {kind: 'head', writer, framesAt, framesSize: start.readUInt32BE(12), framesCrc: start.readUInt32BE(16)};
}

export type FileContent =
  | {readonly kind: 'read'; readonly bytes: number; readonly records: readonly Buffer[]; readonly damaged: readonly RejectedLine[]}
  | {readonly kind: 'newer-format'};

/** Every record whose checksum is right. Bytes between them become damaged lines. */
export function decodeFile(name: string, file: Buffer): FileContent {
  const head = readHead(file);
  if (head.kind === 'newer-format') return head;
  const isWhole =
    head.kind === 'head' && file.length === head.framesAt + head.framesSize && crc32(file.subarray(head.framesAt)) === head.framesCrc;
  if (isWhole) return {kind: 'read', bytes: file.length, records: walkFrames(file, head.framesAt), damaged: []};
  return salvage(name, file, head.kind === 'head' ? head.framesAt : 0);
}

function walkFrames(file: Buffer, start: number): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = start; at < file.length; ) {
    const end = at + FRAME_HEAD_BYTES + file.readUInt32BE(at + 2);
    records.push(file.subarray(at + FRAME_HEAD_BYTES, end));
    at = end;
  }
  return records;
}

function salvage(name: string, file: Buffer, start: number): FileContent {
  const records: Buffer[] = [];
  const damaged: RejectedLine[] = [];
  let badFrom = start;
  const noteDamage = (end: number) => {
    const raw = file.subarray(badFrom, end);
    const reason = raw.length === 0 ? 'is cut off' : `is damaged: ${raw.length} bytes do not match their checksum`;
    const hint = 'import the events again from where they came from; check the disk';
    damaged.push({code: 'FRAME_DAMAGED', file: name, line: records.length + damaged.length + 1, raw, bytes: raw.length, reason, hint});
  };
  for (let at = start; at < file.length; ) {
    const end = frameEnd(file, at);
    if (end === undefined) {
      // The next start mark may be part of a record: then its checksum is wrong too, and the search goes on.
      const next = file.indexOf(FRAME_MARK_BYTES, at + 1);
      at = next < 0 ? file.length : next;
      continue;
    }
    if (badFrom < at) noteDamage(at);
    records.push(file.subarray(at + FRAME_HEAD_BYTES, end));
    badFrom = end;
    at = end;
  }
  // Every frame is right: then the end of the file is missing.
  if (badFrom < file.length || damaged.length === 0) noteDamage(file.length);
  return {kind: 'read', bytes: file.length, records, damaged};
}

/** Where the frame at `at` ends; undefined when no frame with a right checksum starts there. */
function frameEnd(file: Buffer, at: number): number | undefined {
  if (at + FRAME_HEAD_BYTES > file.length || file.readUInt16BE(at) !== FRAME_MARK) return undefined;
  const size = file.readUInt32BE(at + 2);
  const end = at + FRAME_HEAD_BYTES + size;
  if (end > file.length) return undefined;
  return crc32(file.subarray(at + FRAME_HEAD_BYTES, end), size) === file.readUInt32BE(at + 6) ? end : undefined;
}
