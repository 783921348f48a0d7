import type {EventId} from '../../../domain/event/event.js';

/** What is known of an event in the table. */
const SEEN = 1;
const SAME = 2;

/**
 * Which events there are, with a checksum of each: a million take about 25 MB. An id is kept as 64 bits of a hash, so of a million events
 * two are taken for one with a chance of 1 in 40 million.
 */
export class IdTable {
  #size = 1 << 12;
  #high = new Uint32Array(this.#size);
  #low = new Uint32Array(this.#size);
  #sums = new Uint32Array(this.#size);
  /** 0 for an empty place. */
  #state = new Uint8Array(this.#size);
  count = 0;

  /** Puts an id, or gives it another checksum. */
  put(id: EventId, sum: number): void {
    if (this.count * 2 >= this.#size) this.#grow();
    const at = this.#placeOf(hashOf(id));
    if (this.#state[at] === 0) this.count++;
    this.#high[at] = hash.high;
    this.#low[at] = hash.low;
    this.#sums[at] = sum;
    this.#state[at] = PRESENT;
  }

  has(id: EventId): boolean {
    return this.#state[this.#placeOf(hashOf(id))] !== 0;
  }

  /** Notes that an id was met elsewhere. @param sum undefined where it is not compared @returns whether the table has it */
  meet(id: EventId, sum: number | undefined): boolean {
    const at = this.#placeOf(hashOf(id));
    if (this.#state[at] === 0) return false;
    const isSame = sum === undefined || this.#sums[at] === sum;
    this.#state[at] = (this.#state[at] ?? 0) | SEEN | (isSame ? SAME : 0);
    return true;
  }

  /** Whether an id was met, and once with its own checksum. */
  metAs(id: EventId): 'same' | 'other' | 'never' {
    const state = this.#state[this.#placeOf(hashOf(id))] ?? 0;
    return (state & SEEN) === 0 ? 'never' : (state & SAME) === 0 ? 'other' : 'same';
  }

  /** How many were not met as themselves. */
  get unmet(): number {
    let count = 0;
    for (const state of this.#state) if (state !== 0 && (state & SAME) === 0) count++;
    return count;
  }

  #placeOf({high, low}: {readonly high: number; readonly low: number}): number {
    for (let at = low & (this.#size - 1); ; at = (at + 1) & (this.#size - 1)) {
      if (this.#state[at] === 0 || (this.#high[at] === high && this.#low[at] === low)) return at;
    }
  }

  #grow(): void {
    const [high, low, sums, state] = [this.#high, this.#low, this.#sums, this.#state];
    this.#size *= 2;
    this.#high = new Uint32Array(this.#size);
    this.#low = new Uint32Array(this.#size);
    this.#sums = new Uint32Array(this.#size);
    this.#state = new Uint8Array(this.#size);
    for (let from = 0; from < state.length; from++) {
      if (state[from] === 0) continue;
      const at = this.#placeOf({high: high[from] ?? 0, low: low[from] ?? 0});
      this.#high[at] = high[from] ?? 0;
      this.#low[at] = low[from] ?? 0;
      this.#sums[at] = sums[from] ?? 0;
      this.#state[at] = state[from] ?? 0;
    }
  }
}

const PRESENT = 4;

const hash = {high: 0, low: 0};

/** FNV-1a over the 26 characters, twice, with other starts and multipliers; the same object each time. */
function hashOf(id: EventId): {readonly high: number; readonly low: number} {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low ^= low >>> 13;
  }
  hash.high = (high ^ (high >>> 15)) >>> 0;
  hash.low = (low ^ (low >>> 16)) >>> 0;
  return hash;
}
