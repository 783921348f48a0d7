import type {LocalDate} from '../../toc/node-id.js';
import {porterStem} from '../words/porter.js';

const MONTHS = 'january february march april may june july august september october november december'.split(' ').map(porterStem);
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ').map(porterStem);

/** The terms that a day is named with: month, year, day of the month, weekday. They are searched as if each session-day's text had them. */
export function dateWords(date: LocalDate): readonly string[] {
  const [year = '', month = '', day = ''] = date.split('-');
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return [MONTHS[Number(month) - 1] ?? '', year, String(Number(day)), WEEKDAYS[weekday] ?? ''];
}
