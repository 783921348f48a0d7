import type {Corpus} from './corpus.js';
import {LINK, STOP} from './lexicon.js';
import {Floats, Ints} from './numbers.js';
import {pairBonus, salienceOf} from './salience.js';
import {CODE, NOISE} from './terms.js';
import {APART, CODE_JOINED, wholeToken} from './words.js';

/** A run of words [first, last] of one sentence. */
export interface Phrase {
  readonly sentence: number;
  readonly first: number;
  readonly last: number;
  readonly score: number;
}

const MOST_CHARACTERS = 60;
/** A sentence is looked at when it has a word of this share of the most salience. */
const LEAST_ANCHOR = 0.5;
/** What a phrase's worth is divided by, by its length in tokens: a longer phrase says more, but not in proportion. */
const DIVISORS = [1, 2, 3, 4, 5, 6, 7, 8].map((tokens) => (tokens + 0.5) ** 0.6);
/** A phrase that ends inside a name that is said again and again says less. */
const SPLIT_FACTOR = 0.75;
const SOFT = ' `"*“”';

let scored = 0;
// Of each sentence the best phrase. Spending terms only lowers its score.
const scores = new Floats();
const firsts = new Ints();
const lasts = new Ints();

/** Finds the best phrase of each sentence. @param most the most salience that any term has */
export function findPhrases(corpus: Corpus, mostTokens: number, most: number): void {
  const {words} = corpus;
  scored = corpus.count;
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    scores.set(sentence, 0);
    const end = corpus.endWord.get(sentence);
    for (let word = corpus.firstWord.get(sentence); word < end; word++) {
      if (salienceOf(words.term.get(word)) < most * LEAST_ANCHOR) continue;
      findIn(corpus, sentence, mostTokens);
      break;
    }
  }
}

/** The phrase that says most for its length, or undefined when nothing salient is left. `findPhrases` has been called. */
export function bestPhrase(): Phrase | undefined {
  let best = -1;
  for (let sentence = 0; sentence < scored; sentence++) {
    if (scores.get(sentence) > (best < 0 ? 0 : scores.get(best))) best = sentence;
  }
  if (best < 0) return undefined;
  return {sentence: best, first: firsts.get(best), last: lasts.get(best), score: scores.get(best)};
}

/** Finds the phrases anew when terms were spent, where they can still reach `least`. */
export function refreshPhrases(corpus: Corpus, mostTokens: number, least: number): void {
  for (let sentence = 0; sentence < scored; sentence++) {
    if (scores.get(sentence) >= least) findIn(corpus, sentence, mostTokens);
    else scores.set(sentence, 0);
  }
}

function sentenceBonus(corpus: Corpus, sentence: number): number {
  switch (corpus.kindOf(sentence)) {
    case 'heading':
      return 1.3;
    case 'prose':
      return 0.7 + 0.3 * Math.min(1.4, corpus.factor.get(sentence));
    case 'thought':
      return 0.6;
    case 'aside':
    case 'code':
      return 0.3;
  }
}

function findIn(corpus: Corpus, sentence: number, mostTokens: number): void {
  scores.set(sentence, 0);
  const bonus = sentenceBonus(corpus, sentence);
  const end = corpus.endWord.get(sentence);
  for (let first = corpus.firstWord.get(sentence); first < end; first++) {
    if (canStart(corpus, sentence, first)) findFrom(corpus, sentence, first, end, mostTokens, bonus);
  }
}

function findFrom(corpus: Corpus, sentence: number, first: number, end: number, mostTokens: number, bonus: number): void {
  const {words} = corpus;
  const {terms} = words;
  const text = corpus.textFor(sentence);
  const start = words.start.get(first);
  let tokens = 1;
  let codes = 0;
  let sum = 0;
  let token = 0;
  for (let last = first; last < end; last++) {
    const term = words.term.get(last);
    const flags = terms.flags.get(term);
    if (words.end.get(last) - start > MOST_CHARACTERS) return;
    if (last > first && words.joint.get(last) === APART) {
      if (flags & STOP && !(flags & LINK)) return;
      if (!isSoftGap(text, words.end.get(last - 1), words.start.get(last)) || ++tokens > mostTokens) return;
      sum += token + pairBonus(words.term.get(last - 1), term);
      token = 0;
    }
    if (words.joint.get(last) === CODE_JOINED || flags & CODE) codes++;
    // A word that the phrase has already counts once.
    if (!isRepeated(corpus, first, last)) token = Math.max(token, salienceOf(term));
    if (flags & (STOP | NOISE) || (last + 1 < end && words.joint.get(last + 1) !== APART)) continue;
    let score = (bonus * (sum + token) * (codes > 1 ? 0.6 : 1)) / (DIVISORS[tokens] ?? 1);
    if (score <= scores.get(sentence)) continue;
    if (last + 1 < end && pairBonus(term, words.term.get(last + 1)) > 0) score *= SPLIT_FACTOR;
    if (score <= scores.get(sentence)) continue;
    scores.set(sentence, score);
    firsts.set(sentence, first);
    lasts.set(sentence, last);
  }
}

function isRepeated(corpus: Corpus, first: number, at: number): boolean {
  const term = corpus.words.term.get(at);
  for (let word = first; word < at; word++) if (corpus.words.term.get(word) === term) return true;
  return false;
}

function canStart(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  if (words.joint.get(word) !== APART || words.terms.has(words.term.get(word), STOP | NOISE)) return false;
  // Behind "//" an address goes on.
  const text = corpus.textFor(sentence);
  const start = words.start.get(word);
  return !(start > 1 && text.charCodeAt(start - 1) === 47 && text.charCodeAt(start - 2) === 47);
}

/** Whether nothing but spaces and marks of quotation and type stands between two words. */
function isSoftGap(text: string, from: number, to: number): boolean {
  if (to - from > 4) return false;
  for (let at = from; at < to; at++) if (!SOFT.includes(text.charAt(at))) return false;
  return true;
}

/** The phrase as it stands in the text, what is joined to its ends included. */
export function phraseText(corpus: Corpus, phrase: Phrase): string {
  const {words} = corpus;
  const text = corpus.textFor(phrase.sentence);
  const {start} = wholeToken(text, words.start.get(phrase.first), words.end.get(phrase.first));
  const {end} = wholeToken(text, words.start.get(phrase.last), words.end.get(phrase.last));
  return text
    .slice(start, end)
    .replace(/[\s`"*“”]+/g, ' ')
    .trim();
}
