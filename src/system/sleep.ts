import {systemTicks} from './clock.js';

/** Resolves after `ms`, or as soon as `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
}

/** A turn of an idle event loop takes a few microseconds. */
const TURNS_PER_MS = 200;

/**
 * Resolves after `ms`, for short waits. Where the clock stands still (of a machine under test, say) no timer ever fires: there it lets the
 * event loop turn for about as long.
 */
export async function shortPause(ms: number): Promise<void> {
  const before = systemTicks();
  await eventLoopTurn();
  if (systemTicks() !== before) return sleep(ms);
  for (let left = ms * TURNS_PER_MS; left > 0; left--) await eventLoopTurn();
}

/** Lets the event loop turn once: what was waited for comes in. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
