import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import {requireOneSecond} from '../cron/cron-grammar.js';
import {clocksAgree, separateDays, type WakeUp, wakeUps} from '../cron/wake-ups.js';
import type {CronField} from '../scheduler.js';

// No limit is documented, but nobody reads a plist of hundreds of dictionaries.
const MAX_INTERVALS = 64;
const HOURS = Array.from({length: 24}, (_, hour) => hour);

/** A dictionary of `StartCalendarInterval`; a missing key matches always. Sunday is 0. */
export interface LaunchdInterval {
  readonly Month?: number;
  readonly Day?: number;
  readonly Weekday?: number;
  readonly Hour?: number;
  readonly Minute?: number;
}

/**
 * When launchd wakes the job, by its own clock: at most 64 dictionaries. If there are more, or the job has another zone (laptops travel),
 * one for each hour, at the last minute that a slot can have. A day of the month and a weekday never share a dictionary. Hours are always
 * named: after a time at any hour, launchd loses the rest of the day of a change of the clock.
 * @throws MemError CONFIG_INVALID also for a job with several seconds, which launchd cannot keep
 */
export function launchdIntervals(job: Pick<Job, 'cron' | 'timeZone'>, schedulerZone: string, now: EpochMs): readonly LaunchdInterval[] {
  requireOneSecond(job, 'launchd');
  const rows = wakeUps(job, schedulerZone, now).flatMap(separateDays);
  const isOwnZone = clocksAgree(job.timeZone, schedulerZone, now);
  const count = rows.reduce((sum, row) => sum + countOf(row), 0);
  if (isOwnZone && count <= MAX_INTERVALS) return rows.flatMap(intervalsOf);
  const minutes = [...new Set(rows.flatMap(({minute}) => (minute === 'any' ? [0] : minute)))].sort((a, b) => a - b);
  const kept = minutes.length * HOURS.length > MAX_INTERVALS ? minutes.slice(-1) : minutes;
  return HOURS.flatMap((Hour) => kept.map((Minute) => ({Hour, Minute})));
}

function countOf({minute, hour, dayOfMonth, month, dayOfWeek}: WakeUp): number {
  const sizes = [minute === 'any' ? 1 : minute.length, hour === 'any' ? HOURS.length : hour.length];
  for (const field of [dayOfMonth, month, dayOfWeek]) if (field !== 'any') sizes.push(field.length);
  return sizes.reduce((product, size) => product * size, 1);
}

function intervalsOf({minute, hour, dayOfMonth, month, dayOfWeek}: WakeUp): readonly LaunchdInterval[] {
  let all: readonly LaunchdInterval[] = [{}];
  const cross = (key: keyof LaunchdInterval, field: CronField): void => {
    if (field !== 'any') all = all.flatMap((interval) => field.map((value) => ({...interval, [key]: value})));
  };
  cross('Month', month);
  cross('Day', dayOfMonth);
  cross('Weekday', dayOfWeek);
  cross('Hour', hour === 'any' ? HOURS : hour);
  cross('Minute', minute);
  return all;
}
