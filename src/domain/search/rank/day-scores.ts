import type {SessionKey} from '../../event/event.js';
import {BestDays} from './best-days.js';
import {idfOf, saturation} from './bm25.js';
import {dateWords, isPossibleDateWord} from './date-words.js';
import type {FoundPlaces} from './found-places.js';
import type {IndexView, WantedTerm} from './view.js';
import {RANK} from './weights.js';

const DATE_WORDS = 4;

/** What a query's terms weigh, and how session-days and sessions score for them. */
export interface DayScores {
  /** By place in the query. */
  readonly idf: readonly number[];
  /** Terms of an event, on average. */
  readonly meanLength: number;
  /** BM25 of the session-day at a place in `IndexView.days`. */
  readonly dayScore: (day: number) => number;
  /** BM25 of all sessions: asked for where sessions are what is found. */
  readonly sessions: () => ReadonlyMap<SessionKey, number>;
  /** All session-days that a term stands in: their events are scored, some 60 at a time. */
  readonly order: BestDays;
}

/** Which session-days may be opened at all. The others count for how telling a term is, or a score would change with a filter. */
export interface DayScope {
  readonly isOpen: (day: number) => boolean;
  /** Terms that a hit must have. */
  readonly required: readonly string[];
}

export const WHOLE: DayScope = {isOpen: () => true, required: []};

/** Of a term: how often it stands in each session-day, its date's words counted in. By rising place. */
interface DayCounts {
  readonly days: Int32Array;
  readonly counts: Int32Array;
}

/** Scores session-days and sessions by sums alone, so that it makes no difference in which part of the index something lies. */
export function scoreDays(view: IndexView, wanted: readonly WantedTerm[], {isOpen, required}: DayScope = WHOLE): DayScores {
  const {events, terms: length} = view.days;
  const places = wanted.map(({term}) => view.places.get(term));
  const idf = wanted.map(({weight}, at) => weight * idfOf(events, places[at]?.events ?? 0));
  const inDay = wanted.map(({term}, at) => countsByDay(view, term, places[at]));
  const mayHit = (day: number): boolean => isOpen(day) && required.every((term) => view.places.get(term)?.has(day) === true);
  return {
    idf,
    meanLength: length / (events || 1),
    dayScore: dayScorer(view, wanted, inDay, length),
    sessions: () => scoreSessions(view, wanted, inDay),
    order: orderDays(idf, places, inDay, mayHit),
  };
}

function countsByDay({days}: IndexView, term: string, places: FoundPlaces | undefined): DayCounts {
  const size = places?.size ?? 0;
  const found = new Int32Array(size);
  const counts = new Int32Array(size);
  if (places) {
    const {values} = places;
    for (let rank = 0; rank < size; rank++) {
      let count = 0;
      for (let at = places.startAt(rank) + 1; at < places.startAt(rank + 1); at += 2) count += values[at] ?? 0;
      found[rank] = places.dayAt(rank);
      counts[rank] = count;
    }
  }
  return isPossibleDateWord(term) ? withDates(days, term, found, counts) : {days: found, counts};
}

function withDates(days: IndexView['days'], term: string, found: Int32Array, counts: Int32Array): DayCounts {
  const all: number[] = [];
  const sums: number[] = [];
  let rank = 0;
  let last = '';
  let isNamed = false;
  for (let day = 0; day < days.length; day++) {
    const date = days.date(day);
    if (date !== last) [last, isNamed] = [date, dateWords(date).includes(term)];
    const own = found[rank] === day ? (counts[rank++] ?? 0) : 0;
    if (own === 0 && !isNamed) continue;
    all.push(day);
    sums.push(own + (isNamed ? 1 : 0));
  }
  return {days: Int32Array.from(all), counts: Int32Array.from(sums)};
}

/** @param length the terms of all events together */
function dayScorer({days}: IndexView, wanted: readonly WantedTerm[], inDay: readonly DayCounts[], length: number): (day: number) => number {
  const mean = (length + DATE_WORDS * days.length) / (days.length || 1);
  const idf = wanted.map(({weight}, at) => weight * idfOf(days.length, inDay[at]?.days.length ?? 0));
  return (day) => {
    let score = 0;
    inDay.forEach(({days: found, counts}, at) => {
      const rank = rankIn(found, day);
      if (rank >= 0) score += (idf[at] ?? 0) * saturation(RANK.day, counts[rank] ?? 0, days.lengthOf(day) + DATE_WORDS, mean);
    });
    return score;
  };
}

/** The place of a number among rising ones; less than 0 where it is not there. */
function rankIn(numbers: Int32Array, wanted: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted ? low : -1;
}

function scoreSessions({days}: IndexView, wanted: readonly WantedTerm[], inDay: readonly DayCounts[]): ReadonlyMap<SessionKey, number> {
  const numbers = new Map<SessionKey, number>();
  const lengths: number[] = [];
  const sessionOf = Int32Array.from({length: days.length}, (_, day) => {
    const sessionKey = days.sessionKey(day);
    const known = numbers.get(sessionKey) ?? numbers.size;
    numbers.set(sessionKey, known);
    lengths[known] = (lengths[known] ?? 0) + days.lengthOf(day) + DATE_WORDS;
    return known;
  });
  const scores = new Float64Array(lengths.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1);
  inDay.forEach(({days: found, counts}, at) => {
    const bySession = new Map<number, number>();
    found.forEach((day, rank) => {
      const session = sessionOf[day] ?? 0;
      bySession.set(session, (bySession.get(session) ?? 0) + (counts[rank] ?? 0));
    });
    const idf = (wanted[at]?.weight ?? 0) * idfOf(lengths.length, bySession.size);
    for (const [session, count] of bySession) {
      scores[session] = (scores[session] ?? 0) + idf * saturation(RANK.session, count, lengths[session] ?? 0, mean);
    }
  });
  return new Map([...numbers].map(([key, number]) => [key, scores[number] ?? 0]));
}

/**
 * Session-days by what their best event may be worth (without its length, which is not read yet) and they themselves: so few of them are
 * read further. It goes through all terms at once, a session-day at a time.
 */
function orderDays(
  idf: readonly number[],
  places: readonly (FoundPlaces | undefined)[],
  inDay: readonly DayCounts[],
  mayHit: (day: number) => boolean,
): BestDays {
  const {k1} = RANK.event;
  const most = inDay.reduce((sum, {days}) => sum + days.length, 0);
  const found = new Int32Array(most);
  const promises = new Float64Array(most);
  let size = 0;
  const next = new Int32Array(idf.length);
  const nextPlace = new Int32Array(idf.length);
  let own = new Float64Array(256);
  for (;;) {
    let day = Number.POSITIVE_INFINITY;
    for (let at = 0; at < idf.length; at++) day = Math.min(day, inDay[at]?.days[next[at] ?? 0] ?? day);
    if (day === Number.POSITIVE_INFINITY) break;
    let whole = 0;
    let best = 0;
    let end = 0;
    for (let at = 0; at < idf.length; at++) {
      if (inDay[at]?.days[next[at] ?? 0] !== day) continue;
      const weight = idf[at] ?? 0;
      next[at] = (next[at] ?? 0) + 1;
      whole += weight;
      const term = places[at];
      const rank = nextPlace[at] ?? 0;
      if (term === undefined || rank >= term.size || term.dayAt(rank) !== day) continue;
      nextPlace[at] = rank + 1;
      const {values} = term;
      const last = term.startAt(rank + 1);
      for (let place = term.startAt(rank); place < last; place += 2) {
        const number = values[place] ?? 0;
        const times = values[place + 1] ?? 0;
        if (number >= own.length) own = larger(own, number);
        const value = (own[number] ?? 0) + (weight * times * (k1 + 1)) / (times + k1);
        own[number] = value;
        if (value > best) best = value;
        if (number >= end) end = number + 1;
      }
    }
    own.fill(0, 0, end);
    if (!mayHit(day)) continue;
    found[size] = day;
    promises[size++] = best + RANK.dayWeight * whole;
  }
  return new BestDays(found.subarray(0, size), promises.subarray(0, size));
}

function larger(values: Float64Array<ArrayBuffer>, number: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(2 * (number + 1));
  grown.set(values);
  return grown;
}
