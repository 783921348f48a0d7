import {Floats, Ints} from '../../language/numbers.js';
import {CODE} from '../../language/terms.js';
import {APART, CODE_JOINED} from '../../language/words.js';
import type {Corpus} from './corpus.js';

/** What is left of a word's worth when a chosen sentence has said it. */
const RESIDUE = 0.15;
/** A sentence of which less than this share is new only repeats. */
const LEAST_NEWS = 0.3;
/** An identifier is rare, but tells a reader less than a rare word. */
const CODE_SHARE = 0.55;
const SAID = -2;
// A gain is divided by a power of its length in words: a longer sentence says more, but not in proportion.
const LENGTH_SHIFT = 5;
const LENGTH_POWER = 0.75;
const DIVISORS = Float64Array.from({length: 128}, (_, length) => (length + LENGTH_SHIFT) ** LENGTH_POWER);

const worth = new Floats();
const gains = new Floats();
/** Of each sentence its gain before anything was chosen. */
const firstGains = new Floats();
const lastSentence = new Ints();
// The distinct telling terms of each sentence, one list behind the other.
const ownTerms = new Ints();
const firstTerm = new Ints();

/**
 * Begins a choice: nothing is said yet. Spread over the input makes a term worth more, up to six groups.
 * @param spreadWeight how much more for each doubling
 */
export function startGains(corpus: Corpus, spreadWeight: number): void {
  const {words} = corpus;
  const {terms} = words;
  for (let term = 0; term < terms.count; term++) {
    const idf = terms.idf.get(term) * (terms.has(term, CODE) ? CODE_SHARE : 1);
    const spread = Math.min(terms.spread.get(term), 6);
    worth.set(term, idf === 0 ? 0 : idf * (1 + spreadWeight * Math.log2(Math.max(0.5, spread))));
    lastSentence.set(term, -1);
  }
  let count = 0;
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    firstTerm.set(sentence, count);
    const end = corpus.endWord.get(sentence);
    let isPath = false;
    for (let word = corpus.firstWord.get(sentence); word < end; word++) {
      // Of a path or an identifier its first part stands for the whole; else every directory would tell something new.
      const joint = words.joint.get(word);
      if (joint === APART) isPath = false;
      else if (joint === CODE_JOINED) isPath = true;
      if (isPath) continue;
      const term = words.term.get(word);
      if (lastSentence.get(term) === sentence) continue;
      lastSentence.set(term, sentence);
      if (worth.get(term) > 0) ownTerms.set(count++, term);
    }
  }
  firstTerm.set(corpus.count, count);
  measureGains(corpus);
  for (let sentence = 0; sentence < corpus.count; sentence++) firstGains.set(sentence, gains.get(sentence));
}

/** Works out what each sentence would add to what is said. */
export function measureGains(corpus: Corpus): void {
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    // A sentence of small words alone is worth next to nothing, but more than none.
    let gain = 0.02;
    const end = firstTerm.get(sentence + 1);
    for (let at = firstTerm.get(sentence); at < end; at++) gain += worth.get(ownTerms.get(at));
    gains.set(sentence, gain * corpus.factor.get(sentence));
  }
}

/** What a sentence adds, as of the last `measureGains`. */
export function gainOf(sentence: number): number {
  return gains.get(sentence);
}

/** What it would have added at the start. */
export function firstGainOf(sentence: number): number {
  return firstGains.get(sentence);
}

/** Whether what adds `gain` now and would have added `firstGain` at the start is more than a repetition. */
export function isNews(gain: number, firstGain: number): boolean {
  return gain >= firstGain * LEAST_NEWS;
}

/** How much a gain is worth for its length in words. */
export function scoreOf(gain: number, length: number): number {
  return gain / (DIVISORS[Math.min(length, DIVISORS.length - 1)] ?? 1);
}

/** Notes that a sentence is said: its words are worth little from now on. */
export function say(sentence: number): void {
  const end = firstTerm.get(sentence + 1);
  for (let at = firstTerm.get(sentence); at < end; at++) {
    const term = ownTerms.get(at);
    if (lastSentence.get(term) === SAID) continue;
    lastSentence.set(term, SAID);
    worth.set(term, worth.get(term) * RESIDUE);
  }
}
