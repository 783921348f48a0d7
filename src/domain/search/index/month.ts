import type {SessionKey} from '../../event/event.js';
import {sessionKey} from '../../event/identity/event-id.js';
import {type LocalDate, localDate} from '../../toc/node-id.js';
import {TOKENIZER_VERSION} from '../words/tokenizer.js';
import {ByteReader, ByteWriter} from './bytes.js';
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

export interface MonthHeader {
  /** Which merge made it: part of its buckets' keys. */
  readonly generation: number;
  /** A power of two. */
  readonly buckets: number;
  /** By date and session; postings name them by their place here. */
  readonly days: readonly MergedDay[];
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

/*
 * A month's header: the tokenizer's version, the generation, the number of buckets, the texts (agents, projects), then of each session-day: day of the
 * month, session key, events, terms, agent's number, how many projects and their numbers.
 */

export function encodeMonthHeader({generation, buckets, days}: MonthHeader): Buffer {
  const writer = new ByteWriter();
  const texts = new Map<string, number>();
  for (const text of days.flatMap(({agent, projects}) => [agent, ...projects])) if (!texts.has(text)) texts.set(text, texts.size);
  writer.number(TOKENIZER_VERSION);
  writer.number(generation);
  writer.number(buckets);
  writer.number(texts.size);
  for (const text of texts.keys()) writer.text(text);
  writer.number(days.length);
  for (const {date, sessionKey: key, agent, events, length, projects} of days) {
    writer.number(Number(date.slice(8)));
    writer.text(key);
    writer.number(events);
    writer.number(length);
    writer.number(texts.get(agent) ?? 0);
    writer.number(projects.length);
    for (const project of projects) writer.number(texts.get(project) ?? 0);
  }
  return writer.take();
}

/** @param month `2024-01` @returns undefined where another version of the tokenizer made it */
export function decodeMonthHeader(month: string, row: Buffer): MonthHeader | undefined {
  const reader = new ByteReader(row);
  if (reader.number() !== TOKENIZER_VERSION) return undefined;
  const generation = reader.number();
  const buckets = reader.number();
  const texts = Array.from({length: reader.number()}, () => reader.text());
  const dates: LocalDate[] = [];
  const days = Array.from({length: reader.number()}, () => {
    const day = reader.number();
    dates[day] ??= localDate(`${month}-${String(day).padStart(2, '0')}`);
    const date = dates[day];
    const key = sessionKey(reader.text());
    const events = reader.number();
    const length = reader.number();
    const agent = texts[reader.number()] ?? '';
    const projects = Array.from({length: reader.number()}, () => texts[reader.number()] ?? '');
    return {date, sessionKey: key, agent, events, length, projects};
  });
  return {generation, buckets, days};
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

/** The places of some terms; others are passed over unread. */
export function findInBucket(row: Buffer, wanted: ReadonlySet<string>): Bucket {
  const reader = new ByteReader(row);
  const found = new Map<string, ReadonlyMap<number, Postings>>();
  while (!reader.isAtEnd && found.size < wanted.size) {
    const term = reader.text();
    const bytes = reader.number();
    if (wanted.has(term)) found.set(term, readPlaces(reader.bytes(bytes)));
    else reader.skip(bytes);
  }
  return found;
}

/** The terms of a bucket alone, for words that occur nowhere. */
export function termsOfBucket(row: Buffer): string[] {
  const reader = new ByteReader(row);
  const terms: string[] = [];
  while (!reader.isAtEnd) {
    terms.push(reader.text());
    reader.skip(reader.number());
  }
  return terms;
}

export function dayName({date, sessionKey: key}: Pick<MergedDay, 'date' | 'sessionKey'>): string {
  return `${date}${key}`;
}
