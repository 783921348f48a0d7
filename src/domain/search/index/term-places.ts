import type {ByteReader, ByteWriter} from './bytes.js';
import {compareTerms} from './month.js';
import {skipPostings} from './posting-list.js';

const FIRST = 1 << 12;

/** A term of a month, with its places. */
export interface PlacedTerm {
  readonly text: string;
  /** Its places in `TermPlaces`: [from, to). */
  readonly from: number;
  readonly to: number;
}

/**
 * In which session-days of a month each term stands. Postings stay the bytes that they are in their rows, and a term is known by its bytes:
 * nothing is made of a row but numbers.
 */
export class TermPlaces {
  readonly #rows: Buffer[] = [];
  /** An open hash table: the number of a term + 1, or 0. */
  #slots = new Int32Array(FIRST);
  readonly #hashes = new IntList();
  /** Of each term, where its text stands first: row, start and end. */
  readonly #textRow = new IntList();
  readonly #textStart = new IntList();
  readonly #textEnd = new IntList();
  /** Of each place: the term, the session-day's number, and where its postings lie. */
  readonly #term = new IntList();
  readonly #day = new IntList();
  readonly #row = new IntList();
  readonly #start = new IntList();
  readonly #end = new IntList();
  /** Events in which terms stand, one for each place and event. */
  postings = 0;

  get places(): number {
    return this.#term.length;
  }

  /** Takes rows in. @returns the row's number for `termAt` and `add` */
  addRow(row: Buffer): number {
    return this.#rows.push(row) - 1;
  }

  /** The number of the term whose text the reader is at; it passes over it. @param reader of the row */
  termAt(row: number, reader: ByteReader): number {
    const length = reader.number();
    const start = reader.at;
    reader.passOver(length);
    return this.#numberOf(row, start, start + length);
  }

  /** Notes a term's postings in a session-day, at which the reader is; it passes over them. */
  add(term: number, day: number, row: number, reader: ByteReader): void {
    const start = reader.at;
    this.postings += skipPostings(reader);
    this.#term.push(term);
    this.#day.push(day);
    this.#row.push(row);
    this.#start.push(start);
    this.#end.push(reader.at);
  }

  /** All terms by their text, each with its places by rising session-day. No more may be added. */
  sorted(): {readonly terms: readonly PlacedTerm[]; readonly order: Int32Array} {
    const ends = new Int32Array(this.#hashes.length + 1);
    for (let place = 0; place < this.places; place++) ends[this.#term.at(place) + 1] = (ends[this.#term.at(place) + 1] ?? 0) + 1;
    for (let term = 1; term < ends.length; term++) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
    const next = ends.slice();
    const order = new Int32Array(this.places);
    for (let place = 0; place < this.places; place++) {
      const term = this.#term.at(place);
      const at = next[term] ?? 0;
      order[at] = place;
      next[term] = at + 1;
    }
    const terms: PlacedTerm[] = [];
    for (let term = 0; term < this.#hashes.length; term++) {
      const [from, to] = [ends[term] ?? 0, ends[term + 1] ?? 0];
      if (from === to) continue;
      const text = this.#rows[this.#textRow.at(term)]?.toString('utf8', this.#textStart.at(term), this.#textEnd.at(term)) ?? '';
      order.subarray(from, to).sort((a, b) => this.#day.at(a) - this.#day.at(b));
      terms.push({text, from, to});
    }
    return {terms: terms.sort((a, b) => compareTerms(a.text, b.text)), order};
  }

  /** Writes how many session-days; of each its number to the one before, and the postings. */
  write(writer: ByteWriter, order: Int32Array, {from, to}: PlacedTerm): void {
    writer.number(to - from);
    let before = 0;
    for (let at = from; at < to; at++) {
      const place = order[at] ?? 0;
      const day = this.#day.at(place);
      writer.number(day - before);
      const row = this.#rows[this.#row.at(place)];
      if (row) writer.part(row, this.#start.at(place), this.#end.at(place));
      before = day;
    }
  }

  #numberOf(row: number, start: number, end: number): number {
    const bytes = this.#rows[row] ?? Buffer.alloc(0);
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const term = (this.#slots[slot] ?? 0) - 1;
      if (term < 0) break;
      if (this.#hashes.at(term) === hash && this.#isText(term, bytes, start, end)) return term;
      slot = (slot + 1) & mask;
    }
    const term = this.#hashes.length;
    this.#hashes.push(hash);
    this.#textRow.push(row);
    this.#textStart.push(start);
    this.#textEnd.push(end);
    this.#slots[slot] = term + 1;
    if (this.#hashes.length * 2 > this.#slots.length) this.#grow();
    return term;
  }

  #isText(term: number, bytes: Buffer, start: number, end: number): boolean {
    const from = this.#textStart.at(term);
    const known = this.#rows[this.#textRow.at(term)];
    if (known === undefined || this.#textEnd.at(term) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[at] !== known[from + at - start]) return false;
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let term = 0; term < this.#hashes.length; term++) {
      const hash = this.#hashes.at(term);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = term + 1;
    }
    this.#slots = slots;
  }
}

/** Numbers of 32 bits, as many as come. */
class IntList {
  #values = new Int32Array(FIRST);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }
}
