import {DAY_MS, MINUTE_MS, SECOND_MS} from './durations.js';
import {zoneSpelling} from './zone-spelling.js';

/** The IANA database's names for UTC. Servers and containers are often set to one of them. */
const UTC_NAMES: ReadonlySet<string> = new Set(['UTC', 'Etc/UTC', 'Etc/UCT', 'Etc/Universal', 'Etc/Zulu', 'UCT', 'Universal', 'Zulu']);

/** How far a zone is ahead of UTC at an instant, in ms. */
export type ZoneOffset = (instant: number) => number;

/**
 * Turns `europe/berlin` into `Europe/Berlin`; undefined when `name` is not an IANA time zone (`UTC` is one; `+02:00` is not). An alias stays one: ICU knows `Asia/Kolkata` as
 * `Asia/Calcutta`.
 */
export function canonicalTimeZone(name: string): string | undefined {
  if (name === 'UTC') return name;
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return undefined;
  try {
    const {timeZone} = new Intl.DateTimeFormat('en-US', {timeZone: name}).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : zoneSpelling(name);
  } catch {
    return undefined;
  }
}

/** Whether two names are of one zone: `Etc/UTC` is `UTC`, and `Asia/Kolkata` is `Asia/Calcutta`. @param a, b names for which `canonicalTimeZone` gives a name */
export function isSameZone(a: string, b: string): boolean {
  if (a === b || (UTC_NAMES.has(a) && UTC_NAMES.has(b))) return true;
  const [known, other] = [a, b].map((timeZone) => new Intl.DateTimeFormat('en-US', {timeZone}).resolvedOptions().timeZone);
  return known === other;
}

/** The last one that a Date can begin. */
const LAST_DAY = 8.64e15 / DAY_MS;
/** So many days are remembered with their offset. */
const MOST_DAYS = 10_000;

/**
 * Loads ICU for the first instant, and never for UTC: loading takes a third of the time of Node's own start. ICU takes 15 µs for an instant, so
 * it is asked for where days begin in UTC. No zone of the IANA database changed its clocks twice within three days: where a day begins and
 * ends with one offset, it has that one all day long.
 */
export function zoneOffset(timeZone: string): ZoneOffset {
  if (UTC_NAMES.has(timeZone)) return () => 0;
  const measured = measuredOffset(timeZone);
  const atStarts = new Map<number, number>();
  const atStartOf = (day: number): number => {
    const known = atStarts.get(day);
    if (known !== undefined) return known;
    if (atStarts.size >= MOST_DAYS) atStarts.clear();
    const found = measured(day * DAY_MS);
    atStarts.set(day, found);
    return found;
  };
  return (instant) => {
    const day = Math.floor(instant / DAY_MS);
    if (day >= LAST_DAY) return measured(instant);
    const offset = atStartOf(day);
    return atStartOf(day + 1) === offset ? offset : measured(instant);
  };
}

function measuredOffset(timeZone: string): ZoneOffset {
  let format: Intl.DateTimeFormat | undefined;
  return (instant) => {
    format ??= new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const seconds = Math.floor(instant / SECOND_MS) * SECOND_MS;
    return localTime(format, seconds) - seconds;
  };
}

/** What the zone's clocks show, written as UTC. */
function localTime(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const {type, value} of format.formatToParts(instant)) parts[type] = value;
  const {era, year, month, day, hour, minute, second} = parts;
  const at = new Date(0);
  // The year before 1 is 1 BC, which is 0 in ISO 8601.
  at.setUTCFullYear(era?.startsWith('B') ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  return at.setUTCHours(Number(hour), Number(minute), Number(second));
}

/** `Z` for UTC, otherwise `+01:00`. Seconds, which only very old offsets have, are cut off. */
export function offsetText(timeZone: string, offset: number): string {
  if (timeZone === 'UTC') return 'Z';
  const minutes = Math.floor(Math.abs(offset) / MINUTE_MS);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
