import {ByteReader} from '../index/bytes.js';

/** So many words are looked for at once: each has a bit. */
export const MOST_AT_ONCE = 8;
const SPACE = 32;
/** From here on UTF-8 begins characters of four bytes, which are two units of a string. */
const FOUR_BYTES = 0xf0;
/** More than a word has trigrams. */
const NOT_FOLLOWED = 1 << 20;
const ALL_OWNERS = 0xff;
const TRIGRAMS = 1 << 16;
/** A word that begins with five letters of another has as many trigrams of it: `nearWords` takes it. */
const OF_START = 5;
const LEAST_PART = 4;

/**
 * Goes through the words of a month (`encodeWords`) and leaves out those that `nearWords` takes for none of some others. Nearly all are left
 * out, by their bytes: a memory has hundreds of thousands of words, and to make a text of each takes longest.
 *
 * It counts trigrams of bytes that the wanted word has too, with blanks around both. A trigram of characters that two words share is
 * one of bytes, or ends in one, and each ends elsewhere; so there are no fewer of bytes. A word of which all trigrams are shared may be a
 * part of the wanted one. Characters of two units are not followed: such words are taken.
 */
export class NearScan {
  readonly #least: readonly number[];
  readonly #leastOfAll: number;
  /** By hash of a trigram: which of the words have it. */
  readonly #owners = new Uint8Array(TRIGRAMS);
  /** The word that is read, two blanks before it; of each place who owns the trigram that ends there, and how many up to it have an owner. */
  #bytes = new Uint8Array(256).fill(SPACE);
  #masks = new Uint8Array(256);
  #found = new Uint32Array(256);

  /** @param words at most `MOST_AT_ONCE` */
  constructor(words: readonly string[]) {
    if (words.length > MOST_AT_ONCE) throw new RangeError(`${words.length} words are too many`);
    this.#least = words.map((word, at) => this.#take(word, 1 << at));
    this.#leastOfAll = Math.min(...this.#least);
  }

  /** @returns how many trigrams a near word must share, if it is no part of the word */
  #take(word: string, bit: number): number {
    const bytes = Buffer.from(`  ${word} `);
    for (let at = 2; at < bytes.length; at++) {
      const hash = hashOf(bytes[at - 2] ?? 0, bytes[at - 1] ?? 0, bytes[at] ?? 0);
      this.#owners[hash] = (this.#owners[hash] ?? 0) | bit;
    }
    const units = new Set(Array.from({length: word.length + 1}, (_, at) => `  ${word} `.slice(at, at + 3))).size;
    // Dice's coefficient of 1/2 over `units` and at least one.
    return Math.min(OF_START, Math.ceil((units + 1) / 4));
  }

  /** Gives each word of a row that may be near. @param visit also gets the places of the words that it may be near to, as bits */
  scan(row: Buffer, visit: (word: string, owners: number) => void): void {
    const reader = new ByteReader(row);
    while (!reader.isAtEnd) {
      const common = reader.number();
      const more = reader.number();
      const end = common + more;
      if (end + 3 > this.#bytes.length) this.#grow(end + 3);
      const [bytes, masks, found] = [this.#bytes, this.#masks, this.#found];
      let from = reader.at;
      reader.passOver(more);
      let [first, second] = [bytes[common] ?? 0, bytes[common + 1] ?? 0];
      let count = common === 0 ? 0 : (found[common + 1] ?? 0);
      for (let at = common + 2; at < end + 2; at++) {
        const third = row[from++] ?? 0;
        const mask = this.#owners[hashOf(first, second, third)] ?? 0;
        if (mask !== 0) count++;
        if (third >= FOUR_BYTES) count += NOT_FOLLOWED;
        bytes[at] = third;
        masks[at] = mask;
        found[at] = count;
        first = second;
        second = third;
      }
      const last = this.#owners[hashOf(first, second, SPACE)] ?? 0;
      if (last !== 0) count++;
      if (count < this.#leastOfAll && (end < LEAST_PART || count < end - 2)) continue;
      const owners = count < NOT_FOLLOWED ? this.#ownersOf(end, last) : ALL_OWNERS;
      if (owners !== 0) visit(Buffer.from(bytes.buffer, 2, end).toString('utf8'), owners);
    }
  }

  /** @param end how many bytes the word has @param last who owns the trigram behind its last byte */
  #ownersOf(end: number, last: number): number {
    let owners = 0;
    for (let word = 0; word < this.#least.length; word++) {
      const bit = 1 << word;
      let count = last & bit ? 1 : 0;
      for (let at = 2; at < end + 2; at++) if ((this.#masks[at] ?? 0) & bit) count++;
      if (count >= (this.#least[word] ?? 0) || (end >= LEAST_PART && count >= end - 2)) owners |= bit;
    }
    return owners;
  }

  #grow(length: number): void {
    const bytes = new Uint8Array(2 * length);
    const masks = new Uint8Array(2 * length);
    const found = new Uint32Array(2 * length);
    bytes.set(this.#bytes);
    masks.set(this.#masks);
    found.set(this.#found);
    [this.#bytes, this.#masks, this.#found] = [bytes, masks, found];
  }
}

function hashOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & (TRIGRAMS - 1);
}
