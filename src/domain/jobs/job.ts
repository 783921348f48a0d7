import {TOC_LEVELS, type TocLevel} from '../toc/node-id.js';

/** What the scheduler of the operating system starts, in the order in which what is due is done. */
export const JOB_NAMES = [
  'import',
  'sync',
  'rollup-segment',
  'rollup-day',
  'rollup-week',
  'rollup-month',
  'rollup-year',
  'retention',
  'compact',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** Jobs that a home has only where there is something for them: an agent, a peer, an age. */
export const OPTIONAL_JOBS: readonly JobName[] = ['import', 'sync', 'retention'];

/** What starts runs that nobody started by hand. */
export const SCHEDULERS = ['systemd', 'cron', 'launchd'] as const;
/** Who started a run. */
export type Trigger = 'hand' | (typeof SCHEDULERS)[number];

/** A job with everything that is set of it. A run that finds another one of its kind at work is skipped, always. */
export interface Job {
  readonly name: JobName;
  /** Five or six fields, seconds first where there are six; see `CronSlots`. */
  readonly cron: string;
  /** IANA. */
  readonly timeZone: string;
  /** A run that the scheduler started waits for a random part of this. */
  readonly jitterMs: number;
  /** A run is ended after this long. */
  readonly maxRunMs: number;
  /** A command for when a run by a scheduler failed. */
  readonly onFailure?: readonly string[] | undefined;
}

/** When each job is due unless it is set otherwise. */
export const USUAL_CRON: Readonly<Record<JobName, string>> = {
  import: '0 */15 * * * *',
  sync: '0 */30 * * * *',
  'rollup-segment': '0 */15 * * * *',
  'rollup-day': '0 0 1 * * *',
  'rollup-week': '0 0 2 * * 0',
  'rollup-month': '0 0 3 1 * *',
  'rollup-year': '0 0 5 1 1 *',
  retention: '0 30 4 * * *',
  compact: '0 0 4 * * 0',
};

/** What is set of a job where the store's own zone, which is the default, is not known yet. */
export interface JobSettings extends Omit<Job, 'timeZone'> {
  /** Undefined: the store's. */
  readonly timeZone: string | undefined;
}

/** The jobs that a scheduler wakes up. Where there is an import, its wake-up is that of the segments, too: they are due behind it. */
export function jobsToWake<J extends Pick<Job, 'name'>>(jobs: readonly J[]): readonly J[] {
  return jobs.some(({name}) => name === 'import') ? jobs.filter(({name}) => name !== 'rollup-segment') : jobs;
}

/** The TOC level up to which a job rolls up; undefined for one that rolls up nothing. */
export function tocLevelOfJob(name: JobName): TocLevel | undefined {
  return TOC_LEVELS.find((tocLevel) => name === `rollup-${tocLevel}`);
}
