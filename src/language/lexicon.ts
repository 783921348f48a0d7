import {HashIndex} from './hash-index.js';
import {IDF_TABLE} from './idf-table.js';
import {LATIN_LANGUAGES, OWN_SCRIPT_WORDS} from './languages.js';
import {
  BOILERPLATE_OPENERS,
  CUE_WORDS,
  HEADING_WORDS,
  LEAD_WORDS,
  LINK_WORDS,
  PERSONAL_WORDS,
  STOP_WORDS,
  WEAK_WORDS,
  WEIGHTY_WORDS,
} from './lexicon-words.js';
import {hashPair, hashWord} from './stem.js';
import {ADJECTIVES, OTHER_VERBS, PAST_FORMS, WORK_VERBS} from './verbs.js';

export const STOP = 1;
export const WEAK = 2;
export const CUE = 4;
/** Opens a sentence that only announces what comes next: alone, or together with the next word. */
export const OPENER = 8;
/** May stand inside a phrase of a title. */
export const LINK = 128;

/** A verb in any form. */
export const VERB = 16;
/** A verb that is also a noun: a fix, two tests. */
export const NOUN_TOO = 1 << 8;
/** Mainly a noun: a test. */
export const NOUN_FIRST = 1 << 13;
/** A verb that may begin a title. */
export const WORK = 1 << 9;
export const ADJECTIVE = 1 << 10;
/** May stand before the verb that says what somebody should do. */
export const LEAD = 1 << 11;
/** Names the people who talk: I, you, our. */
export const PERSONAL = 1 << 15;
/** Tells of a failure, a decision or a reason. */
export const WEIGHTY = 1 << 12;
/** The words "to" and "and", which may stand before a verb. */
export const TO = 1 << 30;
export const AND = 1 << 14;
/** Bits of the languages other than English: a small word of one of them. */
export const LANGUAGES = LATIN_LANGUAGES.length;
const FIRST_LANGUAGE = 21;

/** The bit of a language. @param language 0 to `LANGUAGES` - 1 */
export function languageBit(language: number): number {
  return 1 << (FIRST_LANGUAGE + language);
}

/** The weight of a word that is not in the table: one step rarer than its rarest words. */
export const UNKNOWN_IDF = 8;
// An entry: flags in 16 bits, twice the idf in 5, languages above.
const IDF_SHIFT = 16;
const IDF_MASK = 31;
const UNKNOWN = (UNKNOWN_IDF * 2) << IDF_SHIFT;
const FLAGS = ~(IDF_MASK << IDF_SHIFT);

/** The flags of an entry, languages included. */
export function flagsIn(entry: number): number {
  return entry & FLAGS;
}

/** The idf in an entry, 0 to 8. */
export function idfIn(entry: number): number {
  return ((entry >> IDF_SHIFT) & IDF_MASK) / 2;
}

/** What is known about words in advance, by their hashes. */
export interface Lexicon {
  /** The flags of a word, or of two words in sequence; 0 when nothing is known. */
  flagsOf(hash: number): number;
  /** Flags and idf of a word together (see `flagsIn`, `idfIn`): one look-up for every new word of an input. */
  entryOf(hash: number): number;
}

let built: Lexicon | undefined;

/** Built on first use: most reading commands never summarize. */
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
    const entry = entryOf(hash);
    if (idfIn(entry) === UNKNOWN_IDF) entries.set(hash, ((idf * 2) << IDF_SHIFT) | flagsIn(entry));
  };
  const flagAll = (list: string, value: number) => {
    for (const word of list.split(/\s+/)) flag(hashOf(word), value);
  };
  const flagVerbs = (list: string, value: number) => {
    const [plain = '', verbFirst = '', nounFirst = ''] = list.split(' | ');
    flagAll(plain, VERB | value);
    flagAll(verbFirst, VERB | NOUN_TOO | value);
    if (nounFirst !== '') flagAll(nounFirst, VERB | NOUN_TOO | NOUN_FIRST | value);
  };
  flagAll(STOP_WORDS, STOP);
  flagAll(WEAK_WORDS, WEAK);
  flagAll(CUE_WORDS, CUE);
  flagAll(HEADING_WORDS, WEAK);
  flagAll(LINK_WORDS, LINK);
  flagAll(LEAD_WORDS, LEAD);
  flagAll(WEIGHTY_WORDS, WEIGHTY);
  flagAll(PERSONAL_WORDS, PERSONAL);
  flagAll('to', TO);
  flagAll('and', AND);
  flagAll(OWN_SCRIPT_WORDS, STOP);
  flagVerbs(WORK_VERBS, WORK);
  flagVerbs(OTHER_VERBS, 0);
  for (const pair of PAST_FORMS.split(/\s+/)) flag(hashOf(pair.split(':')[0] ?? ''), VERB);
  flagAll(ADJECTIVES, ADJECTIVE);
  LATIN_LANGUAGES.forEach((words, language) => {
    for (const word of words.split(/\s+/)) {
      const hash = hashOf(word);
      if (!(entryOf(hash) & STOP)) flag(hash, languageBit(language));
    }
  });
  for (const opener of BOILERPLATE_OPENERS.split('|')) {
    const [first = '', second] = opener.trim().split(/\s+/);
    flag(second === undefined ? hashOf(first) : hashPair(hashOf(first), hashOf(second)), OPENER);
  }
  // Most frequent first: of two forms of a word, the more frequent one counts.
  for (const [idf, words] of IDF_TABLE) {
    for (const word of words.split(' ')) weigh(hashOf(word), idf);
  }
  return {flagsOf: (hash) => flagsIn(entryOf(hash)), entryOf};
}
