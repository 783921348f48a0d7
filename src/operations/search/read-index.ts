import type {SessionDayEntry} from '../../domain/search/index/entry.js';
import {decodePendingEntry, type PendingEntry} from '../../domain/search/index/entry-row.js';
import {
  bucketOf,
  compareDays,
  dayName,
  decodeMonthHeader,
  findInBucket,
  type MergedDay,
  mergedDay,
  StoredDay,
  type StoredHeader,
} from '../../domain/search/index/month.js';
import {bucketKey, HEADERS, monthOf, nameOfKey, PENDING} from '../../domain/search/index/rows.js';
import {FoundPlaces} from '../../domain/search/rank/found-places.js';
import type {IndexView} from '../../domain/search/rank/view.js';
import type {SessionDayMark, Store} from '../../store/port/store.js';
import {isComplete, uncountedDays} from './complete-index.js';

type IndexStore = Parameters<typeof uncountedDays>[0];
/** `2024-01`. */
const MONTH_LENGTH = 7;

type Name = Pick<SessionDayMark, 'date' | 'sessionKey'>;

/** A session-day of the index, and where its entry is: in a month, or whole, where it is not merged or was counted just now. */
export type IndexedDay = StoredDay | WaitingDay;

export interface WaitingDay extends MergedDay {
  readonly entry: SessionDayEntry;
}

/** The index as it is trusted now, without the terms of merged months, which are read for each query. */
export interface TrustedIndex {
  /** By date and session. */
  readonly days: readonly IndexedDay[];
  readonly months: ReadonlyMap<string, StoredHeader>;
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
  const months = new Map<string, StoredHeader>();
  for (const {key, row} of await store.searchRows(HEADERS)) {
    const month = key.slice(1);
    const header = decodeMonthHeader(month, row);
    if (header) months.set(month, header);
  }
  const isTrusted = (name: string, token: string): boolean => (tokens.get(name) ?? token) === token;
  // Most of a memory is merged, and waits for nothing: years of it cost no names.
  const unquiet = new Set([...pending.keys(), ...tokens.keys()].map((name) => name.slice(0, MONTH_LENGTH)));
  const merged: StoredDay[] = [];
  for (const [month, {days}] of months) {
    const isQuiet = !unquiet.has(month);
    for (const day of days) if (isQuiet || !isIn(dayName(day), pending, tokens)) merged.push(day);
  }
  const waiting: WaitingDay[] = [];
  for (const [name, {entry, token}] of pending) {
    if (entry.events.length > 0 && isTrusted(name, token)) waiting.push(waitingDay(entry));
  }
  const toCount: Name[] = marks.filter((mark) => {
    const known = pending.get(dayName(mark));
    return known === undefined || known.token !== mark.token;
  });
  const never = (await isComplete(store)) ? [] : await uncountedDays(store);
  // Months and their session-days come in order, and so do entries.
  return {days: mergeDays(merged, waiting), months, toCount: [...toCount, ...never].sort(compareDays).reverse()};
}

export function waitingDay(entry: SessionDayEntry): WaitingDay {
  return {...mergedDay(entry), entry};
}

/** Few session-days among many, both in their order. */
export function mergeDays(many: readonly IndexedDay[], few: readonly WaitingDay[]): readonly IndexedDay[] {
  if (few.length === 0) return many;
  const all: IndexedDay[] = [];
  let from = 0;
  for (const day of few) {
    let [low, high] = [from, many.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = many[middle];
      if (other && compareDays(other, day) < 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from++) all.push(many[from] ?? day);
    all.push(day);
  }
  for (; from < many.length; from++) {
    const day = many[from];
    if (day) all.push(day);
  }
  return all;
}

function isIn(name: string, ...all: readonly ReadonlyMap<string, unknown>[]): boolean {
  return all.some((names) => names.has(name));
}

/** The places of some terms in all session-days of an index. @param days in their order, with those that were counted just now */
export async function readTerms(
  store: Pick<Store, 'searchRowsOf'>,
  days: readonly IndexedDay[],
  months: ReadonlyMap<string, StoredHeader>,
  terms: readonly string[],
): Promise<IndexView> {
  const places = new Map(terms.map((term) => [term, new FoundPlaces()]));
  const placesOf = mergedPlaces(days, months);
  const buckets = [...placesOf.keys()].flatMap((month) => {
    const {generation = 0, buckets: count = 1} = months.get(month) ?? {};
    return terms.map((term) => ({month, term, key: bucketKey(month, generation, bucketOf(term, count))}));
  });
  const rows = await store.searchRowsOf(buckets.map(({key}) => key));
  const bytesOf = new Map(terms.map((term) => [term, Buffer.from(term)]));
  buckets.forEach(({month, term}, at) => {
    const [row, bytes, found, placeOf] = [rows[at], bytesOf.get(term), places.get(term), placesOf.get(month)];
    const reader = row && bytes && findInBucket(row, bytes);
    if (!reader || !found || !placeOf) return;
    let place = 0;
    for (let left = reader.number(); left > 0; left--) {
      place += reader.number();
      found.read(placeOf[place] ?? -1, reader);
    }
  });
  days.forEach((day, at) => {
    if (day instanceof StoredDay) return;
    for (const [term, found] of places) {
      const postings = day.entry.postings.get(term);
      if (postings) found.add(at, postings);
    }
  });
  for (const found of places.values()) found.sorted();
  return {days, places};
}

/** By month: of each place there the session-day's place in `days`; less than 0 where it is not among them. */
function mergedPlaces(days: readonly IndexedDay[], months: ReadonlyMap<string, StoredHeader>): ReadonlyMap<string, Int32Array> {
  const all = new Map<string, Int32Array<ArrayBuffer>>();
  let date = '';
  let places = new Int32Array(0);
  for (let at = 0; at < days.length; at++) {
    const day = days[at];
    if (!(day instanceof StoredDay)) continue;
    if (day.date !== date) {
      date = day.date;
      const month = monthOf(day.date);
      places = all.get(month) ?? new Int32Array(months.get(month)?.days.length ?? 0).fill(-1);
      all.set(month, places);
    }
    places[day.place] = at;
  }
  return all;
}

/** A view as if only some of its session-days were there. @param isWanted by place in the view */
export function viewOf({days, places}: IndexView, isWanted: (day: number) => boolean): IndexView {
  const placeOf = new Int32Array(days.length).fill(-1);
  const kept = days.filter((_, at) => isWanted(at));
  let next = 0;
  for (let at = 0; at < days.length; at++) if (isWanted(at)) placeOf[at] = next++;
  const some = new Map<string, FoundPlaces>();
  for (const [term, found] of places) {
    const own = new FoundPlaces();
    for (let rank = 0; rank < found.size; rank++) {
      const day = placeOf[found.dayAt(rank)] ?? -1;
      if (day >= 0) own.add(day, found.postingsAt(rank));
    }
    some.set(term, own);
  }
  return {days: kept, places: some};
}
