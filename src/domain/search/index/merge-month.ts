import type {SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import {ByteReader, ByteWriter} from './bytes.js';
import {readTotals} from './event-columns.js';
import {isFactTerm} from './fact-terms.js';
import {INDEX_VERSION} from './index-version.js';
import {bucketOf, compareDays, dayName, type MergedDay} from './month.js';
import type {MonthHeader, StoredHeader} from './month-header.js';
import {skipPostings} from './posting-list.js';
import {type PlacedTerm, TermPlaces} from './term-places.js';
import {encodeWords} from './words-row.js';

/** About as much as a block of LevelDB's tables. */
const BUCKET_BYTES = 3_072;
const MOST_BUCKETS = 1 << 12;

/** A pending entry, by what a merge needs of it; the bytes are views of its row. */
export interface RowToMerge {
  readonly day: MergedDay;
  /** The row of the session-day's events. */
  readonly eventsRow: Buffer;
  /** How many terms, then of each the text and its postings. */
  readonly terms: Buffer;
}

/** @returns undefined where another version of the index made it: it is to be counted again */
export function readRowToMerge(date: LocalDate, sessionKey: SessionKey, row: Buffer): RowToMerge | undefined {
  const reader = new ByteReader(row);
  if (reader.number() !== INDEX_VERSION) return undefined;
  reader.passOver(reader.number());
  const start = reader.at;
  reader.passOver(reader.number());
  const agent = reader.text();
  const day = {date, sessionKey, agent, ...readTotals(reader)};
  return {day, eventsRow: row.subarray(start, reader.at), terms: row.subarray(reader.at)};
}

/** A month as it is stored: its buckets by their number; what is not there is empty. */
export interface StoredMonth {
  readonly header: StoredHeader;
  readonly buckets: ReadonlyMap<number, Buffer>;
}

/** A month after a merge. Its buckets are made one at a time. */
export interface MergedMonth {
  readonly header: MonthHeader;
  /** The row of its words. */
  readonly words: Buffer;
  readonly buckets: Iterable<readonly [number: number, row: Buffer]>;
}

/** A month with some session-days taken out and others put in. @param gone by `<date><session key>` @param added replaces what the month has of the same session-day */
export function mergeMonth(
  before: StoredMonth | undefined,
  added: readonly RowToMerge[],
  gone: ReadonlySet<string> = new Set(),
): MergedMonth {
  const replaced = new Set([...gone, ...added.map(({day}) => dayName(day))]);
  const kept =
    before?.header.days
      .list()
      .map((day, place) => ({day, place}))
      .filter(({day}) => !replaced.has(dayName(day))) ?? [];
  const days = [...kept.map(({day}) => day), ...added.map(({day}) => day).filter(({events}) => events > 0)].sort(compareDays);
  const placeOf = new Map(days.map((day, place) => [dayName(day), place]));
  const moved = new Map(kept.map(({day, place}) => [place, placeOf.get(dayName(day)) ?? 0]));
  const places = new TermPlaces();
  for (const bucket of before?.buckets.values() ?? []) addBucket(places, bucket, moved);
  for (const {day, terms} of added) {
    const place = placeOf.get(dayName(day));
    if (place !== undefined) addTerms(places, terms, place);
  }
  const {terms, order} = places.sorted();
  const buckets = bucketCount(terms, places);
  const header = {generation: (before?.header.generation ?? 0) + 1, buckets, days};
  const words = terms.map(({text}) => text).filter((term) => !isFactTerm(term));
  return {header, words: encodeWords(words), buckets: rowsOf(intoBuckets(terms, buckets), places, order)};
}

/** @param moved the session-days that stay, with their new numbers */
function addBucket(places: TermPlaces, bucket: Buffer, moved: ReadonlyMap<number, number>): void {
  const row = places.addRow(bucket);
  const reader = new ByteReader(bucket);
  while (!reader.isAtEnd) {
    const term = places.termAt(row, reader);
    reader.number();
    let before = 0;
    for (let left = reader.number(); left > 0; left--) {
      before += reader.number();
      const day = moved.get(before);
      if (day === undefined) skipPostings(reader);
      else places.add(term, day, row, reader);
    }
  }
}

function addTerms(places: TermPlaces, terms: Buffer, day: number): void {
  const row = places.addRow(terms);
  const reader = new ByteReader(terms);
  for (let left = reader.number(); left > 0; left--) places.add(places.termAt(row, reader), day, row, reader);
}

function bucketCount(terms: readonly PlacedTerm[], {places, postings}: TermPlaces): number {
  const bytes = terms.reduce((sum, {text}) => sum + text.length + 2, places + 2 * postings);
  let buckets = 1;
  while (buckets < MOST_BUCKETS && buckets * BUCKET_BYTES < bytes) buckets *= 2;
  return buckets;
}

function intoBuckets(terms: readonly PlacedTerm[], count: number): ReadonlyMap<number, PlacedTerm[]> {
  const buckets = new Map<number, PlacedTerm[]>();
  for (const term of terms) {
    const number = bucketOf(term.text, count);
    const known = buckets.get(number);
    if (known) known.push(term);
    else buckets.set(number, [term]);
  }
  return buckets;
}

function* rowsOf(buckets: ReadonlyMap<number, PlacedTerm[]>, places: TermPlaces, order: Int32Array): Generator<readonly [number, Buffer]> {
  const [row, part] = [new ByteWriter(), new ByteWriter()];
  for (const [number, terms] of buckets) {
    for (const term of terms) {
      row.text(term.text);
      places.write(part, order, term);
      row.number(part.length);
      part.moveTo(row);
    }
    yield [number, row.take()];
  }
}
