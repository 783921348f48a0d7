import type {Clock} from '../../system/clock.js';

/** Requests for one answer, the first included. */
export const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
/** An endpoint that asks for more patience than this is left for a later run. */
const MOST_PAUSE_MS = 60_000;

/**
 * How long to wait before the next try: as `Retry-After` asks (seconds, or a date), else twice as long each time, less up to half by
 * chance, so that those who failed together do not come back together.
 * @param tried how many tries there were @param chance from 0 to 1 @returns undefined when it would be too long
 */
export function pauseBeforeTry(tried: number, retryAfter: string | undefined, clock: Clock, chance: number): number | undefined {
  const asked = retryAfter === undefined ? undefined : readRetryAfter(retryAfter, clock);
  if (asked !== undefined) return asked <= MOST_PAUSE_MS ? asked : undefined;
  return FIRST_PAUSE_MS * 2 ** (tried - 1) * (1 - chance / 2);
}

function readRetryAfter(text: string, clock: Clock): number | undefined {
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock());
}
