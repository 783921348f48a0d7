import {HOUR_MS} from '../../time/durations.js';
import {instant as toInstant} from '../../time/instant.js';
import type {EpochMs} from '../event.js';
import {quoted, type Rejection, rejected} from './rejection.js';

const AHEAD_MS = 48 * HOUR_MS;
/** March 1973. A smaller number is most likely in seconds: a year of such mistakes would fall on one day in January 1970. */
const SMALLEST_NUMBER = 1e11;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * The instant in a source's `timestamp`: RFC 3339 with `Z` or an offset, or an integer of milliseconds. Fractions of a millisecond are cut
 * off. A leap second (23:59:60 UTC at the end of a month) becomes the last millisecond before it, so that it stays in its day.
 * @param now nothing later than 48 h after it is accepted
 */
export function parseTimestamp(value: unknown, now: EpochMs): EpochMs | Rejection {
  if (typeof value === 'number') return checkRange(value, fromNumber(value), now);
  if (typeof value !== 'string') return bad(value, 'which is neither text nor a number');
  return checkRange(value, fromText(value), now);
}

function checkRange(value: unknown, time: number | Rejection, now: EpochMs): EpochMs | Rejection {
  if (typeof time !== 'number') return time;
  if (time < 0) return bad(value, 'which is before 1970');
  if (time > now + AHEAD_MS) return bad(value, 'which is more than 48 hours ahead', 'check the clock of the machine that wrote it');
  return toInstant(time);
}

function fromNumber(value: number): number | Rejection {
  if (Math.abs(value) < SMALLEST_NUMBER)
    return bad(value, 'which is too small for milliseconds', 'are these seconds? multiply them by 1000');
  if (!Number.isSafeInteger(value) && value < 1e15) return bad(value, 'which is not an integer', 'send whole milliseconds since 1970');
  if (value >= 1e14) return bad(value, 'which is too large for milliseconds', 'are these micro- or nanoseconds? send milliseconds');
  return value;
}

function fromText(value: string): number | Rejection {
  return plainUtc(value) ?? fromAnyText(value);
}

/** `2024-01-15T12:00:00Z` or with `.000`, as nearly all sources write it. Without this path, bulk input spends a tenth of its time here. */
function plainUtc(value: string): number | undefined {
  const hasFraction = value.length === 24 && value.charCodeAt(19) === 0x2e;
  if ((!hasFraction && value.length !== 20) || value.charCodeAt(value.length - 1) !== 0x5a || value.charCodeAt(10) !== 0x54)
    return undefined;
  const dashes = value.charCodeAt(4) === 0x2d && value.charCodeAt(7) === 0x2d;
  const colons = value.charCodeAt(13) === 0x3a && value.charCodeAt(16) === 0x3a;
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  const hour = digits(value, 11, 13);
  const minute = digits(value, 14, 16);
  const second = digits(value, 17, 19);
  const fraction = hasFraction ? digits(value, 20, 23) : 0;
  // A comparison with NaN is false, as it is for a character that is not a digit.
  const isPlain =
    dashes && colons && year >= 1970 && isDate(year, month, day) && hour < 24 && minute < 60 && second < 60 && fraction < 1000;
  return isPlain ? Date.UTC(year, month - 1, day, hour, minute, second, fraction) : undefined;
}

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function fromAnyText(value: string): number | Rejection {
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = RFC_3339.exec(value) ?? [];
  if (year === undefined) return bad(value, notRfc3339(value));
  const y = Number(year);
  const mo = Number(month);
  const d = Number(day);
  const h = Number(hour);
  const mi = Number(minute);
  const s = Number(second);
  const oh = Number(offsetHour);
  const om = Number(offsetMinute);
  if (!isDate(y, mo, d)) return bad(value, 'a date that does not exist');
  if (h > 23 || mi > 59 || s > 60 || oh > 23 || om > 59) return bad(value, 'a time of day that does not exist');
  const milliseconds = fraction === '' ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const minutes = (oh * 60 + om) * (sign === '-' ? -1 : 1);
  const time = Date.UTC(y, mo - 1, d, h, mi - minutes, Math.min(s, 59), s === 60 ? 999 : milliseconds);
  if (s === 60 && !isMonthEnd(time)) return bad(value, 'a time of day that does not exist');
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  return y < 100 ? -1 : time;
}

function isDate(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0))) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** Whether the next millisecond is in another UTC month: leap seconds occur only there. */
function isMonthEnd(time: number): boolean {
  return new Date(time + 1).getUTCMonth() !== new Date(time).getUTCMonth();
}

function notRfc3339(value: string): string {
  if (/^\d+$/.test(value)) return 'which is text: send the number without quotes';
  if (/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?$/.test(value)) return 'which has no offset: end it with Z or +hh:mm';
  return 'which is not an RFC 3339 time';
}

function bad(value: unknown, why: string, hint = 'send RFC 3339 with Z or an offset, or an integer of milliseconds since 1970'): Rejection {
  return rejected('TIMESTAMP_INVALID', `has the "timestamp" ${quoted(value)}, ${why}`, hint);
}
