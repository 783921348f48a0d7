import {kindAt, UNSPACED} from '../../../language/chars.js';
import {isStopWord} from '../../../language/lexicon.js';
import {hashWord} from '../../../language/stem.js';

const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*(?:['’]\p{L}+)*/gu;
/** In a script without spaces two characters are about a word. */
const UNSPACED_WORD = 2;

/** The distinct telling words of a text, by the hash of their stem, in sequence. Of a script without spaces: its pairs of characters. */
export function termsOf(text: string): readonly number[] {
  const terms = new Set<number>();
  for (const {0: word} of text.matchAll(WORD)) {
    if (kindAt(word, 0) === UNSPACED) addPairs(word, terms);
    else if (word.length > 1 && !isStopWord(word)) terms.add(hashWord(word, 0, word.length));
  }
  return [...terms];
}

function addPairs(run: string, terms: Set<number>): void {
  for (let at = 0; at + UNSPACED_WORD <= run.length; at++) {
    const pair = run.slice(at, at + UNSPACED_WORD);
    if (!isStopWord(pair)) terms.add(hashWord(pair, 0, UNSPACED_WORD));
  }
}

/** Which share of `terms` is in `known`. */
export function shareIn(terms: readonly number[], known: ReadonlySet<number>): number {
  if (terms.length === 0) return 1;
  let found = 0;
  for (const term of terms) if (known.has(term)) found++;
  return found / terms.length;
}
