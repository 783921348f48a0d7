import {Calendar} from '../../domain/time/period.js';
import {type LocalDate, localDate} from '../../domain/toc/node-id.js';
import type {BrowserState} from './state.js';

const calendars = new Map<string, Calendar>();

/** The calendar of a zone; each remembers the days that it was asked for. */
function calendarOf(timeZone: string): Calendar {
  const known = calendars.get(timeZone) ?? new Calendar(timeZone);
  calendars.set(timeZone, known);
  return known;
}

/** The store's calendar, and what today is in it. Before the store was read nobody knows its zone. */
export function timesOf({clock}: Pick<BrowserState, 'clock'>): {readonly calendar: Calendar; readonly today: LocalDate} {
  const calendar = calendarOf(clock?.timeZone ?? 'UTC');
  return {calendar, today: clock === undefined ? localDate('1970-01-01') : calendar.dateOf(clock.now)};
}
