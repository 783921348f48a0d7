import {HashIndex} from './hash-index.js';
import {IDF_TABLE} from './idf-table.js';
import {BOILERPLATE_OPENERS, CUE_WORDS, HEADING_WORDS, LINK_WORDS, STOP_WORDS, WEAK_WORDS} from './lexicon-words.js';
import {hashPair, hashWord} from './stem.js';

export const STOP = 1;
export const WEAK = 2;
export const CUE = 4;
/** Opens a sentence that only announces what comes next; alone, or with the word after it. */
export const OPENER = 8;
/** May stand inside a phrase of a title. */
export const LINK = 128;

/** The weight of a word that is not in the table: rarer than all that are. */
export const UNKNOWN_IDF = 9;
const UNKNOWN = (UNKNOWN_IDF * 2) << 8;
const FLAGS = 255;

/** What is known of words beforehand, by their hashes. */
export interface Lexicon {
  /** Flags of a word, or of two words in sequence; 0 when nothing is known. */
  flagsOf(hash: number): number;
  /** Flags of a word in the low 8 bits, twice its idf (0 to 18) above them: one look-up, for it is made for every new word of an input. */
  entryOf(hash: number): number;
}

let built: Lexicon | undefined;

/** Built on first use: most read commands never summarize. */
export function lexicon(): Lexicon {
  built ??= buildLexicon();
  return built;
}

function hashOf(word: string): number {
  return hashWord(word, 0, word.length);
}

function buildLexicon(): Lexicon {
  const entries = new HashIndex(16_384);
  const entryOf = (hash: number) => {
    const known = entries.get(hash);
    return known < 0 ? UNKNOWN : known;
  };
  const flag = (hash: number, value: number) => entries.set(hash, entryOf(hash) | value);
  const weigh = (hash: number, idf: number) => {
    if (entryOf(hash) >> 8 === UNKNOWN_IDF * 2) entries.set(hash, ((idf * 2) << 8) | (entryOf(hash) & FLAGS));
  };
  const flagAll = (list: string, value: number) => {
    for (const word of list.split(/\s+/)) flag(hashOf(word), value);
  };
  flagAll(STOP_WORDS, STOP);
  flagAll(WEAK_WORDS, WEAK);
  flagAll(CUE_WORDS, CUE);
  flagAll(HEADING_WORDS, WEAK);
  flagAll(LINK_WORDS, LINK);
  for (const opener of BOILERPLATE_OPENERS.split('|')) {
    const [first = '', second] = opener.trim().split(/\s+/);
    flag(second === undefined ? hashOf(first) : hashPair(hashOf(first), hashOf(second)), OPENER);
  }
  // Most frequent first: of two forms of a word the more frequent one counts.
  for (const [idf, words] of IDF_TABLE) {
    for (const word of words.split(' ')) weigh(hashOf(word), idf);
  }
  return {flagsOf: (hash) => entryOf(hash) & FLAGS, entryOf};
}
