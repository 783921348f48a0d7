import {instant} from '../../time/instant.js';
import {digitValue, encodeBits, encodeTime, timeOfUlid} from './crockford.js';

const TIME_BYTES = 6;

/** A ULID as its 16 bytes (https://github.com/ulid/spec). @param ulid in upper case */
export function bytesOfUlid(ulid: string): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(timeOfUlid(ulid), 0, TIME_BYTES);
  let bits = 0;
  let value = 0;
  let at = TIME_BYTES;
  for (let digit = 10; digit < 26; digit++) {
    value = (value << 5) | digitValue(ulid, digit);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 255;
      value &= (1 << bits) - 1;
    }
  }
  return bytes;
}

/** The reverse of `bytesOfUlid`. */
export function ulidOfBytes(bytes: Buffer): string {
  return encodeTime(instant(bytes.readUIntBE(0, TIME_BYTES))) + encodeBits(bytes.toString('latin1', TIME_BYTES, 16));
}
