import {JOB_NAMES, type JobName, USUAL_CRON} from '../domain/jobs/job.js';
import {HOUR_MS, MINUTE_MS} from '../domain/time/durations.js';
import {canonicalTimeZone} from '../domain/time/time-zone.js';
import {argumentsIn, duration, kind, optional, type SettingKind} from './setting-kind.js';

/** At most six fields, each of characters that a cron expression may have. A parser checks the meaning later, where it is needed. */
const CRON = /^\s*(?:@[a-z]+|[\w*,/?#-]+(?:\s+[\w*,/?#-]+){4,5})\s*$/i;

const CRON_ABOUT = 'when it is due: five fields as in cron, or six with the seconds first';

/** The settings of all jobs by their keys. */
export type JobSettingKinds = {readonly [Name in JobName as `jobs.${Name}.cron`]: SettingKind<string>} & {
  readonly [Name in JobName as `jobs.${Name}.time_zone`]: SettingKind<string | undefined>;
} & {
  readonly [Name in JobName as `jobs.${Name}.on_failure`]: SettingKind<readonly string[] | undefined>;
} & {readonly [Name in JobName as `jobs.${Name}.jitter` | `jobs.${Name}.time_limit`]: SettingKind<number>};

const DEFAULTS: Readonly<Record<JobName, {jitter: string; timeLimit: string}>> = {
  import: {jitter: '0s', timeLimit: '30m'},
  sync: {jitter: '5m', timeLimit: '30m'},
  'rollup-segment': {jitter: '0s', timeLimit: '30m'},
  'rollup-day': {jitter: '5m', timeLimit: '30m'},
  'rollup-week': {jitter: '5m', timeLimit: '30m'},
  'rollup-month': {jitter: '5m', timeLimit: '30m'},
  'rollup-year': {jitter: '5m', timeLimit: '30m'},
  retention: {jitter: '5m', timeLimit: '60m'},
  compact: {jitter: '10m', timeLimit: '60m'},
};

export const JOB_SETTING_KINDS = Object.fromEntries(
  JOB_NAMES.flatMap((name): readonly (readonly [string, SettingKind<unknown>])[] => {
    const {jitter, timeLimit} = DEFAULTS[name];
    return [
      [`jobs.${name}.cron`, kind(USUAL_CRON[name], CRON_ABOUT, (text) => (CRON.test(text) ? {value: text.trim()} : undefined))],
      [`jobs.${name}.time_zone`, kind('store', 'the IANA time zone of its cron expression, or "store" for the store\'s own', parseZone)],
      [
        `jobs.${name}.jitter`,
        duration(jitter, 'at most how much later, at random, the scheduler starts it; 12h or less', {mostMs: 12 * HOUR_MS}),
      ],
      [
        `jobs.${name}.time_limit`,
        duration(timeLimit, 'how long a run may take before it is stopped; from 1m to 24h', {leastMs: MINUTE_MS, mostMs: 24 * HOUR_MS}),
      ],
      [
        `jobs.${name}.on_failure`,
        optional(
          'a command that is run when a run by the scheduler failed, without a shell, as a list: ["notify-send", "mem failed"]; it finds MEM_FAILED_JOB, MEM_FAILED_CODE and MEM_FAILED_MESSAGE in its environment',
          argumentsIn,
          true,
        ),
      ],
    ];
  }),
) as unknown as JobSettingKinds;

function parseZone(text: string): {readonly value: string | undefined} | undefined {
  if (text === 'store') return {value: undefined};
  const value = canonicalTimeZone(text);
  return value === undefined ? undefined : {value};
}
