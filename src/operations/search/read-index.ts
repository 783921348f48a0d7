import type {Postings, SessionDayEntry} from '../../domain/search/index/entry.js';
import {decodePendingEntry, type PendingEntry} from '../../domain/search/index/entry-row.js';
import {
  bucketOf,
  compareDays,
  dayName,
  decodeMonthHeader,
  findInBucket,
  type MergedDay,
  type MonthHeader,
  mergedDay,
} from '../../domain/search/index/month.js';
import {bucketKey, HEADERS, nameOfKey, PENDING} from '../../domain/search/index/rows.js';
import type {IndexView, TermPlaces} from '../../domain/search/rank/view.js';
import type {SessionDayMark, Store} from '../../store/port/store.js';
import {isComplete, uncountedDays} from './complete-index.js';

type IndexStore = Parameters<typeof uncountedDays>[0];
type Name = Pick<SessionDayMark, 'date' | 'sessionKey'>;

/** A session-day of the index, and where its entry is. */
export interface IndexedDay extends MergedDay {
  /** The whole entry, where it is not merged or was counted just now. */
  readonly entry?: SessionDayEntry;
  /** Else its month and its place there. */
  readonly merged?: {readonly month: string; readonly place: number};
}

/** The index as it is trusted now, without the terms of merged months, which are read for each query. */
export interface TrustedIndex {
  /** By date and session. */
  readonly days: readonly IndexedDay[];
  readonly months: ReadonlyMap<string, MonthHeader>;
  /** Session-days whose entry is not there or not to be trusted, the newest first: they are to be counted. */
  readonly toCount: readonly Name[];
}

/**
 * Reads which session-days the index has. An entry is trusted while the session-day's mark has the token that it was counted under, or
 * is gone; what is merged has no mark.
 */
export async function readTrustedIndex(store: IndexStore): Promise<TrustedIndex> {
  const marks = await store.sessionDayMarks({});
  const tokens = new Map(marks.map((mark) => [dayName(mark), mark.token]));
  const pending = new Map<string, PendingEntry>();
  for (const {key, row} of await store.searchRows(PENDING)) {
    const name = nameOfKey(key);
    const entry = decodePendingEntry(name.date, name.sessionKey, row);
    if (entry) pending.set(dayName(name), entry);
  }
  const months = new Map<string, MonthHeader>();
  for (const {key, row} of await store.searchRows(HEADERS)) {
    const month = key.slice(1);
    const header = decodeMonthHeader(month, row);
    if (header) months.set(month, header);
  }
  const days: IndexedDay[] = [];
  const isTrusted = (name: string, token: string): boolean => (tokens.get(name) ?? token) === token;
  // Most of a memory is merged, and waits for nothing: years of it cost no names.
  const isQuiet = pending.size === 0 && tokens.size === 0;
  for (const [month, header] of months) {
    header.days.forEach((day, place) => {
      if (!isQuiet && isIn(dayName(day), pending, tokens)) return;
      const {date, sessionKey, agent, events, length, projects} = day;
      days.push({date, sessionKey, agent, events, length, projects, merged: {month, place}});
    });
  }
  for (const [name, {entry, token}] of pending) {
    if (entry.events.length > 0 && isTrusted(name, token)) days.push({...mergedDay(entry), entry});
  }
  const toCount: Name[] = marks.filter((mark) => {
    const known = pending.get(dayName(mark));
    return known === undefined || known.token !== mark.token;
  });
  const never = (await isComplete(store)) ? [] : await uncountedDays(store);
  // Months and their session-days come in order.
  return {days: pending.size === 0 ? days : days.sort(compareDays), months, toCount: [...toCount, ...never].sort(compareDays).reverse()};
}

function isIn(name: string, ...all: readonly ReadonlyMap<string, unknown>[]): boolean {
  return all.some((names) => names.has(name));
}

/** The places of some terms in all session-days of an index. @param days in their order, with those that were counted just now */
export async function readTerms(
  store: Pick<Store, 'searchRowsOf'>,
  days: readonly IndexedDay[],
  months: ReadonlyMap<string, MonthHeader>,
  terms: readonly string[],
): Promise<IndexView> {
  const places = new Map<string, Map<number, Postings>>(terms.map((term) => [term, new Map()]));
  // By month: of each place there the session-day's place here.
  const merged = new Map<string, number[]>();
  let last: {readonly month: string; readonly placeOf: number[]} = {month: '', placeOf: []};
  days.forEach((day, at) => {
    if (day.entry) {
      for (const term of terms) {
        const postings = day.entry.postings.get(term);
        if (postings) places.get(term)?.set(at, postings);
      }
    } else if (day.merged) {
      const {month, place} = day.merged;
      if (month !== last.month) {
        last = {month, placeOf: merged.get(month) ?? []};
        merged.set(month, last.placeOf);
      }
      last.placeOf[place] = at;
    }
  });
  const wanted = new Map<string, {month: string; terms: Set<string>}>();
  for (const month of merged.keys()) {
    const {generation = 0, buckets = 1} = months.get(month) ?? {};
    for (const term of terms) {
      const key = bucketKey(month, generation, bucketOf(term, buckets));
      const known = wanted.get(key);
      if (known) known.terms.add(term);
      else wanted.set(key, {month, terms: new Set([term])});
    }
  }
  const keys = [...wanted.keys()];
  const rows = await store.searchRowsOf(keys);
  rows.forEach((row, at) => {
    const bucket = wanted.get(keys[at] ?? '');
    if (row === undefined || bucket === undefined) return;
    const placeOf = merged.get(bucket.month);
    for (const [term, found] of findInBucket(row, bucket.terms)) {
      for (const [place, postings] of found) {
        const day = placeOf?.[place];
        if (day !== undefined) places.get(term)?.set(day, postings);
      }
    }
  });
  return {days, places};
}

/** A view as if only some of its session-days were there. @param all those that it was read for */
export function viewOf({days, places}: IndexView, wanted: ReadonlySet<IndexedDay>, all: readonly IndexedDay[]): IndexView {
  const place = new Map<number, number>();
  all.forEach((day, at) => {
    if (wanted.has(day)) place.set(at, place.size);
  });
  const some = new Map<string, TermPlaces>();
  for (const [term, found] of places) {
    const kept = new Map<number, Postings>();
    for (const [at, postings] of found) {
      const now = place.get(at);
      if (now !== undefined) kept.set(now, postings);
    }
    some.set(term, kept);
  }
  return {days: days.filter((_, at) => place.has(at)), places: some};
}
