import {isChecksumOf} from './crc32c.js';

/*
 * A log of LevelDB (its doc/log_format.md), which its MANIFEST is too: records in blocks of 32 KiB, each as checksum (4 bytes), length (2),
 * kind (1) and content. LevelDB itself drops what it finds damaged without a word, and the file once it has opened the database.
 */
const BLOCK_BYTES = 32 * 1024;
const HEAD_BYTES = 7;
const SECTOR_BYTES = 512;
const [WHOLE, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

export interface LogReading {
  /** What was written at a time; without what a torn end was to be. */
  readonly records: readonly Buffer[];
  /** What is wrong first; undefined when nothing is, or only the end is torn as a crash tears it. */
  readonly damage: string | undefined;
}

/** @param options.pastDamage also what stands behind damage: in its block where a record begins right behind it, else from the next block on */
export function readLog(bytes: Buffer, {pastDamage = false} = {}): LogReading {
  const records: Buffer[] = [];
  let parts: Buffer[] | undefined;
  let damage: string | undefined;
  for (let at = 0; at < bytes.length; ) {
    const left = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (left < HEAD_BYTES) {
      at += left;
      continue;
    }
    if (bytes.length - at < HEAD_BYTES) break;
    const length = bytes.readUInt16LE(at + 4);
    const kind = bytes[at + 6];
    if (length === 0 && kind === 0) {
      // A part of the file that was set aside and never written.
      at += left;
      continue;
    }
    const end = at + HEAD_BYTES + length;
    if (!isWhole(bytes, at)) {
      const isTorn = HEAD_BYTES + length <= left && (end > bytes.length ? !hasOtherLength(bytes, at, length) : isZeroBehind(bytes, at));
      if (isTorn) break;
      damage ??= `the record at byte ${at} has a wrong ${HEAD_BYTES + length > left ? 'length' : 'checksum'}`;
      if (!pastDamage) break;
      parts = undefined;
      at = isWhole(bytes, end) ? end : at + left;
      continue;
    }
    const content = bytes.subarray(at + HEAD_BYTES, end);
    if (kind === WHOLE) records.push(content);
    else if (kind === FIRST) parts = [content];
    else if (kind === MIDDLE) parts?.push(content);
    else if (kind === LAST && parts !== undefined) records.push(Buffer.concat([...parts, content]));
    at = end;
  }
  return {records, damage};
}

/** Whether a whole record begins at a byte. */
function isWhole(bytes: Buffer, at: number): boolean {
  const left = BLOCK_BYTES - (at % BLOCK_BYTES);
  if (left < HEAD_BYTES || at + HEAD_BYTES > bytes.length) return false;
  const end = at + HEAD_BYTES + bytes.readUInt16LE(at + 4);
  return end - at <= left && end <= bytes.length && isChecksumOf(bytes, at, at + 6, end);
}

/** A record that is cut short ends with the file. One whose length has a flipped bit is whole when the bit is turned back. */
function hasOtherLength(bytes: Buffer, at: number, length: number): boolean {
  for (let bit = 1; bit < 65_536; bit *= 2) {
    const end = at + HEAD_BYTES + (length ^ bit);
    if (end <= bytes.length && isChecksumOf(bytes, at, at + 6, end)) return true;
  }
  return false;
}

/** A power cut leaves whole sectors unwritten, as zeros, up to the end of the file. */
function isZeroBehind(bytes: Buffer, at: number): boolean {
  let end = bytes.length;
  while (end > at && bytes[end - 1] === 0) end--;
  return Math.ceil(end / SECTOR_BYTES) * SECTOR_BYTES < bytes.length;
}
