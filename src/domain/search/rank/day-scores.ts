import type {SessionKey} from '../../event/event.js';
import {idfOf, saturation} from './bm25.js';
import {dateWords} from './date-words.js';
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
  /** The places of the session-days whose events are to be scored, in order. */
  readonly open: readonly number[];
}

/** Scores session-days and sessions by sums alone, so that it makes no difference in which part of the index something lies. */
export function scoreDays(view: IndexView, wanted: readonly WantedTerm[]): DayScores {
  const {days} = view;
  const events = sum(days.map((day) => day.events));
  const length = sum(days.map((day) => day.length));
  const places = wanted.map(({term}) => view.places.get(term));
  const idf = wanted.map(
    ({weight}, at) => weight * idfOf(events, sum([...(places[at]?.values() ?? [])].map((postings) => postings.length / 2))),
  );
  const inDay = wanted.map(({term}, at) => countsByDay(view, term, places[at]));
  const open = chooseDays(days.length, idf, places, inDay);
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
    open,
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

const YEAR: readonly string[] = Array.from({length: 12}, (_, month) =>
  dateWords(`2024-${String(month + 1).padStart(2, '0')}-0${(month % 7) + 1}` as never),
).flat();
const DATE_NAMES: ReadonlySet<string> = new Set(YEAR);

/** Whether a date could be named with a term: a look at each date is worth it for these alone. */
function isPossibleDateWord(term: string): boolean {
  return /^\d{1,2}$|^\d{4}$/.test(term) || DATE_NAMES.has(term);
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
 * The session-days that may hold the best events: by their best event (without its length, which is not read yet) and themselves. Only
 * these are read further.
 */
function chooseDays(
  count: number,
  idf: readonly number[],
  places: readonly (ReadonlyMap<number, readonly number[]> | undefined)[],
  inDay: readonly ReadonlyMap<number, number>[],
): readonly number[] {
  const best = new Float64Array(count);
  const event = new Map<number, number>();
  const days = new Set(inDay.flatMap((found) => [...found.keys()]));
  for (const day of days) {
    event.clear();
    let whole = 0;
    idf.forEach((weight, at) => {
      const postings = places[at]?.get(day) ?? [];
      for (let place = 0; place < postings.length; place += 2) {
        const number = postings[place] ?? 0;
        const times = postings[place + 1] ?? 0;
        event.set(number, (event.get(number) ?? 0) + (weight * times * (RANK.event.k1 + 1)) / (times + RANK.event.k1));
      }
      if (inDay[at]?.has(day)) whole += weight;
    });
    best[day] = Math.max(0, ...event.values()) + RANK.dayWeight * whole;
  }
  return [...days]
    .sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0) || a - b)
    .slice(0, RANK.openDays)
    .sort((a, b) => a - b);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
