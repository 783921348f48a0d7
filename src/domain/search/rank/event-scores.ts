import type {IndexedEvent} from '../index/entry.js';
import type {TermPlace} from '../words/term-finder.js';
import {saturation} from './bm25.js';
import type {DayScores} from './day-scores.js';
import type {IndexView, WantedTerm} from './view.js';
import {RANK} from './weights.js';

const NOWHERE = new Int32Array(0);

/** An event that fits, or stands beside one that does. */
export interface ScoredEvent {
  readonly event: IndexedEvent;
  /** Its session-day's place in `IndexView.days`, and its own place there. */
  readonly day: number;
  readonly number: number;
  readonly score: number;
}

/** The events of the opened session-days, by place in `IndexView.days`. */
export type OpenedDays = ReadonlyMap<number, readonly IndexedEvent[]>;

/** What the words of each event alone are worth: by session-day, by event. */
export type OwnScores = ReadonlyMap<number, Float64Array>;

export function scoreOwnWords(view: IndexView, wanted: readonly WantedTerm[], scores: DayScores, opened: OpenedDays): OwnScores {
  const own = new Map<number, Float64Array>();
  for (const [day, events] of opened) {
    const values = new Float64Array(events.length);
    wanted.forEach(({term}, at) => {
      const idf = scores.idf[at] ?? 0;
      const postings = view.places.get(term)?.get(day) ?? NOWHERE;
      for (let place = 0; place < postings.length; place += 2) {
        const number = postings[place] ?? 0;
        const gain = saturation(RANK.event, postings[place + 1] ?? 0, events[number]?.length ?? 0, scores.meanLength);
        values[number] = (values[number] ?? 0) + idf * (gain + RANK.coverage);
      }
    });
    own.set(day, values);
  }
  return own;
}

/** The places of the events whose texts are to be read for their proximity: the best by their own words. */
export function bestByOwnWords(own: OwnScores): readonly {readonly day: number; readonly number: number}[] {
  const places: {day: number; number: number; value: number}[] = [];
  for (const [day, values] of own) {
    for (let number = 0; number < values.length; number++) {
      const value = values[number] ?? 0;
      if (value > 0) places.push({day, number, value});
    }
  }
  return places.sort((a, b) => b.value - a.value || a.day - b.day || a.number - b.number).slice(0, RANK.proximity.events);
}

/** Pairs of different terms of the query that stand close together in a text. @param places where terms of the query stand among those of the text, in its order */
export function proximityOf(places: readonly TermPlace[], wanted: readonly WantedTerm[], idf: readonly number[]): number {
  const weights = new Map(wanted.map(({term}, at) => [term, idf[at] ?? 0]));
  const {distance, most} = RANK.proximity;
  let total = 0;
  places.forEach(({term, at}, place) => {
    const weight = weights.get(term) ?? 0;
    for (let next = place + 1; next < places.length; next++) {
      const other = places[next];
      const apart = (other?.at ?? 0) - at;
      if (other === undefined || apart > distance) break;
      if (other.term !== term) total += Math.min(weight, weights.get(other.term) ?? 0) / apart;
    }
  });
  return Math.min(most, total);
}

/** Of the events whose texts were read: by session-day, by event. */
export type Proximities = ReadonlyMap<number, ReadonlyMap<number, number>>;

/**
 * Events that fit, best first: by their own words, those of their neighbours and their session-day.
 */
export function scoreEvents(scores: DayScores, opened: OpenedDays, own: OwnScores, proximity: Proximities): ScoredEvent[] {
  const {neighbours} = RANK;
  const found: ScoredEvent[] = [];
  for (const [day, events] of opened) {
    const dayScore = scores.dayScore(day);
    const values = Float64Array.from(own.get(day) ?? []);
    for (const [number, value] of proximity.get(day) ?? []) values[number] = (values[number] ?? 0) + RANK.proximity.weight * value;
    for (let number = 0; number < events.length; number++) {
      const event = events[number];
      if (event === undefined) continue;
      let near = 0;
      for (let at = 0; at < neighbours.length; at++)
        near += (neighbours[at] ?? 0) * ((values[number - at - 1] ?? 0) + (values[number + at + 1] ?? 0));
      const words = (values[number] ?? 0) + (near * RANK.neighbourLength) / (RANK.neighbourLength + event.length);
      if (words > 0) found.push({event, day, number, score: words + RANK.dayWeight * dayScore});
    }
  }
  return found.sort((a, b) => b.score - a.score || a.day - b.day || a.number - b.number);
}

export interface ScoredGroup {
  /** What its events have in common: a session, a day, a segment. */
  readonly key: string;
  readonly score: number;
  /** Its events, best first. */
  readonly events: readonly ScoredEvent[];
}

/**
 * Groups of events, best first: by their best event, the next ones, and what the group is worth as a whole.
 * @param events best first @param keyOf undefined for what belongs to none
 */
export function scoreGroups(
  events: readonly ScoredEvent[],
  keyOf: (scored: ScoredEvent) => string | undefined,
  worthOf: (key: string) => number = () => 0,
): ScoredGroup[] {
  const groups = new Map<string, ScoredEvent[]>();
  for (const scored of events) {
    const key = keyOf(scored);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known) known.push(scored);
    else groups.set(key, [scored]);
  }
  const {count, weight} = RANK.furtherEvents;
  return [...groups]
    .map(([key, own]) => {
      let score = (own[0]?.score ?? 0) + worthOf(key);
      // By rank among all: the first is the best event.
      for (let rank = 1; rank <= count; rank++) score += (weight * (own[rank]?.score ?? 0)) / (rank + 1);
      return {key, score, events: own};
    })
    .sort((a, b) => b.score - a.score || (a.events[0]?.day ?? 0) - (b.events[0]?.day ?? 0) || (a.key < b.key ? -1 : 1));
}

/** Sessions, best first: by their best event, the next ones, and all their text. */
export function scoreSessionsOf(view: IndexView, scores: DayScores, events: readonly ScoredEvent[]): ScoredGroup[] {
  const worths = new Map<string, number>(scores.sessions());
  const worthOf = (key: string): number => RANK.sessionWeight * (worths.get(key) ?? 0);
  return scoreGroups(events, ({day}) => view.days.sessionKey(day), worthOf);
}
