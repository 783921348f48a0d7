/** Loading zlib's CRC-32 costs a millisecond. It pays above this many bytes. */
const FEW_BYTES = 64 * 1024;

let table: Int32Array | undefined;
let summed = 0;
let fast: ((bytes: Buffer, seed: number) => number) | undefined;

/** CRC-32 as in zlib. @param seed the checksum of the bytes before, or any other number that must be covered too */
export function crc32(bytes: Buffer, seed = 0): number {
  summed += bytes.length;
  if (summed > FEW_BYTES) {
    fast ??= process.getBuiltinModule('node:zlib').crc32;
    return fast(bytes, seed);
  }
  const table = crcTable();
  let crc = ~seed;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-32 of each byte, reflected, as in zlib. The first call makes it. */
export function crcTable(): Int32Array {
  table ??= Int32Array.from({length: 256}, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  return table;
}
