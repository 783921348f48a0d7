import {closeSync, openSync, readSync} from 'node:fs';
import {encodeBits} from '../domain/event/crockford.js';

const POOL_BYTES = 2048;
let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** 80 random bits as 16 characters, the second part of a ULID. They come from a pool: asking the system each time is slow. */
export function randomBits(): string {
  if (used + 10 > pool.length) {
    pool = randomBytes();
    used = 0;
  }
  used += 10;
  return encodeBits(pool.toString('latin1', used - 10, used));
}

/** Reads what node:crypto takes its seed from. Loading node:crypto would take 3 ms. */
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
