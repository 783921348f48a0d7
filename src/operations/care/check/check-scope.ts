import type {EpochMs} from '../../../domain/event/event.js';
import {DAY_MS} from '../../../domain/time/durations.js';
import {instant} from '../../../domain/time/instant.js';

/** `fast`: files, pointers, journal members. `usual`: all, of which the costly comparisons for what is new. `full`: all of all. */
export const CHECK_DEPTHS = ['fast', 'usual', 'full'] as const;
export type CheckDepth = (typeof CHECK_DEPTHS)[number];

/** One of several parts that are looked at one after the other. */
export interface Slice {
  readonly number: number;
  readonly of: number;
}

export interface CheckScope {
  readonly depth: CheckDepth;
  /** Undefined for all. */
  readonly slice: Slice | undefined;
  /** From this time on ids are made again, and search entries counted again. */
  readonly closeFrom: EpochMs;
  /** Whether an event in the store must be, character by character, what the journal has. */
  readonly comparesLines: boolean;
}

/** What the costly comparisons of a usual check go back to. */
const CLOSE_DAYS = 30;

export function scopeOf(depth: CheckDepth, now: EpochMs, slice?: Slice): CheckScope {
  const isFull = depth === 'full';
  return {
    depth,
    slice,
    closeFrom: instant(isFull ? 0 : Math.max(0, now - CLOSE_DAYS * DAY_MS)),
    comparesLines: isFull && slice === undefined,
  };
}
