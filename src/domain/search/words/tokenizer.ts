import {isUpper, kindAt, LOW, UNSPACED, WORD} from '../../../language/chars.js';
import {porterStem} from './porter.js';
import {STOP_WORDS} from './stop-words.js';
import {hashUnit, NO_HASH, TermNumbers} from './term-numbers.js';

/** A longer word counts with its beginning: a hash or a line of base64 fills no index. */
const MOST_CHARACTERS = 40;
/** So many words are remembered with their terms. */
const MOST_REMEMBERED = 60_000;
const UNDERSCORE = 95;
const HANGUL = /\p{scx=Hangul}/u;
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
const ASCII_LETTERS = /^[a-z]+$/;

const NOT_PLAIN = 0;
/** It ends a word, and begins none. */
const NO_WORD = 1;
const SMALL = 2;
const CAPITAL = 3;
/** Of ASCII. An apostrophe may go on with the word, and an underscore ends it and is no end of its identifier. */
const PLAIN = Uint8Array.from({length: 128}, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z0-9]/.test(character)) return SMALL;
  if (/[A-Z]/.test(character)) return CAPITAL;
  return character === "'" ? NOT_PLAIN : NO_WORD;
});

/** A term as it stands in a text. */
export interface FoundTerm {
  readonly term: string;
  /** Where the word that gave it lies in the text: UTF-16 units, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** @param number the term's place in `SearchTokenizer.numbered` */
type Visit = (number: number, start: number, end: number) => void;

/**
 * Cuts texts into the terms of the index: words without case, accents (of Latin letters) and English endings; parts of camelCase and
 * snake_case; pairs of characters where a script has no spaces. It remembers words, so that most of them cost one look-up in a table.
 */
export class SearchTokenizer {
  readonly #numbers = new TermNumbers(termOf);

  /** The terms by the numbers that `visit` gives; they hold until `forget`. */
  get numbered(): readonly string[] {
    return this.#numbers.terms;
  }

  /** Each term of a text in its order, without stop words. Linear in the text. */
  visit(text: string, visit: Visit): void {
    let at = 0;
    while (at < text.length) {
      const plain = PLAIN[text.charCodeAt(at)] ?? NOT_PLAIN;
      if (plain === NO_WORD) {
        at++;
        continue;
      }
      if (plain !== NOT_PLAIN) {
        const end = this.#visitPlainWord(text, at, visit);
        if (end > 0) {
          at = end;
          continue;
        }
      }
      const kind = kindAt(text, at);
      if (beginsPair(text, at)) at = this.#visitPairs(text, at, visit);
      else if (kind === WORD && text.charCodeAt(at) !== UNDERSCORE) at = this.#visitWord(text, at, visit);
      else at++;
    }
  }

  /** A number for a term that stands in no text. */
  numberOf(term: string): number {
    return this.#numbers.numberOfTerm(term);
  }

  /** Forgets the words that it met, where they are too many to remember. */
  forget(): void {
    if (this.#numbers.words >= MOST_REMEMBERED) this.#numbers.clear();
  }

  terms(text: string): string[] {
    const terms: string[] = [];
    this.#visitTerms(text, (term) => terms.push(term));
    return terms;
  }

  /** The same with places, for what shows where a text matched. */
  found(text: string): FoundTerm[] {
    const found: FoundTerm[] = [];
    this.#visitTerms(text, (term, start, end) => found.push({term, start, end}));
    return found;
  }

  #visitTerms(text: string, visit: (term: string, start: number, end: number) => void): void {
    this.forget();
    this.visit(text, (number, start, end) => visit(this.numbered[number] ?? '', start, end));
  }

  /**
   * A word of nothing but small ASCII letters and digits behind any first one: most are, and none of these is an identifier.
   * @returns where it ends; 0 for another word
   */
  #visitPlainWord(text: string, from: number, visit: Visit): number {
    let hash = hashUnit(NO_HASH, text.charCodeAt(from));
    let at = from + 1;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      const plain = PLAIN[code] ?? NOT_PLAIN;
      if (plain === NO_WORD) break;
      if (plain !== SMALL) return 0;
      hash = hashUnit(hash, code);
      at++;
    }
    if (at - from > MOST_CHARACTERS) return 0;
    const number = this.#numbers.numberOfHashed(text, from, at, hash);
    if (number >= 0) visit(number, from, at);
    return at;
  }

  /** The terms of one word: its parts, where it is an identifier. */
  #visitWord(text: string, from: number, visit: Visit): number {
    let start = from;
    let at = from + 1;
    let wasUpper = isUpper(text.charCodeAt(from));
    let wasLower = !wasUpper;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      const kind = kindAt(text, at);
      if (kind === LOW) {
        at++;
        continue;
      }
      if ((code === 39 || code === 0x2019) && at + 1 < text.length && kindAt(text, at + 1) === WORD) {
        at += 2;
        continue;
      }
      if (kind !== WORD || code === UNDERSCORE || (code > 0x10ff && isHangul(text, at))) break;
      const upper = isUpper(code);
      // fooBar, and HTTPServer: the last of several capitals begins the next word.
      const beginsWord = upper ? wasLower : wasUpper && at - start > 1 && isLetter(code) && !isPlural(text, at);
      if (beginsWord) {
        const border = upper ? at : at - 1;
        this.#give(text, start, border, visit);
        start = border;
      }
      wasUpper = upper;
      wasLower = !upper && isLetter(code);
      at++;
    }
    this.#give(text, start, at, visit);
    return at;
  }

  /** @param end where the word ends; a long one counts with its beginning */
  #give(text: string, start: number, end: number, visit: Visit): void {
    const number = this.#numbers.numberOf(text, start, Math.min(end, start + MOST_CHARACTERS));
    if (number >= 0) visit(number, start, end);
  }

  /** The characters of a pair, whole. */
  #givePair(text: string, start: number, end: number, visit: Visit): void {
    const number = this.#numbers.numberOf(text, start, end);
    if (number >= 0) visit(number, start, end);
  }

  #visitPairs(text: string, from: number, visit: Visit): number {
    const places: number[] = [];
    let at = from;
    while (at < text.length) {
      const kind = kindAt(text, at);
      if (kind === LOW) {
        at++;
        continue;
      }
      if (!beginsPair(text, at)) break;
      places.push(at);
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
    if (places.length === 1) this.#givePair(text, from, at, visit);
    for (let pair = 0; pair + 1 < places.length; pair++) {
      const start = places[pair] ?? from;
      const end = places[pair + 2] ?? at;
      this.#givePair(text, start, end, visit);
    }
    return at;
  }
}

/** Whether the character at `at` is one of a script that is cut into pairs. */
function beginsPair(text: string, at: number): boolean {
  const kind = kindAt(text, at);
  return kind === UNSPACED || (kind === WORD && isHangul(text, at));
}

function isHangul(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x1100 && HANGUL.test(text.charAt(at));
}

/** The s of IDs and URLs. */
function isPlural(text: string, at: number): boolean {
  return text.charAt(at) === 's' && (at + 1 === text.length || kindAt(text, at + 1) !== WORD);
}

function isLetter(code: number): boolean {
  return code > 57;
}

/** The term of a word or of a pair of characters; empty for a stop word. */
function termOf(word: string): string {
  return beginsPair(word, 0) ? word.normalize('NFKC') : termOfWord(word);
}

/** Empty for a stop word. */
function termOfWord(word: string): string {
  let plain = word.toLowerCase();
  if (/[^\0-\x7f]/.test(plain)) {
    plain = plain.normalize('NFKD').replace(LATIN_MARKS, '$1').normalize('NFKC').replaceAll('ё', 'е').replaceAll('’', "'");
  }
  if (plain.endsWith("'s")) plain = plain.slice(0, -2);
  plain = plain.replaceAll("'", '');
  if (STOP_WORDS.has(plain)) return '';
  return ASCII_LETTERS.test(plain) ? porterStem(plain) : plain;
}
