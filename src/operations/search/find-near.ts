import {isFactTerm} from '../../domain/search/index/fact-terms.js';
import {WORDS, wordsKey} from '../../domain/search/index/rows.js';
import {MOST_AT_ONCE, NearScan} from '../../domain/search/query/near-scan.js';
import {nearWords} from '../../domain/search/query/near-words.js';
import type {Store} from '../../store/port/store.js';
import type {WholeIndex} from './kept-index.js';

/** Words that stand for others. */
export interface NearTerms {
  /** By the word that occurs nowhere, the nearest first. */
  readonly near: ReadonlyMap<string, readonly string[]>;
  /** Whether the merged part of a month may have one of them. */
  readonly isIn: (term: string, month: string) => boolean;
}

/** Looks for words that may stand for some that the index does not have. */
export async function findNear(
  store: Pick<Store, 'searchRows'>,
  index: WholeIndex,
  absent: readonly string[],
  goOn: () => void,
): Promise<NearTerms> {
  const months = await monthsOfWords(store, index);
  const near = new Map<string, readonly string[]>();
  const monthsOf = new Map<string, Set<string>>();
  for (let from = 0; from < absent.length; from += MOST_AT_ONCE) {
    const some = absent.slice(from, from + MOST_AT_ONCE);
    const candidates = some.map(() => new Set<string>());
    const scan = new NearScan(some);
    for (const [month, row] of months) {
      goOn();
      scan.scan(row, (word, owners) => {
        const known = monthsOf.get(word) ?? new Set();
        monthsOf.set(word, known.add(month));
        candidates.forEach((words, at) => {
          if (owners & (1 << at)) words.add(word);
        });
      });
    }
    for (const term of waitingTerms(index)) for (const words of candidates) words.add(term);
    some.forEach((word, at) => {
      near.set(word, nearWords(word, candidates[at] ?? []));
    });
  }
  return {near, isIn: (term, month) => monthsOf.get(term)?.has(month) === true};
}

/** The words of what is merged, as rows. */
async function monthsOfWords(store: Pick<Store, 'searchRows'>, index: WholeIndex): Promise<ReadonlyMap<string, Buffer>> {
  const monthOfKey = new Map([...index.headers].map(([month, {generation}]) => [wordsKey(month, generation), month]));
  index.words ??= new Map(
    (await store.searchRows(WORDS)).flatMap(({key, row}) => {
      const month = monthOfKey.get(key);
      return month === undefined ? [] : [[month, row] as const];
    }),
  );
  return index.words;
}

function* waitingTerms({days}: WholeIndex): Generator<string> {
  for (const {entries} of days.parts) {
    for (const entry of entries) for (const term of entry?.postings.keys() ?? []) if (!isFactTerm(term)) yield term;
  }
}
