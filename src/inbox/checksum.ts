/** Above this many bytes zlib's is worth the millisecond that loading it costs. */
const FEW_BYTES = 64 * 1024;

let table: Int32Array | undefined;
let summed = 0;
let fast: ((bytes: Buffer, seed: number) => number) | undefined;

/** CRC-32 as in zlib. @param seed the checksum of what goes before, or any other number that must be covered too */
export function crc32(bytes: Buffer, seed = 0): number {
  summed += bytes.length;
  if (summed > FEW_BYTES) {
    fast ??= process.getBuiltinModule('node:zlib').crc32;
    return fast(bytes, seed);
  }
  table ??= makeTable();
  let crc = ~seed;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Int32Array {
  const made = new Int32Array(256);
  for (let at = 0; at < 256; at++) {
    let crc = at;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    made[at] = crc;
  }
  return made;
}
