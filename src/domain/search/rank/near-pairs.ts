import {saturation} from './bm25.js';
import type {DayScores} from './day-scores.js';
import {bestByOwnWords, type OwnScores} from './event-scores.js';
import type {IndexView, WantedTerm} from './view.js';
import {RANK} from './weights.js';

/** Sums of the same numbers may differ by less than this. */
const ROUNDING = 1 + 1e-9;

export interface EventPlace {
  readonly day: number;
  readonly number: number;
}

/** The best events by their own words, and of these alone who has two of the terms: others have no words that stand close together. */
export function bestWithPairs(view: IndexView, wanted: readonly WantedTerm[], own: OwnScores): readonly EventPlace[] {
  return bestByOwnWords(own).filter((place) => hasPair(view, wanted, place));
}

/** Whether an event has two of the terms. */
function hasPair(view: IndexView, wanted: readonly WantedTerm[], {day, number}: EventPlace): boolean {
  let found = 0;
  for (const {term} of wanted) {
    const postings = view.places.get(term)?.get(day);
    for (let at = 0; postings && at < postings.length; at += 2) if (postings[at] === number) found++;
  }
  return found > 1;
}

/** No event of a session-day is worth more by its own words: as if it had no others. */
export function mostByOwnWords(view: IndexView, wanted: readonly WantedTerm[], {idf, meanLength}: DayScores, day: number): number {
  const sums = new Map<number, number>();
  wanted.forEach(({term}, at) => {
    const postings = view.places.get(term)?.get(day) ?? [];
    for (let place = 0; place < postings.length; place += 2) {
      const number = postings[place] ?? 0;
      const gain = saturation(RANK.event, postings[place + 1] ?? 0, 0, meanLength) + RANK.coverage;
      sums.set(number, (sums.get(number) ?? 0) + (idf[at] ?? 0) * gain);
    }
  });
  return Math.max(0, ...sums.values()) * ROUNDING;
}
