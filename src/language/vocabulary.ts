import {isUpper, kindAt, UNSPACED, WORD} from './chars.js';
import {LATIN_LANGUAGES} from './languages.js';
import {entryOf, FIRST_LANGUAGE, languagesIn, rarityIn, STOP} from './lexicon.js';
import {hashWord} from './stem.js';
import {endOfRun, endOfWord, isKatakana, shapeOf, type WordShape} from './word-shape.js';

/** A distinct word of one input; its common English forms are one term. */
export interface Term {
  readonly number: number;
  /** See `hashWord`. */
  readonly hash: number;
  readonly shape: WordShape;
  /** How rare the word is in spoken English: ln(all words / occurrences), at most `RAREST`; 0 for stop words. */
  rarity: number;
  /** Carries no meaning of its own. */
  isStop: boolean;
  /** In how many groups (events, or children) it occurs; an occurrence of low weight adds less. */
  spread: number;
  lastGroup: number;
  /** Bits of the languages whose small word it is. */
  readonly languages: number;
  /** Begins with a capital where it occurs first. */
  readonly isCapital: boolean;
}

/** How a word is joined to the one before: not at all, by a hyphen, or as parts of a path or an identifier. */
export type Joint = 'apart' | 'hyphen' | 'code';

export interface Word {
  readonly term: Term;
  readonly start: number;
  readonly end: number;
  readonly joint: Joint;
}

/** The rarity of a word that is not in the table: one step rarer than its rarest words. */
export const RAREST = 11.5;

const FIRST_SLOTS = 1 << 9;
const SPACE_CODE = 32;
const HYPHEN = 45;
const CODE_JOINTS = new Set(Array.from('/._:#@\\=', (character) => character.charCodeAt(0)));

/** The words of one input, each distinct one as a term. */
export class Vocabulary {
  readonly terms: Term[] = [];
  /** Mostly German, whose names for things have capitals. `muteLanguages` decides it. */
  isGerman = false;
  /** An open hash table: the number of a term + 1, or 0. Each word is looked up, and a Map takes several times as long. */
  #slots = new Int32Array(FIRST_SLOTS);
  #small = STOP;
  #segmenter: Intl.Segmenter | undefined;

  /**
   * The words of `text` within [from, to). Linear in their length. @param group the event or child that they count for
   * @param weight how much an occurrence counts, 0 to 1
   */
  scan(text: string, from: number, to: number, group: number, weight: number): Word[] {
    const words: Word[] = [];
    let previousEnd = -2;
    let at = from;
    while (at < to) {
      const kind = kindAt(text, at);
      if (kind === WORD) {
        const end = endOfWord(text, at, to);
        words.push(this.#word(text, at, end, jointBetween(text, previousEnd, at), group, weight));
        previousEnd = end;
        at = end;
      } else if (kind === UNSPACED) {
        const end = endOfRun(text, at, to);
        this.#scanRun(text, at, end, group, weight, words);
        at = end;
      } else {
        at++;
      }
    }
    return words;
  }

  #word(text: string, start: number, end: number, joint: Joint, group: number, weight: number): Word {
    const hash = hashWord(text, start, end);
    const term = this.#find(hash) ?? this.#add(newTerm(this.terms.length, hash, text, start, end));
    if (term.lastGroup !== group) {
      term.lastGroup = group;
      term.spread += weight;
    }
    return {term, start, end, joint};
  }

  #find(hash: number): Term | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return undefined;
      const term = this.terms[number];
      if (term?.hash === hash) return term;
    }
  }

  #add(term: Term): Term {
    this.terms.push(term);
    if (2 * this.terms.length <= this.#slots.length) this.#place(term);
    else {
      this.#slots = new Int32Array(2 * this.#slots.length);
      for (const known of this.terms) this.#place(known);
    }
    return term;
  }

  #place({hash, number}: Term): void {
    const mask = this.#slots.length - 1;
    let slot = slotOf(hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  #scanRun(text: string, from: number, to: number, group: number, weight: number, words: Word[]): void {
    this.#segmenter ??= new Intl.Segmenter('en', {granularity: 'word'});
    // The segmenter splits words that it does not know. A word in Katakana goes on until other letters begin.
    let katakana = -1;
    const push = (start: number, end: number) => words.push(this.#word(text, start, end, 'apart', group, weight));
    for (const {index, segment, isWordLike} of this.#segmenter.segment(text.slice(from, to))) {
      const start = from + index;
      if (isWordLike && isKatakana(text.charCodeAt(start))) {
        if (katakana < 0) katakana = start;
        continue;
      }
      if (katakana >= 0) push(katakana, start);
      katakana = -1;
      if (isWordLike) push(start, start + segment.length);
    }
    if (katakana >= 0) push(katakana, to);
  }

  /**
   * Makes the small words of a language other than English count for nothing if enough of them occur: at least 3, and at least 2 for every 5
   * small words of English.
   */
  muteLanguages(): void {
    const counts = new Int32Array(LATIN_LANGUAGES.length);
    let english = 0;
    for (const {isStop, languages} of this.terms) {
      if (isStop) english++;
      if (languages !== 0) for (let at = 0; at < counts.length; at++) if (languages & (1 << at)) counts[at] = (counts[at] ?? 0) + 1;
    }
    let mute = 0;
    counts.forEach((found, at) => {
      if (found >= 3 && found * 5 >= english * 2) mute |= 1 << at;
    });
    if (mute === 0) return;
    this.#small |= mute << FIRST_LANGUAGE;
    this.isGerman = (mute & 1) !== 0;
    for (const term of this.terms) if (term.languages & mute) muteTerm(term);
  }

  /** Whether a word, in any case, is a small one: of English, of a language with a script of its own, or of a muted language. */
  isSmall(word: string): boolean {
    return (entryOf(hashWord(word, 0, word.length)) & this.#small) !== 0;
  }

  /** Makes a speaker's name and its short form ("Ste" for "Stella", written as a name) count for nothing. */
  muteName(name: string): void {
    for (const word of name.split(/[^\p{L}\p{N}]+/u)) {
      for (let end = Math.min(word.length, 20); end >= 2; end--) {
        const term = this.#find(hashWord(word, 0, end));
        if (term !== undefined && (end === word.length || term.isCapital)) muteTerm(term);
      }
    }
  }
}

/** Where a hash table looks first, before it cuts the number to its size. */
function slotOf(hash: number): number {
  return hash ^ (hash >>> 15);
}

function muteTerm(term: Term): void {
  term.isStop = true;
  term.rarity = 0;
}

function newTerm(number: number, hash: number, text: string, start: number, end: number): Term {
  const entry = entryOf(hash);
  const listed = rarityIn(entry);
  const shape = entry === 0 ? shapeOf(text, start, end) : 'word';
  const isStop = (entry & STOP) !== 0 || isKana(text, start, end);
  const rarity = isStop || end - start < 2 ? 0 : listed || RAREST;
  const languages = languagesIn(entry);
  return {number, hash, shape, rarity, isStop, spread: 0, lastGroup: -1, languages, isCapital: isUpper(text.charCodeAt(start))};
}

/** A word only in Hiragana is usually an ending or a particle. */
function isKana(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) < 0x3041) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x3041 || code > 0x309f) return false;
  }
  return true;
}

function jointBetween(text: string, previousEnd: number, start: number): Joint {
  if (start !== previousEnd + 1) return 'apart';
  const code = text.charCodeAt(previousEnd);
  // Between nearly all words, and a look-up in a Set takes longer.
  if (code === SPACE_CODE) return 'apart';
  if (code === HYPHEN) return 'hyphen';
  return CODE_JOINTS.has(code) ? 'code' : 'apart';
}
