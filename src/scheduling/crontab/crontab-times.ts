import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import {requireOneSecond} from '../cron/cron-grammar.js';
import {numberList} from '../cron/number-list.js';
import {type WakeUp, wakeUps} from '../cron/wake-ups.js';
import type {CronField} from '../scheduler.js';

/**
 * The five time fields of the crontab lines that wake the job: one line, or two where another zone pulls the two kinds of day apart. Lists
 * alone: `*` with a step in a day field is "and" to cron. A slot within a minute has its wake-up at the minute's start.
 * @param schedulerZone the zone of the cron daemon
 * @throws MemError CONFIG_INVALID also for a job with several seconds, which a crontab cannot say
 */
export function crontabTimes(job: Pick<Job, 'cron' | 'timeZone'>, schedulerZone: string, now: EpochMs): readonly string[] {
  requireOneSecond(job, 'a crontab');
  return wakeUps(job, schedulerZone, now).map(lineOf);
}

function lineOf({minute, hour, dayOfMonth, month, dayOfWeek}: WakeUp): string {
  const text = (field: CronField): string => (field === 'any' ? '*' : numberList(field, {range: '-'}));
  return [minute, hour, dayOfMonth, month, dayOfWeek].map(text).join(' ');
}
