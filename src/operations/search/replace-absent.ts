import type {Query} from '../../domain/search/query/query.js';
import {namesDay} from '../../domain/search/rank/date-words.js';
import type {IndexView, WantedTerm} from '../../domain/search/rank/view.js';
import {RANK} from '../../domain/search/rank/weights.js';
import type {Store} from '../../store/port/store.js';
import {findNear} from './find-near.js';
import type {WholeIndex} from './kept-index.js';
import {readTerms} from './read-terms.js';

/** A word that occurs nowhere, and what was looked for in its place; nothing where nothing is near. */
export interface Replacement {
  readonly word: string;
  readonly by: readonly string[];
}

/** The terms of a query, each once, with their places in all session-days. A word that occurs nowhere is replaced by near ones, at less weight: for it the words of all months are read. */
export async function replaceAbsent(
  store: Pick<Store, 'searchRows' | 'searchRowsOf'>,
  index: WholeIndex,
  query: Query,
  goOn: () => void,
): Promise<{readonly wanted: readonly WantedTerm[]; readonly replaced: readonly Replacement[]; readonly view: IndexView}> {
  const {days, headers} = index;
  const words = new Map(query.words.flatMap(({word, terms}) => terms.map((term) => [term, word] as const)));
  const places = await readTerms(store, days, headers, [...words.keys()]);
  const wanted = new Map<string, number>();
  const absent: string[] = [];
  for (const term of words.keys()) {
    if ((places.get(term)?.size ?? 0) > 0 || namesDay(term, days)) wanted.set(term, 1);
    else absent.push(term);
  }
  const found = absent.length === 0 ? undefined : await findNear(store, index, absent, goOn);
  const replaced = absent.map((term) => {
    const by = found?.near.get(term) ?? [];
    for (const near of by) if (!wanted.has(near)) wanted.set(near, RANK.nearWord);
    return {word: words.get(term) ?? term, by};
  });
  const more = [...wanted.keys()].filter((term) => !places.has(term));
  const near = more.length === 0 ? undefined : await readTerms(store, days, headers, more, found?.isIn);
  const all = new Map([...places, ...(near ?? [])].filter(([term]) => wanted.has(term)));
  return {wanted: [...wanted].map(([term, weight]) => ({term, weight})), replaced, view: {days, places: all}};
}
