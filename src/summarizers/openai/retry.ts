import type {Clock} from '../../system/clock.js';

/** Requests for one answer, with the first. */
export const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
/** An endpoint that asks for a longer pause is left for a later run. */
const MOST_PAUSE_MS = 60_000;

/**
 * The pause before the next try: what `Retry-After` asks (seconds, or a date), otherwise doubled each time. Chance shortens it by up to half:
 * calls that failed together must not come back together.
 * @param tried the number of tries so far @param chance from 0 to 1 @returns undefined when the pause would be too long
 */
export function pauseBeforeTry(tried: number, retryAfter: string | undefined, clock: Clock, chance: number): number | undefined {
  const asked = retryAfter === undefined ? undefined : readRetryAfter(retryAfter, clock);
  if (asked !== undefined) return asked <= MOST_PAUSE_MS ? asked : undefined;
  return FIRST_PAUSE_MS * 2 ** (tried - 1) * (1 - chance / 2);
}

function readRetryAfter(text: string, clock: Clock): number | undefined {
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const [date, now] = [Date.parse(text), clock()];
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
