import type {FoundTerm, SearchTokenizer} from './tokenizer.js';

/** So much of a text is looked through at once for the terms between two that are wanted. */
const PIECE = 48;
const BETWEEN_WORDS = /[^A-Za-z0-9_'\x80-\uffff]/g;
const UNDERSCORE = 95;
const APOSTROPHE = 39;

/** A wanted term among those of a text. @property at how many terms stand before it; where more than `most` are between two, fewer may be counted, but more than `most` */
export interface TermPlace {
  readonly term: string;
  readonly at: number;
}

/**
 * Finds a few terms in texts as the tokenizer would, and cuts only those words that may give one of them: such that have a part of a term
 * somewhere, or a character that is not of ASCII. In a process that has just started, to cut all words of some pages takes longer than all
 * the rest of a search.
 */
export class TermFinder {
  readonly #tokenizer: SearchTokenizer;
  readonly #wanted: ReadonlySet<string>;
  readonly #mayBegin: RegExp;

  constructor(tokenizer: SearchTokenizer, terms: Iterable<string>) {
    this.#tokenizer = tokenizer;
    this.#wanted = new Set(terms);
    const beginnings = new Set([...this.#wanted].flatMap(partOf));
    // An apostrophe is no part of a term.
    const patterns = [...beginnings].map((beginning) => [...beginning].join("'*"));
    this.#mayBegin = new RegExp(['[^\\x00-\\x7f]', ...patterns].join('|'), 'gi');
  }

  /** What `SearchTokenizer.found` gives, of the wanted terms. */
  found(text: string): FoundTerm[] {
    const found: FoundTerm[] = [];
    for (const [from, to] of this.#words(text)) {
      for (const {term, start, end} of this.#tokenizer.found(text.slice(from, to))) {
        if (this.#wanted.has(term)) found.push({term, start: from + start, end: from + end});
      }
    }
    return found;
  }

  /** Where the wanted terms stand among all, in their order. @param most how far apart two may be to be of interest */
  places(text: string, most: number): TermPlace[] {
    const places: TermPlace[] = [];
    let at = 0;
    let before = 0;
    for (const [from, to] of this.#words(text)) {
      const last = places.at(-1)?.at;
      at += last === undefined || at - last > most ? 0 : this.#countUpTo(most + 1, text, before, from);
      for (const term of this.#tokenizer.terms(text.slice(from, to))) {
        if (this.#wanted.has(term)) places.push({term, at});
        at++;
      }
      before = to;
    }
    return places;
  }

  /** How many terms text[from, to) has; where these are more than enough, not all are counted. */
  #countUpTo(enough: number, text: string, from: number, to: number): number {
    let count = 0;
    for (let start = from; start < to && count < enough; ) {
      const end = start + PIECE < to ? Math.min(to, endOfWord(text, start + PIECE)) : to;
      count += this.#tokenizer.terms(text.slice(start, end)).length;
      start = end;
    }
    return count;
  }

  /** The words of a text that may give a wanted term: [from, to), in order. What lies between is cut in the same way without them. */
  *#words(text: string): Generator<readonly [number, number]> {
    const mayBegin = this.#mayBegin;
    mayBegin.lastIndex = 0;
    for (let match = mayBegin.exec(text); match !== null; match = mayBegin.exec(text)) {
      const to = endOfWord(text, match.index);
      yield [startOfWord(text, match.index), to];
      mayBegin.lastIndex = to;
    }
  }
}

/**
 * A part that stands in each word of ASCII that gives the term: of letters alone what the stemmer leaves as it is, all but the last of a
 * short stem, three of any other; of any other term, which has no ending to lose, its first run of letters and digits.
 */
function partOf(term: string): string | readonly [] {
  if (/^[a-z]+$/.test(term)) return term.slice(0, Math.max(1, Math.min(3, term.length - 1)));
  return (/[a-z0-9]+/.exec(term) ?? /_/.exec(term))?.[0] ?? [];
}

function startOfWord(text: string, at: number): number {
  let start = at;
  while (start > 0 && isInWord(text.charCodeAt(start - 1))) start--;
  return start;
}

function endOfWord(text: string, at: number): number {
  BETWEEN_WORDS.lastIndex = at;
  return BETWEEN_WORDS.exec(text)?.index ?? text.length;
}

/** Whatever else, it ends a word for the tokenizer. */
function isInWord(code: number): boolean {
  if (code > 127 || code === UNDERSCORE || code === APOSTROPHE) return true;
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
