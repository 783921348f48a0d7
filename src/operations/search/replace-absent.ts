import {isFactTerm} from '../../domain/search/index/fact-terms.js';
import {StoredDay, termsOfBucket} from '../../domain/search/index/month.js';
import {bucketsOf} from '../../domain/search/index/rows.js';
import {nearWords} from '../../domain/search/query/near-words.js';
import type {Query} from '../../domain/search/query/query.js';
import {namesDay} from '../../domain/search/rank/date-words.js';
import type {IndexView, WantedTerm} from '../../domain/search/rank/view.js';
import {RANK} from '../../domain/search/rank/weights.js';
import type {Store} from '../../store/port/store.js';
import type {WholeIndex} from './kept-index.js';
import {readTerms} from './read-index.js';

/** A word that occurs nowhere, and what was looked for in its place; nothing where nothing is near. */
export interface Replacement {
  readonly word: string;
  readonly by: readonly string[];
}

/** The terms of a query, each once, with their places in all session-days. A word that occurs nowhere is replaced by near ones, at less weight: for it the whole list of terms is read. */
export async function replaceAbsent(
  store: Pick<Store, 'searchRows' | 'searchRowsOf'>,
  index: WholeIndex,
  query: Query,
  goOn: () => void,
): Promise<{readonly wanted: readonly WantedTerm[]; readonly replaced: readonly Replacement[]; readonly view: IndexView}> {
  const words = new Map(query.words.flatMap(({word, terms}) => terms.map((term) => [term, word] as const)));
  const {days, places} = await readTerms(store, index.days, index.months, [...words.keys()]);
  const wanted = new Map<string, number>();
  const absent: string[] = [];
  for (const term of words.keys()) {
    if ((places.get(term)?.size ?? 0) > 0 || namesDay(term, index.days)) wanted.set(term, 1);
    else absent.push(term);
  }
  if (absent.length > 0) index.words ??= await allTerms(store, index, goOn);
  const known = index.words ?? [];
  const replaced = absent.map((term) => {
    const by = nearWords(term, known);
    for (const near of by) if (!wanted.has(near)) wanted.set(near, RANK.nearWord);
    return {word: words.get(term) ?? term, by};
  });
  const more = [...wanted.keys()].filter((term) => !places.has(term));
  const near = more.length === 0 ? undefined : await readTerms(store, index.days, index.months, more);
  const all = new Map([...places, ...(near?.places ?? [])].filter(([term]) => wanted.has(term)));
  return {wanted: [...wanted].map(([term, weight]) => ({term, weight})), replaced, view: {days, places: all}};
}

/** All words of the index. */
async function allTerms(store: Pick<Store, 'searchRows'>, {days, months}: WholeIndex, goOn: () => void): Promise<ReadonlySet<string>> {
  const terms = new Set<string>();
  const add = (term: string): void => {
    if (!isFactTerm(term)) terms.add(term);
  };
  for (const day of days) if (!(day instanceof StoredDay)) for (const term of day.entry.postings.keys()) add(term);
  for (const [month, {generation}] of months) {
    goOn();
    for (const {row} of await store.searchRows(bucketsOf(month, generation))) for (const term of termsOfBucket(row)) add(term);
  }
  return terms;
}
