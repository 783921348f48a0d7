import type {EpochMs} from '../event/event.js';
import type {TocLevel} from '../toc/node-id.js';
import {isKnown, judge, type Verdict} from './due.js';
import {type Job, type JobName, type Trigger, tocLevelOfJob} from './job.js';
import {begun, foundKilled, isPaused, type JobState, type KnownSlots} from './job-state.js';

/** A job as it stands at an instant. */
export interface JobLook {
  readonly job: Job;
  readonly state: JobState;
  readonly slots: KnownSlots;
  /** The newest slot of which every period that had ended by then is old enough. Worked out only for a job that may run. */
  readonly ripe: EpochMs | undefined;
  readonly verdict: Verdict;
  /** The first slot that nobody handled, where one is due. */
  readonly dueSince: EpochMs | undefined;
}

/** All jobs of a store at an instant. */
export interface JobsLook {
  readonly now: EpochMs;
  /** The store's. */
  readonly timeZone: string;
  /** When the store was made. */
  readonly createdAt: EpochMs;
  /** In the order of JOB_NAMES. */
  readonly jobs: readonly JobLook[];
}

/** The TOC levels of the jobs that are paused, but for that of the job that runs. */
export function pausedLevels({jobs}: JobsLook, running: JobName, now: EpochMs): ReadonlySet<TocLevel> {
  const paused = jobs.filter(({job, state}) => job.name !== running && isPaused(state, now));
  return new Set(paused.map(({job}) => tocLevelOfJob(job.name)).filter((tocLevel) => tocLevel !== undefined));
}

/** The jobs whose slots the store does not remember. The next wake-ups need not work out what stays the same for months. */
export function unknownSlots({jobs, now}: JobsLook): readonly JobLook[] {
  return jobs.filter(({state, job, verdict}) => verdict.kind !== 'due' && !isKnown(state.known, job, now));
}

/** The slot that a run is for. Where a person wants a run now, a job may have none: it is new, or falls once in years. */
export function slotOfRun({slots}: JobLook, {createdAt}: JobsLook): EpochMs {
  return slots.previous ?? createdAt;
}

/**
 * Begins a run, with its lock held, unless another run handled its slot since the look.
 * @param stored the state as it is now
 */
export function beginIfDue(
  stored: JobState,
  look: JobLook,
  from: JobsLook,
  {isNow, at, trigger}: {readonly isNow: boolean; readonly at: EpochMs; readonly trigger: Trigger},
): {readonly state: JobState; readonly isDue: boolean} {
  const state = foundKilled(stored);
  const {slots, ripe} = look;
  const isDue = isNow || judge(state, {previous: slots.previous, ripe}, from.createdAt, at).kind === 'due';
  return {state: isDue ? begun({...state, known: slots}, slotOfRun(look, from), at, trigger) : state, isDue};
}
