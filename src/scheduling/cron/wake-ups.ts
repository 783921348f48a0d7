import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import {DAY_MS, HOUR_MS, MINUTE_MS} from '../../domain/time/durations.js';
import type {CronField, CronFields} from '../scheduler.js';
import {parseCron} from './cron-grammar.js';
import {WallClock} from './wall-clock.js';

// How far the clocks are compared. Within that time every rule of a zone has applied at least once.
const AHEAD_MS = 6 * 366 * DAY_MS;
// A job with more slots than this is woken every hour: following each slot would take too long.
const MAX_SLOTS = 20_000;
const ALL_HOURS = Array.from({length: 24}, (_, hour) => hour);
const ALL_MINUTES = Array.from({length: 60}, (_, minute) => minute);

/** Times by a scheduler's own clock: every listed minute of every listed hour of every matching day. Either kind of day may match. */
export type WakeUp = Omit<CronFields, 'second'>;

/**
 * The minutes in which a scheduler with the clock of `schedulerZone` must start the job. Each slot of the next six years has a wake-up in
 * its minute. If both zones' clocks agree, there are no others; otherwise a few more, which the due guard turns away. A scheduler may start
 * a repeated time only once. Then what is due in its second pass waits for the next wake-up.
 * @throws MemError CONFIG_INVALID as `CronSlots.parse`
 */
export function wakeUps({cron, timeZone}: Pick<Job, 'cron' | 'timeZone'>, schedulerZone: string, now: EpochMs): readonly WakeUp[] {
  const {fields, isInterval} = parseCron(cron);
  const [from, to] = [clockAhead(timeZone, now), clockAhead(schedulerZone, now)];
  const shifts = shiftsOf(from, to, now);
  if (shifts.every((shift) => shift === 0)) return [fields];
  const days = separateDays(fields).map((row) => ({row, dates: datesOf(row, now)}));
  const everyHour: WakeUp = {minute: shifted(fields.minute, shifts), hour: 'any', dayOfMonth: 'any', month: 'any', dayOfWeek: 'any'};
  const timesOfDay = listed(fields.hour, ALL_HOURS).length * listed(fields.minute, ALL_MINUTES).length;
  if (days.some(({dates}) => dates.length === 0 || dates.length * timesOfDay > MAX_SLOTS)) return [everyHour];
  return days.map(({row, dates}) => {
    const walls = dates.flatMap((date) => wallsOf(row, date));
    const slots = walls.flatMap((wall) => (isInterval ? from.instants(wall) : [from.firstInstant(wall)]));
    return project(
      row,
      slots.map((slot) => slot + to.offsetAt(slot)),
    );
  });
}

/** Whether the clocks of both zones show the same time for the next six years. */
export function clocksAgree(timeZone: string, other: string, now: EpochMs): boolean {
  return shiftsOf(clockAhead(timeZone, now), clockAhead(other, now), now).every((shift) => shift === 0);
}

/** Splits a row if both kinds of day are restricted: some schedulers require both in one row. */
export function separateDays<Row extends WakeUp>(row: Row): readonly Row[] {
  if (row.dayOfMonth === 'any' || row.dayOfWeek === 'any') return [row];
  return [
    {...row, dayOfWeek: 'any'},
    {...row, dayOfMonth: 'any'},
  ];
}

// For the few zones of all jobs.
const clocksAhead = new Map<string, WallClock>();

function clockAhead(timeZone: string, now: EpochMs): WallClock {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const key = `${timeZone} ${today}`;
  const clock = clocksAhead.get(key) ?? new WallClock(timeZone).between(today - 3 * DAY_MS, today + AHEAD_MS + 4 * DAY_MS);
  clocksAhead.set(key, clock);
  return clock;
}

/** All differences of the next six years between the clock `to` and the clock `from`, in ms. */
function shiftsOf(from: WallClock, to: WallClock, now: EpochMs): readonly number[] {
  const [start, end] = [now - DAY_MS, now + AHEAD_MS];
  const moments = [start, ...from.changes(start, end), ...to.changes(start, end)];
  return [...new Set(moments.map((moment) => to.offsetAt(moment) - from.offsetAt(moment)))];
}

function shifted(minutes: CronField, shifts: readonly number[]): CronField {
  if (minutes === 'any') return minutes;
  return ascending(minutes.flatMap((minute) => shifts.map((shift) => (((minute + shift / MINUTE_MS) % 60) + 60) % 60)));
}

/** The dates of the next six years that match a row with one kind of day, as midnights in UTC. */
function datesOf({dayOfMonth, month, dayOfWeek}: WakeUp, now: EpochMs): readonly number[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const dates: number[] = [];
  for (let date = today - DAY_MS; date <= today + AHEAD_MS; date += DAY_MS) {
    const day = new Date(date);
    if (holds(month, day.getUTCMonth() + 1) && holds(dayOfMonth, day.getUTCDate()) && holds(dayOfWeek, day.getUTCDay())) dates.push(date);
  }
  return dates;
}

function wallsOf({hour, minute}: WakeUp, date: number): readonly number[] {
  const minutes = listed(minute, ALL_MINUTES);
  return listed(hour, ALL_HOURS).flatMap((hourOfDay) =>
    minutes.map((minuteOfHour) => date + hourOfDay * HOUR_MS + minuteOfHour * MINUTE_MS),
  );
}

/** The row that contains all of `walls`. A field that is `any` in `row` stays `any`. */
function project({minute, hour, dayOfMonth, month, dayOfWeek}: WakeUp, walls: readonly number[]): WakeUp {
  const days = walls.map((wall) => new Date(wall));
  const field = (given: CronField, value: (day: Date) => number): CronField => (given === 'any' ? given : ascending(days.map(value)));
  return {
    minute: field(minute, (day) => day.getUTCMinutes()),
    hour: field(hour, (day) => day.getUTCHours()),
    dayOfMonth: field(dayOfMonth, (day) => day.getUTCDate()),
    month: field(month, (day) => day.getUTCMonth() + 1),
    dayOfWeek: field(dayOfWeek, (day) => day.getUTCDay()),
  };
}

function holds(field: CronField, value: number): boolean {
  return field === 'any' || field.includes(value);
}

function listed(field: CronField, all: readonly number[]): readonly number[] {
  return field === 'any' ? all : field;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
