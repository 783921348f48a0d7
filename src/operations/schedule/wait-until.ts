import type {Clock} from '../../system/clock.js';
import {sleep} from '../../system/sleep.js';

/** A timer stands still while the machine sleeps, the clock on the wall does not: it is looked at so often. */
const LOOK_MS = 30_000;

/** Waits until the clock has gone on by `ms`, or has been waited for that long; or until `signal` aborts. */
export async function waitUntil(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const start = clock();
  for (let [waited, now] = [0, start]; !signal.aborted && now < start + ms && waited < ms; now = clock()) {
    const slice = Math.min(LOOK_MS, start + ms - now, ms - waited);
    await sleep(slice, signal);
    waited += slice;
  }
}
