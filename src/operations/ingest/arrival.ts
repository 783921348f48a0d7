import type {EpochMs} from '../../domain/event/event.js';

/** Times of arrival run at most this far ahead of the clock. */
const AHEAD_MS = 60_000;

/** When lines arrive, for those that say no time of their own; what `parseLine` asks of its surroundings. */
export class Arrival {
  readonly randomBits: () => string;
  now: EpochMs;
  arrivedAt: EpochMs;

  constructor(now: EpochMs, randomBits: () => string) {
    this.now = now;
    this.arrivedAt = now;
    this.randomBits = randomBits;
  }

  /** Some lines came. They arrive now, but not before any earlier line. */
  came(now: EpochMs): void {
    this.now = now;
    this.#set(this.arrivedAt);
  }

  /** A line took its time from here. Those that came together are a conversation all the same: each arrives after the one before it. */
  tick(): void {
    this.#set(this.arrivedAt + 1);
  }

  #set(atLeast: number): void {
    this.arrivedAt = Math.min(Math.max(this.now, atLeast), this.now + AHEAD_MS) as EpochMs;
  }
}
