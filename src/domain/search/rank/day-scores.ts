import type {SessionKey} from '../../event/event.js';
import type {Postings} from '../index/entry.js';
import {idfOf, saturation} from './bm25.js';
import {dateWords, isPossibleDateWord} from './date-words.js';
import type {IndexView, WantedTerm} from './view.js';
import {RANK} from './weights.js';

const DATE_WORDS = 4;

/** What a query's terms weigh, and how session-days and sessions score for them. */
export interface DayScores {
  /** By place in the query. */
  readonly idf: readonly number[];
  /** Terms of an event, on average. */
  readonly meanLength: number;
  /** By place in `IndexView.days`: BM25 of the session-day. */
  readonly days: readonly number[];
  readonly sessions: ReadonlyMap<SessionKey, number>;
  /** The places of all session-days that a term stands in, the most promising first: their events are scored, some 60 at a time. */
  readonly order: readonly number[];
}

/** Which session-days may be opened at all. The others count for how telling a term is, or a score would change with a filter. */
export interface DayScope {
  readonly isOpen: (day: number) => boolean;
  /** Terms that a hit must have. */
  readonly required: readonly string[];
}

export const WHOLE: DayScope = {isOpen: () => true, required: []};

/** Scores session-days and sessions by sums alone, so that it makes no difference in which part of the index something lies. */
export function scoreDays(view: IndexView, wanted: readonly WantedTerm[], {isOpen, required}: DayScope = WHOLE): DayScores {
  const {days} = view;
  const events = sum(days.map((day) => day.events));
  const length = sum(days.map((day) => day.length));
  const places = wanted.map(({term}) => view.places.get(term));
  const idf = wanted.map(
    ({weight}, at) => weight * idfOf(events, sum([...(places[at]?.values() ?? [])].map((postings) => postings.length / 2))),
  );
  const inDay = wanted.map(({term}, at) => countsByDay(view, term, places[at]));
  const mayHit = (day: number): boolean => isOpen(day) && required.every((term) => view.places.get(term)?.has(day) === true);
  const order = orderDays(idf, places, inDay, mayHit);
  return {
    idf,
    meanLength: length / (events || 1),
    days: scoreDocuments(
      wanted,
      inDay,
      days.map((day) => day.length + DATE_WORDS),
      RANK.day,
    ),
    sessions: scoreSessions(view, wanted, inDay),
    order,
  };
}

/** How often a term stands in each session-day, its date's words counted in. */
function countsByDay(
  {days}: IndexView,
  term: string,
  places: ReadonlyMap<number, readonly number[]> | undefined,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [day, postings] of places ?? []) {
    let count = 0;
    for (let at = 1; at < postings.length; at += 2) count += postings[at] ?? 0;
    counts.set(day, count);
  }
  if (!isPossibleDateWord(term)) return counts;
  days.forEach(({date}, day) => {
    if (dateWords(date).includes(term)) counts.set(day, (counts.get(day) ?? 0) + 1);
  });
  return counts;
}

function scoreDocuments(
  wanted: readonly WantedTerm[],
  counts: readonly ReadonlyMap<number, number>[],
  lengths: readonly number[],
  bm25: {k1: number; b: number},
): number[] {
  const scores = new Array<number>(lengths.length).fill(0);
  const mean = sum(lengths) / (lengths.length || 1);
  wanted.forEach(({weight}, at) => {
    const found = counts[at] ?? new Map<number, number>();
    const idf = weight * idfOf(lengths.length, found.size);
    for (const [document, count] of found) {
      scores[document] = (scores[document] ?? 0) + idf * saturation(bm25, count, lengths[document] ?? 0, mean);
    }
  });
  return scores;
}

function scoreSessions(
  {days}: IndexView,
  wanted: readonly WantedTerm[],
  inDay: readonly ReadonlyMap<number, number>[],
): ReadonlyMap<SessionKey, number> {
  const numbers = new Map<SessionKey, number>();
  const lengths: number[] = [];
  const sessionOf = days.map(({sessionKey, length}) => {
    const known = numbers.get(sessionKey) ?? numbers.size;
    numbers.set(sessionKey, known);
    lengths[known] = (lengths[known] ?? 0) + length + DATE_WORDS;
    return known;
  });
  const counts = inDay.map((found) => {
    const bySession = new Map<number, number>();
    for (const [day, count] of found) {
      const session = sessionOf[day] ?? 0;
      bySession.set(session, (bySession.get(session) ?? 0) + count);
    }
    return bySession;
  });
  const scores = scoreDocuments(wanted, counts, lengths, RANK.session);
  return new Map([...numbers].map(([key, number]) => [key, scores[number] ?? 0]));
}

/**
 * Session-days by what their best event may be worth (without its length, which is not read yet) and they themselves: so few of them are
 * read further.
 */
function orderDays(
  idf: readonly number[],
  places: readonly (ReadonlyMap<number, Postings> | undefined)[],
  inDay: readonly ReadonlyMap<number, number>[],
  mayHit: (day: number) => boolean,
): readonly number[] {
  const best = new Map<number, number>();
  const events = new Map<number, number>();
  for (const day of new Set(inDay.flatMap((found) => [...found.keys()]))) {
    if (!mayHit(day)) continue;
    events.clear();
    let whole = 0;
    let most = 0;
    idf.forEach((weight, at) => {
      const postings = places[at]?.get(day) ?? [];
      for (let place = 0; place < postings.length; place += 2) {
        const number = postings[place] ?? 0;
        const times = postings[place + 1] ?? 0;
        const value = (events.get(number) ?? 0) + (weight * times * (RANK.event.k1 + 1)) / (times + RANK.event.k1);
        events.set(number, value);
        most = Math.max(most, value);
      }
      if (inDay[at]?.has(day)) whole += weight;
    });
    best.set(day, most + RANK.dayWeight * whole);
  }
  return [...best].sort(([a, x], [b, y]) => y - x || a - b).map(([day]) => day);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
