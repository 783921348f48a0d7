import type {SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import {ByteReader} from './bytes.js';
import type {Postings, SessionDayEntry} from './entry.js';
import {readPostings} from './posting-list.js';

/** A session-day that is merged into its month. */
export interface MergedDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly agent: string;
  readonly events: number;
  /** The terms of all its events together. */
  readonly length: number;
  readonly projects: readonly string[];
}

/** Of one bucket: the postings of each of its terms, by the session-day's place in the header. */
export type Bucket = ReadonlyMap<string, ReadonlyMap<number, Postings>>;

export function mergedDay({date, sessionKey: key, agent, events}: Omit<SessionDayEntry, 'postings' | 'sessionId'>): MergedDay {
  let length = 0;
  for (const event of events) length += event.length;
  const projects = [...new Set(events.map(({project}) => project))].sort();
  return {date, sessionKey: key, agent, events: events.length, length, projects};
}

export function compareDays(a: Pick<MergedDay, 'date' | 'sessionKey'>, b: Pick<MergedDay, 'date' | 'sessionKey'>): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.sessionKey < b.sessionKey ? -1 : a.sessionKey > b.sessionKey ? 1 : 0;
}

/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/). @param buckets a power of two */
export function bucketOf(term: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

/*
 * A bucket: of each term, by rising text: the text, the bytes of its postings, how many session-days; of each its place to the one before,
 * and the postings.
 */

function readPlaces(row: Buffer): ReadonlyMap<number, Postings> {
  const reader = new ByteReader(row);
  const places = new Map<number, Postings>();
  let day = 0;
  for (let days = reader.number(); days > 0; days--) {
    day += reader.number();
    places.set(day, readPostings(reader));
  }
  return places;
}

/** All terms of a bucket, for who checks it. */
export function decodeBucket(row: Buffer): Bucket {
  const reader = new ByteReader(row);
  const terms = new Map<string, ReadonlyMap<number, Postings>>();
  while (!reader.isAtEnd) terms.set(reader.text(), readPlaces(reader.bytes(reader.number())));
  return terms;
}

/** @returns a reader that stands before a term's number of session-days; undefined where the bucket does not have the term. @param term in UTF-8 */
export function findInBucket(row: Buffer, term: Uint8Array): ByteReader | undefined {
  const reader = new ByteReader(row);
  while (!reader.isAtEnd) {
    const length = reader.number();
    const start = reader.at;
    reader.passOver(length);
    const bytes = reader.number();
    if (length === term.length && isAt(row, start, term)) return reader;
    reader.passOver(bytes);
  }
  return undefined;
}

function isAt(row: Buffer, start: number, term: Uint8Array): boolean {
  for (let at = 0; at < term.length; at++) if (row[start + at] !== term[at]) return false;
  return true;
}

export function dayName({date, sessionKey: key}: Pick<MergedDay, 'date' | 'sessionKey'>): string {
  return `${date}${key}`;
}

/** By code unit: the same on each machine. */
export function compareTerms(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
