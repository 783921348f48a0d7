import type {IndexedDays} from '../../domain/search/index/indexed-days.js';
import type {DayScores} from '../../domain/search/rank/day-scores.js';
import {bestByOwnWords, type OwnScores, scoreOwnWords} from '../../domain/search/rank/event-scores.js';
import {bestWithPairs, type EventPlace, mostByOwnWords} from '../../domain/search/rank/near-pairs.js';
import type {IndexView, WantedTerm} from '../../domain/search/rank/view.js';
import {RANK} from '../../domain/search/rank/weights.js';
import type {Store} from '../../store/port/store.js';
import {openDays} from './open-days.js';

/** So many session-days beyond the filter are opened at once. */
const AT_ONCE = 32;
const NOTHING = new Float64Array(0);

export interface Nearness {
  readonly store: Pick<Store, 'searchRowsOf'>;
  readonly view: IndexView & {readonly days: IndexedDays};
  readonly wanted: readonly WantedTerm[];
  readonly scores: DayScores;
  /** Of session-days beyond the filter that were opened: they are not opened again in the same search. */
  readonly others: Map<number, Float64Array>;
}

/**
 * The events whose texts are read for words that stand close together: the best of all by their own words, of which only those that the
 * filter may pass are of interest. A filter changes no score, so those beyond it are counted too; but they are opened only while one of
 * them may take a place.
 * @param own of the session-days that the filter may pass @param beyond places of the others
 */
export async function nearEvents(parts: Nearness, own: OwnScores, beyond: readonly number[]): Promise<readonly EventPlace[]> {
  const {view, wanted, scores} = parts;
  const inside = bestWithPairs(view, wanted, own);
  if (inside.length === 0 || beyond.length === 0) return inside;
  const least = Math.min(...inside.map(({day, number}) => own.get(day)?.[number] ?? 0));
  const bounds = beyond.map((day) => ({day, most: mostByOwnWords(view, wanted, scores, day)}));
  const rivals = bounds.filter(({most}) => most >= least).sort((a, b) => b.most - a.most || a.day - b.day);
  const all = new Map(own);
  for (let from = 0; from < rivals.length; from += AT_ONCE) {
    const some = rivals.slice(from, from + AT_ONCE).map(({day}) => day);
    for (const [day, values] of await ownWordsOf(parts, some)) all.set(day, values);
    const best = bestByOwnWords(all);
    const last = best[RANK.proximity.events - 1];
    const next = rivals[from + AT_ONCE]?.most ?? 0;
    // What comes now is worth less than each of the best.
    if (last !== undefined && (all.get(last.day)?.[last.number] ?? 0) > next) break;
  }
  return bestWithPairs(view, wanted, all).filter(({day}) => own.has(day));
}

async function ownWordsOf({store, view, wanted, scores, others}: Nearness, days: readonly number[]): Promise<OwnScores> {
  const opened = await openDays(
    store,
    view.days,
    days.filter((day) => !others.has(day)),
  );
  for (const [day, values] of scoreOwnWords(view, wanted, scores, opened)) others.set(day, values);
  return new Map(days.flatMap((day) => (others.has(day) ? [[day, others.get(day) ?? NOTHING]] : [])));
}
