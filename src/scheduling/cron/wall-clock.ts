import {HOUR_MS} from '../../domain/time/durations.js';
import {type ZoneOffset, zoneOffset} from '../../domain/time/time-zone.js';

// Zones are at most 14 h ahead of UTC and 12 h behind it. One hour more is a reserve.
const AHEAD_MS = 15 * HOUR_MS;
const BEHIND_MS = 13 * HOUR_MS;
// No zone changes its clock twice within this time.
const STEADY_MS = 72 * HOUR_MS;

/** What the clocks of a zone show, in ms as if it were UTC. */
export type WallTime = number;

/**
 * The clocks of a zone. An instant shows one wall time. A wall time is shown once, twice (the clock was set back) or never (it was set
 * forward; in Pacific/Apia once by a whole day). All times in ms.
 */
export class WallClock {
  readonly offsetAt: ZoneOffset;

  constructor(timeZone: string | ZoneOffset) {
    this.offsetAt = typeof timeZone === 'string' ? zoneOffset(timeZone) : timeZone;
  }

  /** The same clock for instants in `[from, to]`, fast for many calls: it asks ICU only for the changes of the clock. */
  between(from: number, to: number): WallClock {
    const changes = this.changes(from, to).map((at) => ({at, offset: this.offsetAt(at)}));
    const first = this.offsetAt(from);
    return new WallClock((instant) => changes.findLast(({at}) => at <= instant)?.offset ?? first);
  }

  /** The first instant that shows `wall`; for a skipped time, the first instant after the gap. */
  firstInstant(wall: WallTime): number {
    const before = this.offsetAt(wall - AHEAD_MS);
    if (this.offsetAt(wall - before) === before) return wall - before;
    const after = this.offsetAt(wall + BEHIND_MS);
    if (this.offsetAt(wall - after) === after) return wall - after;
    return this.firstChange(wall - AHEAD_MS, wall + BEHIND_MS) ?? wall - after;
  }

  /** All instants that show `wall`, ascending: none, one or two. */
  instants(wall: WallTime): readonly number[] {
    const offsets = new Set([this.offsetAt(wall - AHEAD_MS), this.offsetAt(wall + BEHIND_MS)]);
    return [...offsets].map((offset) => wall - offset).filter((instant) => instant + this.offsetAt(instant) === wall);
  }

  /** The instants in `(from, to]` at which the offset changes, ascending. */
  changes(from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let next = this.firstChange(from, to); next !== undefined; next = this.firstChange(next, to)) found.push(next);
    return found;
  }

  /** The latest wall time whose first instant is at or before `at`. In a second pass that is the end of the first pass. */
  latestWall(at: number): WallTime {
    const wall = at + this.offsetAt(at);
    const first = this.firstInstant(wall);
    if (first === at) return wall;
    const change = this.lastChange(first, at) ?? at;
    return change + this.offsetAt(change - 1) - 1;
  }

  /** The first instant in `(from, to]` at which the offset changes. */
  firstChange(from: number, to: number): number | undefined {
    const offset = this.offsetAt(from);
    for (let low = from; low < to; low += STEADY_MS) {
      const high = Math.min(low + STEADY_MS, to);
      if (this.offsetAt(high) !== offset) return this.#changeBetween(low, high);
    }
    return undefined;
  }

  /** The last instant in `(from, to]` at which the offset changes. */
  lastChange(from: number, to: number): number | undefined {
    const offset = this.offsetAt(to);
    for (let high = to; high > from; high -= STEADY_MS) {
      const low = Math.max(high - STEADY_MS, from);
      if (this.offsetAt(low) !== offset) return this.#changeBetween(low, high);
    }
    return undefined;
  }

  #changeBetween(from: number, to: number): number {
    const after = this.offsetAt(to);
    let [low, high] = [from, to];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetAt(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  }
}
