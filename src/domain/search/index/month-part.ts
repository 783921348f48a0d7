import type {SessionDayEntry} from './entry.js';
import type {IndexedDays} from './indexed-days.js';
import {compareDays, dayName, type MergedDay, mergedDay} from './month.js';
import type {StoredHeader} from './month-header.js';

/** What is known of the session-days of a month, by their place there. */
type DaysOfMonth = Omit<IndexedDays, 'entryOf'> & {eventsOf(day: number): number};

/** The session-days of one month among all. */
export interface MonthPart {
  readonly month: string;
  /** The place of the first one. */
  readonly start: number;
  readonly days: DaysOfMonth;
  /** Of those that are not merged, by place in the month. */
  readonly entries: readonly (SessionDayEntry | undefined)[];
  /** By place in the month's header the place among all, less than 0 for what does not count. */
  readonly placeOf: (place: number) => number;
}

/** @param waiting what is not merged, by session @param hidden names of session-days whose merged entry does not count */
export function partOfMonth(
  month: string,
  start: number,
  header: StoredHeader | undefined,
  waiting: readonly SessionDayEntry[],
  hidden: readonly string[],
): MonthPart {
  if (header && waiting.length === 0 && hidden.length === 0)
    return {month, start, days: header.days, entries: [], placeOf: (place) => start + place};
  const names = new Set(hidden);
  const merged = (header?.days.list() ?? []).map((day, place) => ({day, place, entry: undefined}));
  const all = [
    ...merged.filter(({day}) => !names.has(dayName(day))),
    ...waiting.map((entry) => ({day: mergedDay(entry), place: -1, entry})),
  ].sort((a, b) => compareDays(a.day, b.day));
  const places = new Int32Array(merged.length).fill(-1);
  all.forEach(({place}, at) => {
    if (place >= 0) places[place] = start + at;
  });
  return {
    month,
    start,
    days: listed(all.map(({day}) => day)),
    entries: all.map(({entry}) => entry),
    placeOf: (place) => places[place] ?? -1,
  };
}

function listed(list: readonly MergedDay[]): DaysOfMonth {
  const at = (day: number): MergedDay => {
    const found = list[day];
    if (found === undefined) throw new RangeError(`there is no session-day ${day} of ${list.length}`);
    return found;
  };
  return {
    length: list.length,
    events: list.reduce((sum, {events}) => sum + events, 0),
    terms: list.reduce((sum, {length}) => sum + length, 0),
    projects: list.flatMap(({projects}) => projects),
    date: (day) => at(day).date,
    sessionKey: (day) => at(day).sessionKey,
    lengthOf: (day) => at(day).length,
    eventsOf: (day) => at(day).events,
    agent: (day) => at(day).agent,
    projectsOf: (day) => at(day).projects,
  };
}
