import type {ByteWriter} from './bytes.js';

const FIRST_TERMS = 1 << 12;

/**
 * Counts in which events of a session-day each term stands, and how often. Terms are numbers; each array is used again and again, so that
 * counting leaves nothing behind.
 */
export class TermCounts {
  /** The terms of this session-day, in the order in which they came up. */
  #terms = new Int32Array(FIRST_TERMS);
  #used = 0;
  /** Of each term: the session-day that it came up in last, and its first and last place there. */
  #day = new Int32Array(FIRST_TERMS);
  #first = new Int32Array(FIRST_TERMS);
  #last = new Int32Array(FIRST_TERMS);
  /** A place: an event, how often, and the term's next place. */
  #events = new Int32Array(FIRST_TERMS);
  #times = new Int32Array(FIRST_TERMS);
  #next = new Int32Array(FIRST_TERMS);
  #places = 0;
  #today = 0;

  /** Begins another session-day. */
  begin(): void {
    this.#today++;
    this.#used = 0;
    this.#places = 0;
  }

  /** Counts a term once in an event; events come by rising number. */
  add(term: number, event: number): void {
    if (term >= this.#day.length) this.#growTerms(term);
    if (this.#day[term] !== this.#today) {
      this.#day[term] = this.#today;
      if (this.#used === this.#terms.length) this.#terms = grown(this.#terms);
      this.#terms[this.#used++] = term;
      const place = this.#place(event);
      this.#first[term] = place;
      this.#last[term] = place;
      return;
    }
    const last = this.#last[term] ?? 0;
    if (this.#events[last] === event) {
      this.#times[last] = (this.#times[last] ?? 0) + 1;
      return;
    }
    const place = this.#place(event);
    this.#next[last] = place;
    this.#last[term] = place;
  }

  /** The numbers of the terms that were counted, as a view that is good until the next session-day. */
  get terms(): Int32Array {
    return this.#terms.subarray(0, this.#used);
  }

  postingsOf(term: number): readonly number[] {
    const postings: number[] = [];
    for (let place = this.#first[term] ?? -1; place >= 0; place = this.#next[place] ?? -1) {
      postings.push(this.#events[place] ?? 0, this.#times[place] ?? 1);
    }
    return postings;
  }

  /** Writes what `readPostings` reads. */
  writePostings(writer: ByteWriter, term: number): void {
    let count = 0;
    for (let place = this.#first[term] ?? -1; place >= 0; place = this.#next[place] ?? -1) count++;
    writer.number(count);
    let before = 0;
    for (let place = this.#first[term] ?? -1; place >= 0; place = this.#next[place] ?? -1) {
      const event = this.#events[place] ?? 0;
      const times = this.#times[place] ?? 1;
      writer.number((event - before) * 2 + (times > 1 ? 1 : 0));
      if (times > 1) writer.number(times);
      before = event;
    }
  }

  #place(event: number): number {
    const place = this.#places++;
    if (place === this.#events.length) {
      this.#events = grown(this.#events);
      this.#times = grown(this.#times);
      this.#next = grown(this.#next);
    }
    this.#events[place] = event;
    this.#times[place] = 1;
    this.#next[place] = -1;
    return place;
  }

  #growTerms(term: number): void {
    while (term >= this.#day.length) {
      this.#day = grown(this.#day);
      this.#first = grown(this.#first);
      this.#last = grown(this.#last);
    }
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
