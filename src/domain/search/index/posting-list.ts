import type {ByteReader, ByteWriter} from './bytes.js';
import type {Postings} from './entry.js';

/*
 * A term in one session-day: how many events have it, then of each: (its number - the one before) << 1 | 1 where the term stands there
 * more than once, and then how often.
 */

export function writePostings(writer: ByteWriter, postings: Postings): void {
  writer.number(postings.length / 2);
  let before = 0;
  for (let at = 0; at < postings.length; at += 2) {
    const number = postings[at] ?? 0;
    const times = postings[at + 1] ?? 1;
    writer.number((number - before) * 2 + (times > 1 ? 1 : 0));
    if (times > 1) writer.number(times);
    before = number;
  }
}

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
