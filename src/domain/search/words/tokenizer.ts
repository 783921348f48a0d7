import {isUpper, kindAt, LOW, UNSPACED, WORD} from '../../../language/chars.js';
import {porterStem} from './porter.js';
import {STOP_WORDS} from './stop-words.js';

/** The version of what follows, and of the terms of facts. Entries of another version are made again. */
export const TOKENIZER_VERSION = 2;

/** A longer word counts with its beginning: a hash or a line of base64 fills no index. */
const MOST_CHARACTERS = 40;
/** So many words are remembered with their terms. */
const MOST_REMEMBERED = 60_000;
const UNDERSCORE = 95;
const HANGUL = /\p{scx=Hangul}/u;
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
const ASCII_LETTERS = /^[a-z]+$/;

/** A term as it stands in a text. */
export interface FoundTerm {
  readonly term: string;
  /** Where the word that gave it lies in the text: UTF-16 units, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

type Visit = (term: string, start: number, end: number) => void;

/**
 * Cuts texts into the terms of the index: words without case, accents (of Latin letters) and English endings; parts of camelCase and
 * snake_case; pairs of characters where a script has no spaces. It remembers words, so that most of them cost one look-up.
 */
export class SearchTokenizer {
  readonly #known = new Map<string, string>();

  /** Each term of a text in its order, without stop words. Linear in the text. */
  visit(text: string, visit: Visit): void {
    let at = 0;
    while (at < text.length) {
      const kind = kindAt(text, at);
      if (kind === UNSPACED || (kind === WORD && isHangul(text, at))) at = this.#visitPairs(text, at, visit);
      else if (kind === WORD && text.charCodeAt(at) !== UNDERSCORE) at = this.#visitWord(text, at, visit);
      else at++;
    }
  }

  terms(text: string): string[] {
    const terms: string[] = [];
    this.visit(text, (term) => terms.push(term));
    return terms;
  }

  /** The same with places, for what shows where a text matched. */
  found(text: string): FoundTerm[] {
    const found: FoundTerm[] = [];
    this.visit(text, (term, start, end) => found.push({term, start, end}));
    return found;
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

  #give(text: string, start: number, end: number, visit: Visit): void {
    const word = text.slice(start, Math.min(end, start + MOST_CHARACTERS));
    let term = this.#known.get(word);
    if (term === undefined) {
      term = termOf(word);
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      // A slice keeps the whole text in memory: what is remembered is a text of its own.
      this.#known.set(Buffer.from(word, 'utf16le').toString('utf16le'), term);
    }
    if (term !== '') visit(term, start, end);
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
      if (kind !== UNSPACED && !(kind === WORD && isHangul(text, at))) break;
      places.push(at);
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
    if (places.length === 1) visit(text.slice(from, at).normalize('NFKC'), from, at);
    for (let pair = 0; pair + 1 < places.length; pair++) {
      const start = places[pair] ?? from;
      const end = places[pair + 2] ?? at;
      visit(text.slice(start, end).normalize('NFKC'), start, end);
    }
    return at;
  }
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

/** Empty for a stop word. */
function termOf(word: string): string {
  let plain = word.toLowerCase();
  if (/[^\0-\x7f]/.test(plain)) {
    plain = plain.normalize('NFKD').replace(LATIN_MARKS, '$1').normalize('NFKC').replaceAll('ё', 'е').replaceAll('’', "'");
  }
  if (plain.endsWith("'s")) plain = plain.slice(0, -2);
  plain = plain.replaceAll("'", '');
  if (STOP_WORDS.has(plain)) return '';
  return ASCII_LETTERS.test(plain) ? porterStem(plain) : plain;
}
