import type {Job} from '../../domain/jobs/job.js';
import type {ScheduleSpec} from '../install/backend.js';
import {checkPath, fillTemplate, plistText} from '../install/quoting.js';
import type {CronFields} from '../scheduler.js';
import {type LaunchdInterval, launchdIntervals} from './launchd-intervals.js';

const KEYS = ['Month', 'Day', 'Weekday', 'Hour', 'Minute'] as const;
/** Between two checks for slots that were missed while the machine slept or was off. */
const HOUR_S = 3600;

export const agentLabel = (id: string): string => `mem.schedule.${id}`;

/**
 * The one agent of a home. A job at every so many minutes becomes an interval. An agent has one list, so the wake-ups of all other jobs
 * share it, and the run finds out whose slot it is. @throws MemError CONFIG_INVALID
 */
export function renderAgent(
  {id, runner, jobs, systemZone, now}: ScheduleSpec,
  parse: (cron: string) => CronFields,
  template: string,
): string {
  const periods = jobs.flatMap((job) => everySeconds(parse(job.cron)) ?? []);
  const calendar = jobs.filter((job) => everySeconds(parse(job.cron)) === undefined);
  const intervals = unique(calendar.flatMap((job) => launchdIntervals(job, systemZone, now)));
  const words = [checkPath(runner, "mem's folder for schedules"), '--due', ...jitterWords(jobs), '--via', 'launchd'];
  return fillTemplate(template, {
    LABEL: agentLabel(id),
    ARGUMENTS: words.map((word) => `\t\t<string>${plistText(word)}</string>`).join('\n'),
    INTERVALS: intervals.map(intervalText).join('\n'),
    START_INTERVAL: `\t<key>StartInterval</key>\n\t<integer>${Math.min(HOUR_S, ...periods)}</integer>`,
  });
}

/** The seconds between two slots, if the expression is due at regular minutes of each hour; undefined for all others. */
function everySeconds({second, minute, hour, dayOfMonth, month, dayOfWeek}: CronFields): number | undefined {
  if (second.length !== 1 || [hour, dayOfMonth, month, dayOfWeek].some((field) => field !== 'any')) return undefined;
  const minutes = minute === 'any' ? Array.from({length: 60}, (_, at) => at) : minute;
  const step = 60 / minutes.length;
  return minutes.every((value, at) => value === (minutes[0] ?? 0) + at * step) ? step * 60 : undefined;
}

function jitterWords(jobs: readonly Job[]): readonly string[] {
  const longest = Math.max(0, ...jobs.map(({jitterMs}) => jitterMs));
  return longest === 0 ? [] : ['--jitter', String(Math.ceil(longest / 1000))];
}

function unique(intervals: readonly LaunchdInterval[]): readonly LaunchdInterval[] {
  return [...new Map(intervals.map((interval) => [KEYS.map((key) => interval[key] ?? '*').join(' '), interval])).values()];
}

function intervalText(interval: LaunchdInterval): string {
  const pairs = KEYS.flatMap((key) => {
    const value = interval[key];
    return value === undefined ? [] : [`\t\t\t<key>${key}</key>`, `\t\t\t<integer>${value}</integer>`];
  });
  return ['\t\t<dict>', ...pairs, '\t\t</dict>'].join('\n');
}
