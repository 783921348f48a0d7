const FIRST_SLOTS = 1 << 12;
const FIRST_UNITS = 1 << 14;
/** Of each word side by side, so that they come into the processor's cache at once: its hash, where its code units lie in `#units`, its term's number. */
const FIELDS = 4;
const [HASH, FROM, TO, TERM] = [0, 1, 2, 3];

/** FNV-1a over UTF-16 units: `hashUnit` of this and the first unit, then of that and the next one. */
export const NO_HASH = 0x811c9dc5;

export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/**
 * Gives each term a number, and remembers of each word which term it gives: nearly all words of a text were met before, and are found
 * without making a string of them.
 */
export class TermNumbers {
  /** By their numbers. */
  readonly terms: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #termOf: (word: string) => string;
  /** An open hash table: the number of a word + 1, or 0. Its length is a power of two, and at least half of it is free. */
  #slots = new Int32Array(FIRST_SLOTS);
  #fields = new Int32Array((FIELDS * FIRST_SLOTS) / 2);
  #units = new Uint16Array(FIRST_UNITS);
  #words = 0;

  /** @param termOf the term of a word; empty for a word without a term */
  constructor(termOf: (word: string) => string) {
    this.#termOf = termOf;
  }

  /** How many words are remembered. */
  get words(): number {
    return this.#words;
  }

  /** The number of the term that text[start, end) gives; -1 where it gives none. */
  numberOf(text: string, start: number, end: number): number {
    let hash = NO_HASH;
    for (let at = start; at < end; at++) hash = hashUnit(hash, text.charCodeAt(at));
    return this.numberOfHashed(text, start, end, hash);
  }

  /** The same for who has made the hash while looking for the word's end. */
  numberOfHashed(text: string, start: number, end: number, hash: number): number {
    const fields = this.#fields;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const word = (this.#slots[slot] ?? 0) - 1;
      if (word < 0) return this.#add(text, start, end, hash, slot);
      const at = FIELDS * word;
      if (fields[at + HASH] === hash && this.#isWord(at, text, start, end)) return fields[at + TERM] ?? -1;
      slot = (slot + 1) & mask;
    }
  }

  /** Forgets all words and terms: numbers begin at 0 again. */
  clear(): void {
    this.terms.length = 0;
    this.#numbers.clear();
    this.#slots.fill(0);
    this.#words = 0;
  }

  /** @param place of the word in `#fields` */
  #isWord(place: number, text: string, start: number, end: number): boolean {
    const from = this.#fields[place + FROM] ?? 0;
    if ((this.#fields[place + TO] ?? 0) - from !== end - start) return false;
    for (let at = start, unit = from; at < end; at++, unit++) if (this.#units[unit] !== text.charCodeAt(at)) return false;
    return true;
  }

  #add(text: string, start: number, end: number, hash: number, slot: number): number {
    const word = this.#words++;
    const place = FIELDS * word;
    const from = word === 0 ? 0 : (this.#fields[place - FIELDS + TO] ?? 0);
    const to = from + end - start;
    if (to > this.#units.length) this.#units = larger(this.#units, new Uint16Array(Math.max(to, 2 * this.#units.length)));
    for (let at = start, unit = from; at < end; at++, unit++) this.#units[unit] = text.charCodeAt(at);
    const number = this.numberOfTerm(this.#termOf(text.slice(start, end)));
    this.#fields[place + HASH] = hash;
    this.#fields[place + FROM] = from;
    this.#fields[place + TO] = to;
    this.#fields[place + TERM] = number;
    this.#slots[slot] = word + 1;
    if (this.#words * 2 >= this.#slots.length) this.#grow();
    return number;
  }

  /** The number of a term that no word gives. */
  numberOfTerm(term: string): number {
    if (term === '') return -1;
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.terms.length;
    // What is remembered is a text of its own: a slice would keep the whole text in memory.
    const own = Buffer.from(term, 'utf16le').toString('utf16le');
    this.terms.push(own);
    this.#numbers.set(own, number);
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let word = 0; word < this.#words; word++) {
      const hash = this.#fields[FIELDS * word + HASH] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = word + 1;
    }
    this.#slots = slots;
    // At most half of the slots are taken.
    this.#fields = larger(this.#fields, new Int32Array((FIELDS * slots.length) / 2));
  }
}

function larger<T extends Int32Array | Uint16Array>(filled: T, empty: T): T {
  empty.set(filled);
  return empty;
}
