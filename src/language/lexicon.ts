import {COMMON_WORDS} from './common-words.js';
import {LATIN_LANGUAGES, OWN_SCRIPT_WORDS} from './languages.js';
import {NumberTable} from './number-table.js';
import {hashWord} from './stem.js';
import {STOP_WORDS} from './stop-words.js';

/** Of an entry: a small word of English, or of a language with a script of its own. */
export const STOP = 1;
/** From this bit on, the languages whose small word it is, as in `LATIN_LANGUAGES`. */
export const FIRST_LANGUAGE = 8;
const LANGUAGES = 0xfff;
/** From this bit on, twice the rarity; 0 for a word that is not in the table. */
const RARITY = 20;
const LEXICON = buildLexicon();

/** What is known about a word in advance, by its hash: flags, languages, rarity; 0 where nothing is. */
export function entryOf(hash: number): number {
  return LEXICON.get(hash);
}

/** The languages of an entry: bit n is set for language n of `LATIN_LANGUAGES`. */
export function languagesIn(entry: number): number {
  return (entry >> FIRST_LANGUAGE) & LANGUAGES;
}

/** ln(all words / occurrences) of an entry's word in spoken English; 0 where it is not in the table. */
export function rarityIn(entry: number): number {
  return (entry >> RARITY) / 2;
}

/** Whether a word, in any case, is a small one of English or of a language with a script of its own. */
export function isStopWord(word: string): boolean {
  return (entryOf(hashWord(word, 0, word.length)) & STOP) !== 0;
}

/**
 * Whether a word of a text is a small one: of English, of a language with a script of its own, or of the language in which most small
 * words of the text are ("comment" is one in French).
 * @param words of the text, in any case
 */
export function smallWordsAmong(words: readonly string[]): (word: string) => boolean {
  const entryFor = (word: string) => entryOf(hashWord(word, 0, word.length));
  const counts = LATIN_LANGUAGES.map(() => 0);
  let english = 0;
  for (const word of words) {
    const entry = entryFor(word);
    if (entry & STOP) english++;
    const languages = languagesIn(entry);
    if (languages !== 0) for (let at = 0; at < counts.length; at++) if (languages & (1 << at)) counts[at] = (counts[at] ?? 0) + 1;
  }
  let small = STOP;
  const most = Math.max(...counts);
  if (most >= 2 && most > english) {
    for (const [at, count] of counts.entries()) if (count === most) small |= 1 << (FIRST_LANGUAGE + at);
  }
  return (word) => (entryFor(word) & small) !== 0;
}

function buildLexicon(): Pick<NumberTable, 'get'> {
  const lexicon = new NumberTable();
  const flag = (list: string, value: number) => {
    for (const word of list.split(/\s+/)) {
      const hash = hashWord(word, 0, word.length);
      lexicon.set(hash, lexicon.get(hash) | value);
    }
  };
  flag(STOP_WORDS, STOP);
  flag(OWN_SCRIPT_WORDS, STOP);
  LATIN_LANGUAGES.forEach((words, language) => {
    flag(words, 1 << (FIRST_LANGUAGE + language));
  });
  // Most frequent first: of two forms of a word, the more frequent one counts.
  for (const [rarity, words] of COMMON_WORDS) {
    for (const word of words.split(' ')) {
      const hash = hashWord(word, 0, word.length);
      const entry = lexicon.get(hash);
      if (rarityIn(entry) === 0) lexicon.set(hash, entry | ((rarity * 2) << RARITY));
    }
  }
  return lexicon;
}
