import type {LocalDate} from '../toc/node-id.js';
import {addDays, weekdayOf} from './local-date.js';

/** The dates from `first` to `last` in weeks from Monday; undefined for those of a week that lie outside. */
export function weeksOf(first: LocalDate, last: LocalDate): readonly (readonly (LocalDate | undefined)[])[] {
  const weeks: (LocalDate | undefined)[][] = [];
  for (let monday = addDays(first, 1 - weekdayOf(first)); monday <= last; monday = addDays(monday, 7)) {
    const dates = Array.from({length: 7}, (_, day) => addDays(monday, day));
    weeks.push(dates.map((date) => (date < first || date > last ? undefined : date)));
  }
  return weeks;
}
