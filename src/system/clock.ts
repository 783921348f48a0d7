import {uptime} from 'node:os';
import type {EpochMs} from '../domain/event/event.js';
import {instant} from '../domain/time/instant.js';

/** Tells the present time. Made once per process and handed in: nothing else may ask for the time. */
export type Clock = () => EpochMs;

export const systemClock: Clock = () => instant(Date.now());

/**
 * Milliseconds since an unknown instant of this boot, the same for all processes of the machine. They bound durations: the clock on the wall
 * may stand still or jump. A sleep of the machine does not count.
 */
export type Ticks = () => number;

export const systemTicks: Ticks = () => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
};

/** The same, to be compared between processes; NaN where they cannot be those of this boot, as under programs that set a process's clock. */
export const bootTicks: Ticks = () => {
  const ticks = systemTicks();
  return ticks <= (uptime() + 60) * 1000 ? ticks : Number.NaN;
};
