import type {LocalDate} from '../../toc/node-id.js';
import {porterStem} from '../words/porter.js';
import type {SearchedDays} from './view.js';

const MONTHS = 'january february march april may june july august september october november december'.split(' ').map(porterStem);
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ').map(porterStem);

/** The terms that a day is named with: month, year, day of the month, weekday. They are searched as if each session-day's text had them. */
export function dateWords(date: LocalDate): readonly string[] {
  const [year = '', month = '', day = ''] = date.split('-');
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return [MONTHS[Number(month) - 1] ?? '', year, String(Number(day)), WEEKDAYS[weekday] ?? ''];
}

const DATE_NAMES: ReadonlySet<string> = new Set([...MONTHS, ...WEEKDAYS]);

/** Whether a date could be named with a term: a look at each date is worth it for these alone. */
export function isPossibleDateWord(term: string): boolean {
  return /^\d{1,2}$|^\d{4}$/.test(term) || DATE_NAMES.has(term);
}

/** Whether one of some days is named with a term. */
export function namesDay(term: string, days: Pick<SearchedDays, 'length' | 'date'>): boolean {
  if (!isPossibleDateWord(term)) return false;
  let last = '';
  for (let day = 0; day < days.length; day++) {
    const date = days.date(day);
    if (date !== last && dateWords(date).includes(term)) return true;
    last = date;
  }
  return false;
}
