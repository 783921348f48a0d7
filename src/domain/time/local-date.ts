import {type LocalDate, localDate} from '../toc/node-id.js';
import {DAY_MS} from './durations.js';

/*
 * Calendar dates as numbers of days since 1970. They have no zone, so every day has 24 hours. Nothing here loads ICU: that takes a third of
 * the time of Node's own start.
 */

/** Days since 1970-01-01 of a date that exists. */
export function dayNumberOf(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** A date of the years 0000 to 9999. Other years get a sign and six digits, after ISO 8601. */
export function dateOfDayNumber(day: number): LocalDate {
  return isoDateOf(day * DAY_MS);
}

/** The date of an instant in UTC. */
export function isoDateOf(instant: number): LocalDate {
  const text = new Date(instant).toISOString();
  return localDate(text.slice(0, text.indexOf('T')));
}

/** Parses a date like `2024-01-15`; undefined when it does not exist or has another form. */
export function parseDate(text: string): LocalDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // JavaScript reads February 30 as March 1.
  return !Number.isNaN(instant) && isoDateOf(instant) === text ? localDate(text) : undefined;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** The same day `months` later, or the last day of a shorter month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const at = new Date(dayNumberOf(date) * DAY_MS);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const nextMonth = new Date(at);
  nextMonth.setUTCMonth(at.getUTCMonth() + 1);
  const length = (nextMonth.getTime() - at.getTime()) / DAY_MS;
  at.setUTCDate(Math.min(day, length));
  return isoDateOf(at.getTime());
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return weekdayOfDay(dayNumberOf(date));
}

function weekdayOfDay(day: number): number {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The ISO week of a date. Its year is the year of its Thursday. */
export function isoWeekOf(date: LocalDate): {readonly year: number; readonly week: number} {
  const day = dayNumberOf(date);
  const thursday = day - weekdayOfDay(day) + 4;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  return {year, week: Math.floor((thursday - firstDayOf(year)) / 7) + 1};
}

/** The Monday of an ISO week; undefined when the year has no such week. */
export function mondayOf(year: number, week: number): LocalDate | undefined {
  const fourth = firstDayOf(year) + 3;
  const monday = dateOfDayNumber(fourth - weekdayOfDay(fourth) + 1 + 7 * (week - 1));
  const found = isoWeekOf(monday);
  return found.year === year && found.week === week ? monday : undefined;
}

function firstDayOf(year: number): number {
  // Not Date.UTC: it reads the years 0 to 99 as 1900 to 1999.
  return new Date(0).setUTCFullYear(year) / DAY_MS;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** `January`. */
export function monthName(date: LocalDate): string {
  return MONTHS[new Date(dayNumberOf(date) * DAY_MS).getUTCMonth()] ?? '';
}

/** `Monday`. */
export function weekdayName(date: LocalDate): string {
  return WEEKDAYS[weekdayOf(date) - 1] ?? '';
}

/** Without a leading zero. */
export function dayOfMonth(date: LocalDate): number {
  return Number(date.slice(-2));
}
