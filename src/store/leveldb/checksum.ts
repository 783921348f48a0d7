import {crc32} from 'node:zlib';
import {UnknownShape} from '../../domain/stored/fields.js';
import {MemError} from '../../errors.js';
import {crcTable} from '../../system/crc32.js';

/*
 * A value of the store: CRC-32 (u32, big-endian) over key, format and bytes; the format (u8); the bytes. LevelDB's own checksums are not
 * looked at by this binding. The key is in it because a flipped bit in a key moves a value to a place that is not its own.
 */
const VALUE_FORMAT = 1;
const HEAD_BYTES = 5;

/** What to do about a damaged store; the same wherever the damage shows. */
export const DAMAGED_HINT = 'run: mem repair';

/** Puts values into one buffer that is used again and again: what it returns is good until the next call. */
export class Sealer {
  #buffer = Buffer.allocUnsafe(4096);

  seal(key: string, bytes: Buffer): Buffer {
    const size = HEAD_BYTES + bytes.length;
    if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafe(size * 2);
    this.#buffer.writeUInt32BE(checksum(key, VALUE_FORMAT, bytes), 0);
    this.#buffer[4] = VALUE_FORMAT;
    bytes.copy(this.#buffer, HEAD_BYTES);
    return this.#buffer.subarray(0, size);
  }
}

/**
 * The bytes of a value, as a view of it.
 * @throws MemError STORE_DAMAGED when the checksum is wrong, FORMAT_NEWER when it is right and the format unknown
 */
export function unseal(key: string, value: Buffer, location: string): Buffer {
  const format = value[4];
  if (format !== undefined) {
    const bytes = value.subarray(HEAD_BYTES);
    if (checksum(key, format, bytes) === value.readUInt32BE(0)) {
      if (format === VALUE_FORMAT) return bytes;
      throw new MemError(
        'FORMAT_NEWER',
        `the value of "${key}" in the store at ${location} has format ${format}, this mem knows ${VALUE_FORMAT}`,
        {
          hint: 'install a newer mem',
        },
      );
    }
  }
  throw new MemError('STORE_DAMAGED', `the store at ${location} is damaged: the value of "${key}" has a wrong checksum`, {
    hint: DAMAGED_HINT,
  });
}

/** Says of a value whose checksum is right and whose shape is unknown what `unseal` says of others; any other error as it is. */
export function shapeError(error: unknown, location: string): unknown {
  if (!(error instanceof UnknownShape)) return error;
  if (error.isNewer)
    return new MemError('FORMAT_NEWER', `in the store at ${location} ${error.message}`, {hint: 'install a newer mem', cause: error});
  return new MemError('STORE_DAMAGED', `the store at ${location} is damaged: ${error.message}`, {
    hint: DAMAGED_HINT,
    cause: error,
  });
}

function checksum(key: string, format: number, bytes: Buffer): number {
  // Keys are ASCII and short: a call of zlib takes longer than this.
  let crc = ~0;
  for (let at = 0; at < key.length; at++) crc = (TABLE[(crc ^ key.charCodeAt(at)) & 255] ?? 0) ^ (crc >>> 8);
  crc = (TABLE[(crc ^ format) & 255] ?? 0) ^ (crc >>> 8);
  fast ??= crc32;
  return fast(bytes, ~crc >>> 0);
}

/** Bound once: at each mention of a module's export its getter would be asked. */
let fast: typeof crc32 | undefined;

const TABLE = crcTable();
