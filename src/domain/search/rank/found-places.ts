import type {ByteReader} from '../index/bytes.js';

const FIRST_DAYS = 64;

/**
 * Where a term stands: by the session-day's place in `IndexView.days`, in which events, and how often. A common term stands in a
 * million events, so all of it lies in three arrays of numbers.
 */
export class FoundPlaces {
  #days = new Int32Array(FIRST_DAYS);
  /** Of each session-day, where its numbers end in `#values`. */
  #ends = new Int32Array(FIRST_DAYS);
  /** An event's number and how often, in turn, by rising number. */
  #values = new Int32Array(4 * FIRST_DAYS);
  #used = 0;
  #isSorted = true;
  /** In how many session-days. */
  size = 0;

  /** In how many events. */
  get events(): number {
    return this.#used / 2;
  }

  add(day: number, postings: ArrayLike<number>): void {
    this.#reserve(postings.length);
    this.#values.set(postings, this.#used);
    this.#used += postings.length;
    this.#end(day);
  }

  /** Adds postings as `readPostings` reads them. @param day less than 0: they are passed over */
  read(day: number, reader: ByteReader): void {
    const count = reader.number();
    this.#reserve(2 * count);
    let at = this.#used;
    let number = 0;
    for (let left = count; left > 0; left--) {
      const value = reader.number();
      number += value >>> 1;
      const times = value & 1 ? reader.number() : 1;
      this.#values[at++] = number;
      this.#values[at++] = times;
    }
    if (day < 0) return;
    this.#used = at;
    this.#end(day);
  }

  /** Puts the session-days in their order. Nothing may be asked before. */
  sorted(): this {
    if (this.#isSorted) return this;
    const [days, ends, values] = [this.#days, this.#ends, this.#values];
    const order = Array.from({length: this.size}, (_, at) => at).sort((a, b) => (days[a] ?? 0) - (days[b] ?? 0));
    this.#days = new Int32Array(days.length);
    this.#ends = new Int32Array(ends.length);
    this.#values = new Int32Array(values.length);
    [this.size, this.#used, this.#isSorted] = [0, 0, true];
    for (const at of order) this.add(days[at] ?? 0, values.subarray(at === 0 ? 0 : ends[at - 1], ends[at]));
    return this;
  }

  /** The session-day at a rank among those that have the term. */
  dayAt(rank: number): number {
    return this.#days[rank] ?? -1;
  }

  /** Its postings: a view. */
  postingsAt(rank: number): Int32Array {
    return this.#values.subarray(this.startAt(rank), this.#ends[rank]);
  }

  /** All postings, one session-day behind the other. */
  get values(): Int32Array {
    return this.#values;
  }

  /** Where a session-day's postings begin in `values`; those of the last end where the next would begin. */
  startAt(rank: number): number {
    return rank === 0 ? 0 : (this.#ends[rank - 1] ?? 0);
  }

  has(day: number): boolean {
    return this.#rankOf(day) >= 0;
  }

  /** The postings in one session-day: a view. */
  get(day: number): Int32Array | undefined {
    const rank = this.#rankOf(day);
    return rank < 0 ? undefined : this.postingsAt(rank);
  }

  #rankOf(day: number): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.dayAt(middle) < day) low = middle + 1;
      else high = middle;
    }
    return low < this.size && this.dayAt(low) === day ? low : -1;
  }

  #end(day: number): void {
    if (this.size > 0 && day < this.dayAt(this.size - 1)) this.#isSorted = false;
    if (this.size === this.#days.length) {
      this.#days = larger(this.#days, 2 * this.size);
      this.#ends = larger(this.#ends, 2 * this.size);
    }
    this.#days[this.size] = day;
    this.#ends[this.size++] = this.#used;
  }

  #reserve(more: number): void {
    const needed = this.#used + more;
    if (needed > this.#values.length) this.#values = larger(this.#values, Math.max(needed, 2 * this.#values.length));
  }
}

function larger(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(array);
  return grown;
}
