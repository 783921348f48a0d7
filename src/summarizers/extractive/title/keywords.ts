import {STOP, WEAK} from '../../../language/lexicon.js';
import {Ints} from '../../../language/numbers.js';
import {CODE, NOISE} from '../../../language/terms.js';
import {APART, wholeToken} from '../../../language/words.js';
import type {Corpus} from '../corpus.js';
import {isPossessive} from './grammar.js';
import {salienceOf} from './salience.js';

const MOST = 7;
const MOST_CODE = 4;
const MOST_CHARACTERS = 40;
/** How many of the best terms are looked at: some share a path or are too long. */
const RANKED = 20;

const UNASKED = -2;
const UNSEEN = -1;

const bestWord = new Ints();
const bestSentence = new Ints();
const bestAlone = new Ints();

/** The most telling words as they stand in the text, paths and identifiers whole, best first. `measureSalience` has been called. */
export function makeKeywords(corpus: Corpus): string[] {
  const {terms} = corpus.words;
  const ranked: number[] = [];
  for (let term = 0; term < terms.count; term++) {
    bestWord.set(term, UNASKED);
    if (salienceOf(term) >= 2 && !terms.has(term, STOP | WEAK | NOISE)) insertRanked(ranked, term);
  }
  for (const term of ranked) bestWord.set(term, UNSEEN);
  findOccurrences(corpus);
  const keywords = new Map<string, string>();
  let codes = 0;
  for (const term of ranked) {
    if (keywords.size >= MOST) break;
    if (bestWord.get(term) < 0) continue;
    const keyword = tokenAt(corpus, bestSentence.get(term), bestWord.get(term));
    const isCode = terms.has(term, CODE) || bestAlone.get(term) === 0;
    if (keyword.length > MOST_CHARACTERS || keywords.has(keyword.toLowerCase()) || (isCode && codes >= MOST_CODE)) continue;
    if (isCode) codes++;
    keywords.set(keyword.toLowerCase(), keyword);
  }
  return [...keywords.values()];
}

function insertRanked(ranked: number[], term: number): void {
  const salience = salienceOf(term);
  if (ranked.length === RANKED && salienceOf(ranked[RANKED - 1] ?? 0) >= salience) return;
  let at = ranked.length;
  while (at > 0 && salienceOf(ranked[at - 1] ?? 0) < salience) at--;
  ranked.splice(at, 0, term);
  if (ranked.length > RANKED) ranked.pop();
}

/** Notes for each term where it stands alone; where it never does, where it stands first. */
function findOccurrences(corpus: Corpus): void {
  const {words} = corpus;
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    const end = corpus.endWord.get(sentence);
    for (let word = corpus.firstWord.get(sentence); word < end; word++) {
      const term = words.term.get(word);
      if (bestWord.get(term) === UNASKED) continue;
      const isFirst = bestWord.get(term) === UNSEEN;
      if (!isFirst && bestAlone.get(term) === 1) continue;
      const alone = words.joint.get(word) === APART && (word + 1 === end || words.joint.get(word + 1) === APART) ? 1 : 0;
      if (!isFirst && alone === 0) continue;
      bestWord.set(term, word);
      bestSentence.set(term, sentence);
      bestAlone.set(term, alone);
    }
  }
}

function tokenAt(corpus: Corpus, sentence: number, word: number): string {
  const text = corpus.textFor(sentence);
  const {start, end} = wholeToken(text, corpus.words.start.get(word), corpus.words.end.get(word));
  return text.slice(start, isPossessive(text, end) ? end - 2 : end);
}
