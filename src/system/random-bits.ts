import {closeSync, openSync, readSync} from 'node:fs';
import {ulid} from 'ulid';
import type {EpochMs} from '../domain/event/event.js';

const POOL_BYTES = 2048;
let pool: Buffer = Buffer.alloc(0);
let used = 0;

/** A random ULID, for a file or a run. ULIDs of one millisecond have no order. @throws Error for a time before 1970 */
export function makeUlid(time: EpochMs): string {
  return ulid(time, randomFraction);
}

/** 80 random bits as 16 characters of Crockford's base 32, the second part of a ULID. */
export function randomBits(): string {
  return ulid(1, randomFraction).slice(10);
}

/** From 0 to below 1, with one byte of randomness. The package's own source asks the system for each byte and loads node:crypto (3 ms). */
function randomFraction(): number {
  if (used === pool.length) {
    pool = randomBytes();
    used = 0;
  }
  return (pool[used++] ?? 0) / 256;
}

/** node:crypto takes its seed from the same file. */
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
