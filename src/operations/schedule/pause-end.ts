import type {EpochMs} from '../../domain/event/event.js';
import {HOUR_MS, MINUTE_MS} from '../../domain/time/durations.js';
import {instant as toInstant} from '../../domain/time/instant.js';
import {addDays, addMonths, weekdayOf} from '../../domain/time/local-date.js';
import type {Calendar} from '../../domain/time/period.js';
import {parseTimeRange} from '../../domain/time/time-range.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import {localDate} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DURATION = /^(?:in )?(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/;
const UNIT_MS: Readonly<Record<string, number>> = {m: MINUTE_MS, h: HOUR_MS};
const UNIT_DAYS: Readonly<Record<string, number>> = {d: 1, w: 7};

/**
 * When a pause ends: after a duration (`2h`, `3 days`), or when a date, period or instant begins that is to come (`tomorrow`, `monday`,
 * `next month`, `2026-12-01`). A day is one of the calendar.
 * @throws MemError USAGE for anything else, and for what has begun already
 */
export function endOfPause(until: string, {calendar, today, now}: {calendar: Calendar; today: LocalDate; now: EpochMs}): EpochMs {
  const text = until.trim().toLowerCase().split(/\s+/).join(' ');
  const after = afterDuration(text, calendar, now);
  if (after !== undefined) return after;
  const date = comingDate(text, today);
  if (date !== undefined) return calendar.dayStart(date);
  const hint = `say when it begins to run again: ${addDays(today, 7)}, or 2h, 3 days, tomorrow, monday, next week, another date to come, or an instant`;
  try {
    const {from = now} = parseTimeRange(until, undefined, today, calendar);
    if (from > now) return from;
  } catch (error) {
    // What it would name as possible lies in the past.
    throw error instanceof MemError ? new MemError(error.code, error.message, {hint, cause: error}) : error;
  }
  throw new MemError('USAGE', `"${until}" has begun already`, {hint});
}

function afterDuration(text: string, calendar: Calendar, now: EpochMs): EpochMs | undefined {
  const [, number = '', unit = ''] = DURATION.exec(text) ?? [];
  const [count, short] = [Number(number), unit.charAt(0)];
  if (unit === '' || count === 0) return undefined;
  const ms = UNIT_MS[short];
  if (ms !== undefined) return toInstant(now + count * ms);
  const days = count * (UNIT_DAYS[short] ?? 1);
  const date = calendar.dateOf(now);
  return toInstant(now - calendar.dayStart(date) + calendar.dayStart(addDays(date, days)));
}

/** The first date of what is to come. */
function comingDate(text: string, today: LocalDate): LocalDate | undefined {
  const firstOfMonth = localDate(`${today.slice(0, 8)}01`);
  const weekday = WEEKDAYS.indexOf(text.replace(/^next (?=\w+day$)/, '')) + 1;
  if (weekday > 0) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  switch (text) {
    case 'tomorrow':
    case 'next day':
      return addDays(today, 1);
    case 'next week':
      return addDays(today, 8 - weekdayOf(today));
    case 'next month':
      return addMonths(firstOfMonth, 1);
    case 'next year':
      return addMonths(localDate(`${today.slice(0, 4)}-01-01`), 12);
    default:
      return undefined;
  }
}
