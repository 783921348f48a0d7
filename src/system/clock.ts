import type {EpochMs} from '../domain/event/event.js';

/** Tells the present time. Made once per process and handed in: nothing else may ask for the time. */
export type Clock = () => EpochMs;

export const systemClock: Clock = () => Date.now() as EpochMs;

/**
 * Milliseconds since an unknown instant of this boot, the same for all processes of the machine. They bound durations: the clock on the wall
 * may stand still or jump. A sleep of the machine does not count.
 */
export type Ticks = () => number;

export const systemTicks: Ticks = () => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
};
