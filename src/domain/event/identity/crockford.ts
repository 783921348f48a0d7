import {instant} from '../../time/instant.js';
import type {EpochMs} from '../event.js';

// Crockford's base 32, as ULIDs are written (https://github.com/ulid/spec).
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// Two digits at a time are several times as fast as one: bulk input makes ids and keys by the million. Filled as they are asked for, since a
// hook makes one id.
const pairs: string[] = [];

/** The low 10 bits of `bits` as two digits. */
export function digitPair(bits: number): string {
  const at = bits & 1023;
  const known = pairs[at];
  if (known !== undefined) return known;
  const pair = DIGITS.charAt(at >> 5) + DIGITS.charAt(at & 31);
  pairs[at] = pair;
  return pair;
}

/** By code unit. */
const VALUES = Int8Array.from({length: 128}, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

/** What the digit at `at` stands for, from 0 to 31; -1 for a character that is no digit. */
export function digitValue(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1;
}

/** The time part of a ULID: 10 characters that sort as `time` does. @param time from 0 to 2 ** 50 - 1 */
export function encodeTime(time: EpochMs): string {
  const high = Math.floor(time / 0x100000);
  return digitPair(high >>> 20) + digitPair(high >>> 10) + digitPair(high) + digitPair(time >>> 10) + digitPair(time);
}

/** The time part of anything that begins with a ULID, such as a file's name. */
export function timeOfUlid(text: string): EpochMs {
  let time = 0;
  for (let digit = 0; digit < 10; digit++) time = time * 32 + digitValue(text, digit);
  return instant(time);
}

/** The other part of a ULID: 80 bits as 16 characters. @param bytes at least 10, a character each */
export function encodeBits(bytes: string): string {
  let text = '';
  for (let at = 0; at < 10; at += 5) {
    const high = (bytes.charCodeAt(at) << 12) | (bytes.charCodeAt(at + 1) << 4) | (bytes.charCodeAt(at + 2) >>> 4);
    const low = ((bytes.charCodeAt(at + 2) & 15) << 16) | (bytes.charCodeAt(at + 3) << 8) | bytes.charCodeAt(at + 4);
    text += digitPair(high >>> 10) + digitPair(high) + digitPair(low >>> 10) + digitPair(low);
  }
  return text;
}
