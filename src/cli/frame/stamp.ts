import type {EpochMs} from '../../domain/event/event.js';
import {instant as toInstant} from '../../domain/time/instant.js';
import type {Calendar} from '../../domain/time/period.js';

const BLOCK_MS = 15 * 60_000;

/**
 * Formats many close instants like `Calendar.format`, RFC 3339 in the calendar's zone. It asks the calendar only once per quarter of an hour:
 * since 1970 clocks change only on quarters, with one exception (Monrovia 1972, where the quarter's first offset is used).
 */
export function stampFormatter(calendar: Calendar): (instant: EpochMs) => string {
  let block = Number.NaN;
  let suffix = '';
  let offsetMs = 0;
  return (instant) => {
    const at = Math.floor(instant / BLOCK_MS);
    if (at !== block) {
      block = at;
      suffix = calendar.format(toInstant(at * BLOCK_MS)).slice(23);
      const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(suffix) ?? [];
      offsetMs = (sign === '-' ? -60_000 : 60_000) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
    }
    return new Date(instant + offsetMs).toISOString().slice(0, 23) + suffix;
  };
}
