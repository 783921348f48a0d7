import {STOP} from '../../../language/lexicon.js';
import {CODE} from '../../../language/terms.js';
import {APART, CODE_JOINED} from '../../../language/words.js';
import {isDropped} from '../acts.js';
import type {Corpus} from '../corpus.js';
import {salienceOf} from './salience.js';

/** What a phrase's worth is divided by, by its length in tokens: a longer phrase says more, but not in proportion. */
export const DIVISORS = [1, 2, 3, 4, 5, 6, 7, 8].map((tokens) => (tokens + 0.5) ** 0.6);
/** The longer a period, the shorter what names it. */
export const TOPIC_DIVISORS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tokens) => (tokens + 0.5) ** 0.85);
/** Paths and identifiers one behind the other are no headline. */
export function codeFactor(corpus: Corpus, first: number, last: number): number {
  const {words} = corpus;
  let codes = 0;
  for (let word = first; word <= last; word++)
    if (words.joint.get(word) === CODE_JOINED || words.terms.has(words.term.get(word), CODE)) codes++;
  return codes > 1 ? 0.6 : codes > 0 ? 0.8 : 1;
}

/** What the words [first, last] say together, each term once, and in how many tokens. */
export function weigh(corpus: Corpus, first: number, last: number): {sum: number; tokens: number} {
  const {words} = corpus;
  let sum = 0;
  let token = 0;
  let tokens = 0;
  for (let word = first; word <= last; word++) {
    const term = words.term.get(word);
    if (words.joint.get(word) === APART || word === first) {
      sum += token;
      token = 0;
      if (!(words.terms.has(term, STOP) && isDropped(words.terms.hash.get(term)))) tokens++;
    }
    if (!isRepeated(corpus, first, word)) token = Math.max(token, salienceOf(term));
  }
  return {sum: sum + token, tokens};
}

/** Whether a term stands in the words from `first` on already. */
export function isRepeated(corpus: Corpus, first: number, at: number): boolean {
  const term = corpus.words.term.get(at);
  for (let word = first; word < at; word++) if (corpus.words.term.get(word) === term) return true;
  return false;
}
