/*
 * The checksums of LevelDB's files: CRC-32C (Castagnoli, RFC 3720), masked as LevelDB's util/crc32c.h does it. Node has only the other
 * polynomial. Eight bytes a step, by eight tables.
 */
const POLYNOMIAL = 0x82f63b78;
const MASK_DELTA = 0xa282ead8;

let tables: Uint32Array | undefined;

/** Whether the checksum that is stored at `at` is that of the bytes from `from` to `to`. */
export function isChecksumOf(bytes: Buffer, at: number, from: number, to: number): boolean {
  return unmasked(bytes.readUInt32LE(at)) === crc32c(bytes, from, to);
}

function unmasked(stored: number): number {
  const rotated = (stored - MASK_DELTA) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/**
 * How many bytes a block has that begins at `at`, without the byte for how it is packed and the checksum behind that: it ends where what
 * follows is the checksum of all before it. Undefined where none ends.
 */
export function blockBytes(bytes: Buffer, at: number): number | undefined {
  tables ??= makeTables();
  let crc = ~0;
  for (let end = at; end + 5 <= bytes.length; end++) {
    crc = word(tables, (crc ^ byte(bytes, end)) & 255) ^ (crc >>> 8);
    if (~crc >>> 0 === unmasked(bytes.readUInt32LE(end + 1))) return end - at;
  }
  return undefined;
}

/** The CRC-32C of the bytes from `from` to `to`. */
export function crc32c(bytes: Uint8Array, from: number, to: number): number {
  tables ??= makeTables();
  const t = tables;
  let crc = ~0;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    const low = crc ^ (byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24));
    crc =
      word(t, 1792 + (low & 255)) ^
      word(t, 1536 + ((low >>> 8) & 255)) ^
      word(t, 1280 + ((low >>> 16) & 255)) ^
      word(t, 1024 + (low >>> 24)) ^
      word(t, 768 + byte(bytes, at + 4)) ^
      word(t, 512 + byte(bytes, at + 5)) ^
      word(t, 256 + byte(bytes, at + 6)) ^
      word(t, byte(bytes, at + 7));
  }
  for (; at < to; at++) crc = word(t, (crc ^ byte(bytes, at)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

// Both are always in range; the compiler wants it said, and `?? 0` costs nothing.
const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const word = (table: Uint32Array, at: number): number => table[at] ?? 0;

function makeTables(): Uint32Array {
  const made = new Uint32Array(8 * 256);
  for (let n = 0; n < 256; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    made[n] = crc;
  }
  for (let n = 256; n < made.length; n++) {
    const before = word(made, n - 256);
    made[n] = word(made, before & 255) ^ (before >>> 8);
  }
  return made;
}
