import {closeSync, openSync, readSync} from 'node:fs';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const POOL_BYTES = 2048;
let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** 80 random bits as 16 characters of Crockford's base 32, the second part of a ULID. From a pool: asking the system each time is slow. */
export function randomBits(): string {
  if (used + 16 > pool.length) {
    pool = randomBytes();
    used = 0;
  }
  let text = '';
  for (let digit = 0; digit < 16; digit++) text += DIGITS.charAt((pool[used + digit] ?? 0) & 31);
  used += 16;
  return text;
}

/** From where node:crypto takes its seed too, which takes 3 ms to load. */
function randomBytes(): Buffer {
  const bytes = Buffer.alloc(POOL_BYTES);
  const source = openSync('/dev/urandom', 'r');
  try {
    let got = 0;
    while (got < POOL_BYTES) got += readSync(source, bytes, got, POOL_BYTES - got, null);
  } finally {
    closeSync(source);
  }
  return bytes;
}
