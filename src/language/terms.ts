import {classOf, isUpper, WORD} from './chars.js';
import {HashIndex} from './hash-index.js';
import {ADJECTIVE, CUE, flagsIn, idfIn, LANGUAGES, type Lexicon, languageBit, lexicon, STOP, UNKNOWN_IDF, WEAK} from './lexicon.js';
import {Floats, Ints} from './numbers.js';
import {hashWord} from './stem.js';

/** An identifier: letters of both cases inside, an underscore, or letters and digits. */
export const CODE = 32;
/** A number, a hash, or a word of unreasonable length. */
export const NOISE = 64;

// Until the first `clear`, which builds the lexicon.
const NO_LEXICON: Lexicon = {flagsOf: () => 0, entryOf: () => 0};

/** Starts with a capital letter at its first occurrence. */
export const CAPITAL = 1 << 20;

/** Nearly the last letter of Latin script. */
const LATIN = 0x24f;
const ALL_LANGUAGES = languageBit(LANGUAGES) - languageBit(0);

/** The distinct words of one input, numbered, with what is known about them. */
export class Terms {
  readonly #index = new HashIndex(2048);
  #lexicon = NO_LEXICON;
  readonly flags = new Ints();
  readonly hash = new Ints();
  /** How telling the word is, from the fixed table; 0 for stop words. */
  readonly idf = new Floats();
  /** In how many groups (events, or children) it occurs; an occurrence of low weight adds less. */
  readonly spread = new Floats();
  readonly #lastGroup = new Ints();
  readonly #found = new Int32Array(LANGUAGES);
  #foreign = 0;
  /** Mostly in a language with unknown verbs. `muteLanguages` decides it. */
  isForeign = false;
  /** Mostly German, judged by small words. */
  isGerman = false;
  count = 0;

  clear(): void {
    this.#lexicon = lexicon();
    this.#index.clear();
    this.#foreign = 0;
    this.isForeign = false;
    this.isGerman = false;
    this.count = 0;
  }

  /** The number of the word at [start, end) with the given hash. */
  intern(hash: number, text: string, start: number, end: number): number {
    const seen = this.#index.get(hash);
    if (seen >= 0) return seen;
    const term = this.count++;
    this.#index.set(hash, term);
    const entry = this.#lexicon.entryOf(hash);
    const listed = flagsIn(entry);
    const rarity = idfIn(entry);
    // A common word has no odd shape.
    const shape = listed !== 0 || rarity < UNKNOWN_IDF ? listed : shapeOf(text, start, end);
    const flags = end - start > 5 && isAdverb(text, end) ? shape | WEAK : shape;
    const first = text.charCodeAt(start);
    if (first > LATIN && classOf(first) === WORD) this.#foreign++;
    this.flags.set(term, isUpper(first) ? flags | CAPITAL : flags);
    this.hash.set(term, hash);
    this.idf.set(term, flags & STOP || end - start < 2 ? 0 : telling(rarity, flags));
    this.spread.set(term, 0);
    this.#lastGroup.set(term, -1);
    return term;
  }

  /** Counts an occurrence in `group`, at most once per group. */
  seen(term: number, group: number, weight: number): void {
    if (this.#lastGroup.get(term) === group) return;
    this.#lastGroup.set(term, group);
    this.spread.set(term, this.spread.get(term) + weight);
  }

  has(term: number, flag: number): boolean {
    return (this.flags.get(term) & flag) !== 0;
  }

  /**
   * Makes the small words of a language other than English count for nothing if enough of them occur: at least 3, and at least 2 for every 5
   * small words of English.
   */
  muteLanguages(): void {
    const found = this.#found.fill(0);
    let english = 0;
    for (let term = 0; term < this.count; term++) {
      const flags = this.flags.values[term] ?? 0;
      if (flags & STOP) english++;
      if (flags & ALL_LANGUAGES) for (let at = 0; at < LANGUAGES; at++) if (flags & languageBit(at)) found[at] = (found[at] ?? 0) + 1;
    }
    let mute = 0;
    found.forEach((words, at) => {
      if (words >= 3 && words * 5 >= english * 2) mute |= languageBit(at);
    });
    this.isGerman = (mute & languageBit(0)) !== 0 && found.indexOf(Math.max(...found)) === 0;
    this.isForeign = mute !== 0 || this.#foreign * 3 > this.count;
    if (mute === 0) return;
    for (let term = 0; term < this.count; term++) if (this.has(term, mute)) this.#mute(term);
  }

  #mute(term: number): void {
    this.idf.set(term, 0);
    this.flags.set(term, this.flags.get(term) | STOP);
  }

  /** Makes a speaker's name and its short form ("Ste" for "Stella", written as a name) count for nothing. */
  muteName(name: string): void {
    for (const word of name.split(/[^\p{L}\p{N}]+/u)) {
      for (let end = Math.min(word.length, 20); end >= 2; end--) {
        const term = this.#index.get(hashWord(word, 0, end));
        if (term < 0 || (end < word.length && !this.has(term, CAPITAL))) continue;
        this.#mute(term);
      }
    }
  }
}

/** Whether the word that ends at `end` ends in "ly". */
export function isAdverb(text: string, end: number): boolean {
  return (text.charCodeAt(end - 1) | 32) === 121 && (text.charCodeAt(end - 2) | 32) === 108;
}

function telling(idf: number, flags: number): number {
  if (flags & NOISE) return Math.min(idf, 2);
  return flags & WEAK && !(flags & CUE) ? Math.min(idf, 6) * 0.6 : idf;
}

function shapeOf(text: string, start: number, end: number): number {
  let digits = 0;
  let letters = 0;
  let humps = 0;
  let hexLetters = 0;
  let kana = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 95 && at > start) humps++;
    else {
      letters++;
      if (code >= 0x3041 && code <= 0x309f) kana++;
      if (code >= 97 && code <= 102) hexLetters++;
      else if (at > start + 1 && isUpper(code) && !isUpper(text.charCodeAt(at - 1))) humps++;
    }
  }
  const length = end - start;
  // A word only in Hiragana is usually an ending or a particle.
  if (kana === length) return WEAK | ADJECTIVE;
  if (length > 40 || letters === 0) return NOISE;
  if (digits > 0 && length >= 6 && letters === hexLetters) return NOISE;
  return humps > 0 || (digits > 0 && letters > 0) ? CODE : 0;
}
