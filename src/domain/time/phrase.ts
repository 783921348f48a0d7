import {MemError} from '../../errors.js';
import {dayId, isNodeId, type LocalDate, localDate, type NodeId, PERIOD_LEVELS, periodId} from '../toc/node-id.js';
import {addDays, addMonths, weekdayOf} from './local-date.js';
import {findFirstDate, lastDateOf, periodIdOf} from './period.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The forms that `mem toc show` understands, for hints and help. */
export const PHRASES =
  'today, yesterday, monday … sunday, this|last day|week|month|year, N days|weeks|months ago, 2024, 2024-01, 2024-W03, 2024-01-15, or a node id';

/** Events are taken in from 1970-01-01T00:00Z on: west of Greenwich that is the day before. */
const FIRST_DATE = '1969-12-31';

/**
 * The node that a phrase names, quoted or not, in any case. Every phrase names one period, or is a node's id. A weekday means the last one
 * before today, since today has its own word.
 * @param words at least one
 * @throws MemError USAGE for anything else, for a date, week or month that does not exist, and for years before 1970
 */
export function parsePhrase(words: readonly string[], today: LocalDate): NodeId {
  const text = words.join(' ').trim().split(/\s+/).join(' ');
  const id = asNodeId(text) ?? asCalendarId(text.toLowerCase()) ?? asRelativeId(text.toLowerCase(), today);
  if (id === undefined) throw new MemError('USAGE', `"${text}" is not a date, a phrase or a node id`, {hint: `say ${PHRASES}`});
  const first = findFirstDate(id);
  if (first === undefined) throw new MemError('USAGE', `${text} does not exist in the calendar`, {hint: `say ${PHRASES}`});
  if (first < FIRST_DATE && lastDateOf(id) < FIRST_DATE) throw beforeAll(text);
  return id;
}

/** Of what ends before any event can be. */
export function beforeAll(text: string): MemError {
  return new MemError('USAGE', `"${text}" lies before 1970`, {hint: 'name a year from 1970 to 9999'});
}

/** Whether `words` mean the same on every day. */
export function isAbsolutePhrase(words: readonly string[]): boolean {
  const text = words.join(' ').trim();
  return (asNodeId(text) ?? asCalendarId(text.toLowerCase())) !== undefined;
}

/** Normalizes a typed id: ids of segments end in a ULID, which is upper case, and ids of weeks in `W03`. */
function asNodeId(text: string): NodeId | undefined {
  const match = /^(toc:(?:year|month|week|day|segment):)(.*)$/i.exec(text);
  if (match === null) return undefined;
  const id = `${match[1]?.toLowerCase()}${match[2]?.toUpperCase()}`;
  return isNodeId(id) ? id : undefined;
}

/** `2024`, `2024-01`, `2024-w03`, `2024-01-15`. */
function asCalendarId(text: string): NodeId | undefined {
  const match = /^(\d{4})(?:-(?:(w\d\d)|(\d\d)(?:-(\d\d))?))?$/.exec(text);
  if (match === null) return undefined;
  const [, year, week, month, day] = match;
  if (week !== undefined) return periodId('week', `${year}:${week.toUpperCase()}`);
  if (day !== undefined) return periodId('day', `${year}-${month}-${day}`);
  if (month !== undefined) return periodId('month', `${year}:${month}`);
  return periodId('year', `${year}`);
}

function asRelativeId(text: string, today: LocalDate): NodeId | undefined {
  if (text === 'today') return dayId(today);
  if (text === 'yesterday') return dayId(addDays(today, -1));
  const weekday = WEEKDAYS.indexOf(text) + 1;
  if (weekday > 0) return dayId(addDays(today, -((weekdayOf(today) - weekday + 6) % 7) - 1));
  const [, which, unit] = /^(this|last) (day|week|month|year)$/.exec(text) ?? [];
  if (unit !== undefined) return periodAgo(unit, which === 'this' ? 0 : 1, today);
  const [, count, plural] = /^(\d{1,5}) (day|week|month)s? ago$/.exec(text) ?? [];
  if (plural !== undefined) return periodAgo(plural, Number(count), today);
  return undefined;
}

/** The period of a unit's length that is `count` periods before the period of `today`. Years count from 0000. */
function periodAgo(unit: string, count: number, today: LocalDate): NodeId | undefined {
  const tocLevel = PERIOD_LEVELS.find((name) => name === unit);
  if (tocLevel === undefined) return undefined;
  const firstOfMonth = localDate(`${today.slice(0, 8)}01`);
  let date: LocalDate;
  switch (tocLevel) {
    case 'day':
      date = addDays(today, -count);
      break;
    case 'week':
      date = addDays(today, -7 * count);
      break;
    case 'month':
      date = addMonths(firstOfMonth, -count);
      break;
    case 'year':
      date = addMonths(firstOfMonth, -12 * count);
      break;
  }
  return /^\d{4}-/.test(date) ? periodIdOf(tocLevel, date) : undefined;
}
