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

/** A header as it is read from its row. */
export interface StoredHeader extends MonthHeader {
  readonly days: readonly StoredDay[];
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

/** A session-day of a month, as its header has it. There may be tens of thousands: what few are asked for is read when it is asked. */
export class StoredDay implements MergedDay {
  readonly date: LocalDate;
  readonly events: number;
  readonly length: number;
  readonly agent: string;
  readonly projects: readonly string[];
  /** Its place in the header. */
  readonly place: number;
  readonly #row: Buffer;
  readonly #keyAt: number;

  constructor(row: Buffer, keyAt: number, place: number, {date, events, length, agent, projects}: Omit<MergedDay, 'sessionKey'>) {
    this.#row = row;
    this.#keyAt = keyAt;
    this.place = place;
    this.date = date;
    this.events = events;
    this.length = length;
    this.agent = agent;
    this.projects = projects;
  }

  get sessionKey(): SessionKey {
    const reader = new ByteReader(this.#row);
    reader.skip(this.#keyAt);
    return sessionKey(reader.text());
  }
}

/** @param month `2024-01` @returns undefined where another version of the tokenizer made it */
export function decodeMonthHeader(month: string, row: Buffer): StoredHeader | undefined {
  const reader = new ByteReader(row);
  if (reader.number() !== TOKENIZER_VERSION) return undefined;
  const generation = reader.number();
  const buckets = reader.number();
  const texts = Array.from({length: reader.number()}, () => reader.text());
  const dates: LocalDate[] = [];
  const alone = texts.map((text) => [text]);
  const days = Array.from({length: reader.number()}, (_, place) => {
    const day = reader.number();
    dates[day] ??= localDate(`${month}-${String(day).padStart(2, '0')}`);
    const date = dates[day];
    const keyAt = reader.at;
    reader.skip(reader.number());
    const events = reader.number();
    const length = reader.number();
    const agent = texts[reader.number()] ?? '';
    const projects = readProjects(reader, texts, alone);
    return new StoredDay(row, keyAt, place, {date, events, length, agent, projects});
  });
  return {generation, buckets, days};
}

/** @param alone of each text a list with nothing else: nearly all session-days are of one project */
function readProjects(reader: ByteReader, texts: readonly string[], alone: readonly (readonly string[])[]): readonly string[] {
  const count = reader.number();
  if (count === 1) return alone[reader.number()] ?? [];
  return Array.from({length: count}, () => texts[reader.number()] ?? '');
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
    reader.skip(length);
    const bytes = reader.number();
    if (length === term.length && isAt(row, start, term)) return reader;
    reader.skip(bytes);
  }
  return undefined;
}

function isAt(row: Buffer, start: number, term: Uint8Array): boolean {
  for (let at = 0; at < term.length; at++) if (row[start + at] !== term[at]) return false;
  return true;
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
