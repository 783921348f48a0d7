import type {EpochMs} from '../../domain/event/event.js';
import type {Redactor} from '../../domain/event/redactor.js';
import {instant} from '../../domain/time/instant.js';
import {LineOrder} from './line-order.js';

/** Times of arrival run at most this far ahead of the clock. */
const AHEAD_MS = 60_000;

/** When lines arrive, for those that say no time of their own; what `parseLine` asks of its surroundings. */
export class ArrivalClock {
  readonly randomBits: () => string;
  readonly redactor: Redactor;
  now: EpochMs;
  arrivedAt: EpochMs;
  readonly #order = new LineOrder();

  constructor(now: EpochMs, randomBits: () => string, redactor: Redactor) {
    this.redactor = redactor;
    this.now = now;
    this.arrivedAt = now;
    this.randomBits = randomBits;
  }

  /** Some lines came. They arrive now, but not before any earlier line. */
  came(now: EpochMs): void {
    this.now = now;
    this.#set(this.arrivedAt);
  }

  /** As `ParseContext` says. */
  countBefore(agent: string, sessionId: string, time: EpochMs): number {
    return this.#order.countBefore(agent, sessionId, time);
  }

  /** A line took its time from here. Those that came together are a conversation all the same: each arrives after the one before it. */
  tick(): void {
    this.#set(this.arrivedAt + 1);
  }

  #set(atLeast: number): void {
    this.arrivedAt = instant(Math.min(Math.max(this.now, atLeast), this.now + AHEAD_MS));
  }
}
