/*
 * What a cron expression means, said a second time and by another road than the product's: the instants are walked minute by minute, and
 * each is asked what the clock shows. No code of the product is used.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

export interface WalkedSlot {
  readonly at: number;
  /** Shown once by the clock; moved out of a gap; the first or second of two passes. */
  readonly kind: 'plain' | 'moved' | 'first-pass' | 'second-pass';
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By zone, what full hours were found to be: walks ask for the same ones again and again, and to format them took most of the time. */
const hours = new Map<string, Map<number, number>>();

/** What the clocks of `zone` show, as if it were UTC. */
export function wallOf(zone: string, at: number): number {
  if (at % HOUR_MS !== 0) return formattedWall(zone, at);
  const known = hours.get(zone) ?? new Map<number, number>();
  hours.set(zone, known);
  const wall = known.get(at) ?? formattedWall(zone, at);
  known.set(at, wall);
  return wall;
}

function formattedWall(zone: string, at: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', {timeZone: zone, dateStyle: 'short', timeStyle: 'medium'});
  formats.set(zone, format);
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
}

export interface ClockChange {
  readonly at: number;
  /** Negative when the clock is set back. */
  readonly by: number;
}

/** The instants of `[from, to)` at which the clock is set. @param from the start of a minute */
export function clockChanges(zone: string, from: number, to: number): readonly ClockChange[] {
  const offset = (at: number): number => wallOf(zone, at) - at;
  const found: ClockChange[] = [];
  for (let day = from; day < to; day += DAY_MS) {
    if (offset(day) === offset(day + DAY_MS)) continue;
    let at = day;
    while (offset(at) === offset(day)) at += MINUTE_MS;
    found.push({at, by: offset(at) - offset(day)});
  }
  return found;
}

interface Sets {
  readonly seconds: readonly number[];
  readonly isInterval: boolean;
  matchesDate(wall: number): boolean;
  matchesMinute(wall: number): boolean;
}

function numbersOf(text: string, min: number, max: number, names: readonly string[]): ReadonlySet<number> {
  const number = (word: string): number => {
    const at = names.indexOf(word.toLowerCase());
    return at < 0 ? Number(word) : at + min;
  };
  const numbers = new Set<number>();
  for (const item of text.replaceAll('?', '*').split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [first = '', last = first] = range === '*' ? [String(min), String(max)] : range.split('-');
    for (let value = number(first); value <= number(last); value += Number(step)) numbers.add(value);
  }
  return numbers;
}

function setsOf(cron: string): Sets {
  const words = cron.split(' ');
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = words.length === 5 ? ['0', ...words] : words;
  const [minutes, hours] = [numbersOf(minute, 0, 59, []), numbersOf(hour, 0, 23, [])];
  const [days, months, weekdays] = [numbersOf(day, 1, 31, []), numbersOf(month, 1, 12, MONTHS), numbersOf(weekday, 0, 6, DAYS)];
  const isOpen = (text: string): boolean => text === '*' || text === '?';
  return {
    seconds: [...numbersOf(second, 0, 59, [])].sort((a, b) => a - b),
    isInterval: hour.startsWith('*') || hour.startsWith('?'),
    matchesDate(wall) {
      const date = new Date(wall);
      if (!months.has(date.getUTCMonth() + 1)) return false;
      const byDay = days.has(date.getUTCDate());
      const byWeekday = weekdays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekdays.has(7));
      return !isOpen(day) && !isOpen(weekday) ? byDay || byWeekday : (isOpen(day) || byDay) && (isOpen(weekday) || byWeekday);
    },
    matchesMinute: (wall) => minutes.has(new Date(wall).getUTCMinutes()) && hours.has(new Date(wall).getUTCHours()),
  };
}

/**
 * The first `count` slots after `from`. By the rule of `systemd` no time is moved out of a gap and no second pass counts, for intervals too.
 * Gives up after 60 years.
 */
export function walkSlots(cron: string, zone: string, from: number, count: number, rule: 'mem' | 'systemd'): readonly WalkedSlot[] {
  const sets = setsOf(cron);
  const found = new Map<number, WalkedSlot>();
  const add = (at: number, kind: WalkedSlot['kind']): void => {
    if (at > from && !found.has(at)) found.set(at, {at, kind});
  };
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; found.size < count && day < from + 60 * 366 * DAY_MS; day += DAY_MS) {
    const offset = wallOf(zone, day) - day;
    const isSteady = [day - 4 * HOUR_MS, day + DAY_MS + 4 * HOUR_MS].every((at) => wallOf(zone, at) - at === offset);
    if (isSteady && !sets.matchesDate(day + offset) && !sets.matchesDate(day + offset + DAY_MS - 1)) continue;
    let latest = Number.NEGATIVE_INFINITY;
    const start = isSteady ? day : day - 4 * HOUR_MS;
    for (let at = start; at < day + DAY_MS; at += MINUTE_MS) {
      const wall = isSteady ? at + offset : wallOf(zone, at);
      if (at >= day) {
        const isRepeated = wall <= latest;
        const isDouble = !isSteady && !isRepeated && comesAgain(zone, at, wall);
        const matches = sets.matchesMinute(wall) && sets.matchesDate(wall);
        const isGap = at > start && wall > latest + MINUTE_MS;
        if (isGap && !sets.isInterval && rule === 'mem' && isAnyOf(sets, latest + MINUTE_MS, wall)) add(at, 'moved');
        if (matches && (!isRepeated || (sets.isInterval && rule === 'mem'))) {
          for (const second of sets.seconds) add(at + second * 1000, isRepeated ? 'second-pass' : isDouble ? 'first-pass' : 'plain');
        }
      }
      latest = Math.max(latest, wall);
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at).slice(0, count);
}

function comesAgain(zone: string, at: number, wall: number): boolean {
  return [30, 60].some((minutes) => wallOf(zone, at + minutes * MINUTE_MS) === wall);
}

function isAnyOf(sets: Sets, first: number, end: number): boolean {
  for (let wall = first; wall < end; wall += MINUTE_MS) if (sets.matchesMinute(wall) && sets.matchesDate(wall)) return true;
  return false;
}
