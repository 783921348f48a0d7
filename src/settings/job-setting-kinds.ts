import {JOB_NAMES, type JobName} from '../domain/jobs/job.js';
import {HOUR_MS, MINUTE_MS} from '../domain/time/durations.js';
import {canonicalTimeZone} from '../domain/time/time-zone.js';
import {duration, kind, type SettingKind} from './setting-kind.js';

/** At most six fields, each of characters that a cron expression may have. A parser checks the meaning later, where it is needed. */
const CRON = /^\s*(?:@[a-z]+|[\w*,/?#-]+(?:\s+[\w*,/?#-]+){4,5})\s*$/i;

const CRON_ABOUT = 'when it is due: five fields as in cron, or six with the seconds first';

/** The settings of all jobs by their keys. */
export type JobSettingKinds = {readonly [Name in JobName as `jobs.${Name}.cron`]: SettingKind<string>} & {
  readonly [Name in JobName as `jobs.${Name}.time_zone`]: SettingKind<string | undefined>;
} & {readonly [Name in JobName as `jobs.${Name}.jitter` | `jobs.${Name}.time_limit`]: SettingKind<number>};

const DEFAULTS: Readonly<Record<JobName, {cron: string; jitter: string; timeLimit: string}>> = {
  import: {cron: '0 */15 * * * *', jitter: '0s', timeLimit: '30m'},
  'rollup-segment': {cron: '0 */15 * * * *', jitter: '0s', timeLimit: '30m'},
  'rollup-day': {cron: '0 0 1 * * *', jitter: '5m', timeLimit: '30m'},
  'rollup-week': {cron: '0 0 2 * * 0', jitter: '5m', timeLimit: '30m'},
  'rollup-month': {cron: '0 0 3 1 * *', jitter: '5m', timeLimit: '30m'},
  'rollup-year': {cron: '0 0 5 1 1 *', jitter: '5m', timeLimit: '30m'},
  compact: {cron: '0 0 4 * * 0', jitter: '10m', timeLimit: '60m'},
};

export const JOB_SETTING_KINDS = Object.fromEntries(
  JOB_NAMES.flatMap((name): readonly (readonly [string, SettingKind<unknown>])[] => {
    const {cron, jitter, timeLimit} = DEFAULTS[name];
    return [
      [`jobs.${name}.cron`, kind(cron, CRON_ABOUT, (text) => (CRON.test(text) ? {value: text.trim()} : undefined))],
      [`jobs.${name}.time_zone`, kind('store', 'the IANA time zone of its cron expression, or "store" for the store\'s own', parseZone)],
      [
        `jobs.${name}.jitter`,
        duration(jitter, 'at most how much later, at random, the scheduler starts it; 12h or less', {mostMs: 12 * HOUR_MS}),
      ],
      [
        `jobs.${name}.time_limit`,
        duration(timeLimit, 'how long a run may take before it is stopped; from 1m to 24h', {leastMs: MINUTE_MS, mostMs: 24 * HOUR_MS}),
      ],
    ];
  }),
) as unknown as JobSettingKinds;

function parseZone(text: string): {readonly value: string | undefined} | undefined {
  if (text === 'store') return {value: undefined};
  const value = canonicalTimeZone(text);
  return value === undefined ? undefined : {value};
}
