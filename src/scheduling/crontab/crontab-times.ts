import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import {requireOneSecond} from '../cron/cron-grammar.js';
import {numberList} from '../cron/number-list.js';
import {type WakeUp, wakeUps} from '../cron/wake-ups.js';
import type {CronField} from '../scheduler.js';

/**
 * The five time fields of the crontab lines that wake the job. Two lines if another zone separates the two kinds of day. The lines hold
 * only lists: in a day field, cron reads `*` with a step as "and". A slot within a minute gets its wake-up at the minute's start.
 * @param schedulerZone the zone of the cron daemon
 * @throws MemError CONFIG_INVALID also for a job with several seconds, which a crontab cannot express
 */
export function crontabTimes(job: Pick<Job, 'cron' | 'timeZone'>, schedulerZone: string, now: EpochMs): readonly string[] {
  requireOneSecond(job, 'a crontab');
  return wakeUps(job, schedulerZone, now).map(lineOf);
}

function lineOf({minute, hour, dayOfMonth, month, dayOfWeek}: WakeUp): string {
  const text = (field: CronField): string => (field === 'any' ? '*' : numberList(field, {range: '-'}));
  return [minute, hour, dayOfMonth, month, dayOfWeek].map(text).join(' ');
}
