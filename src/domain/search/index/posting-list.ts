import type {ByteReader} from './bytes.js';
import type {Postings} from './entry.js';

/*
 * A term in one session-day: how many events have it, then of each: (its number - the one before) << 1 | 1 where the term stands there
 * more than once, and then how often.
 */

export function readPostings(reader: ByteReader): Postings {
  const count = reader.number();
  const postings: number[] = [];
  let number = 0;
  for (let at = 0; at < count; at++) {
    const value = reader.number();
    number += Math.floor(value / 2);
    postings.push(number, value % 2 === 1 ? reader.number() : 1);
  }
  return postings;
}

/** Passes over postings. @returns in how many events the term stands */
export function skipPostings(reader: ByteReader): number {
  const count = reader.number();
  for (let left = count; left > 0; left--) if (reader.number() % 2 === 1) reader.number();
  return count;
}
