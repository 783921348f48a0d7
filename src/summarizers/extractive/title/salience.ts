import {HashIndex} from '../../../language/hash-index.js';
import {WEAK} from '../../../language/lexicon.js';
import {Floats, Ints} from '../../../language/numbers.js';
import {hashPair} from '../../../language/stem.js';
import {CODE, NOISE} from '../../../language/terms.js';
import type {Corpus} from '../corpus.js';

const salience = new Floats();
const pairs = new HashIndex(4096);
const pairCounts = new Ints();
const pairGroups = new Ints();
let pairTotal = 0;

/** How much each term is what the text is about: rare by the fixed table and spread over the text. Returns the most that any term has. */
export function measureSalience(corpus: Corpus): number {
  const {terms} = corpus.words;
  let most = 0;
  for (let term = 0; term < terms.count; term++) {
    const flags = terms.flags.get(term);
    const idf = terms.idf.get(term);
    const rare = flags & WEAK ? Math.min(idf, 2) : Math.max(0, idf - 2);
    const shape = flags & NOISE ? 0.1 : flags & CODE ? 0.45 : 1;
    const value = rare === 0 ? 0 : rare * shape * Math.log2(1 + terms.spread.get(term));
    if (value > most) most = value;
    salience.set(term, value);
  }
  countPairs(corpus);
  return most;
}

export function salienceOf(term: number): number {
  return salience.get(term);
}

/** Makes a term count for nothing in the phrases that follow. */
export function spendTerm(term: number): void {
  salience.set(term, 0);
}

/** Counts in how many groups two telling words stand side by side: what is said twice is a name for something. */
function countPairs(corpus: Corpus): void {
  const {words} = corpus;
  pairs.clear();
  pairTotal = 0;
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    const group = corpus.group.get(sentence);
    const end = corpus.endWord.get(sentence);
    let before = -1;
    for (let word = corpus.firstWord.get(sentence); word < end; word++) {
      const term = words.term.get(word);
      const next = salience.get(term) >= 1 ? term : -1;
      if (before >= 0 && next >= 0) countPair(hashPair(before + 1, next + 1), group);
      before = next;
    }
  }
}

function countPair(key: number, group: number): void {
  const known = pairs.get(key);
  if (known < 0) {
    pairs.set(key, pairTotal);
    pairCounts.set(pairTotal, 1);
    pairGroups.set(pairTotal, group);
    pairTotal++;
  } else if (pairGroups.get(known) !== group) {
    pairGroups.set(known, group);
    pairCounts.set(known, pairCounts.get(known) + 1);
  }
}

/** How much more two terms side by side are worth than apart. */
export function pairBonus(before: number, term: number): number {
  const pair = pairs.get(hashPair(before + 1, term + 1));
  const count = pair < 0 ? 0 : pairCounts.get(pair);
  return count < 2 ? 0 : 0.18 * Math.min(3, count - 1) * (salience.get(before) + salience.get(term));
}
