import type {EpochMs} from '../../domain/event/event.js';
import {judge} from '../../domain/jobs/due.js';
import {type Job, type JobName, type Trigger, tocLevelOfJob} from '../../domain/jobs/job.js';
import {
  begun,
  ended,
  foundKilled,
  gaveWay,
  isPaused,
  type JobRun,
  type JobState,
  type SkipReason,
  skipped,
} from '../../domain/jobs/job-state.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import {type LockHolder, type LockName, lockBusy} from '../../locks/locks.js';
import type {Mem} from '../mem.js';
import {workOn} from './job-work.js';
import {type JobLook, type JobsLook, ripeSlot, slotsAround} from './look-at-jobs.js';
import {isStoreBusy, noteJobStates, updateJobStates} from './update-job-states.js';

/** What a wake-up made of one job. */
export type JobOutcome =
  | {readonly kind: 'begun'; readonly job: JobName; readonly at: EpochMs; readonly slot: EpochMs; readonly trigger: Trigger}
  | {readonly kind: 'ran'; readonly job: JobName; readonly at: EpochMs; readonly slot: EpochMs; readonly run: JobRun}
  | {
      readonly kind: 'skipped';
      /** Undefined where the store could not be had to see which are due. */
      readonly job: JobName | undefined;
      readonly at: EpochMs;
      readonly reason: SkipReason | 'not-due';
      /** Of an overlap; undefined also where the holder came and went. */
      readonly holder?: LockHolder | undefined;
      /** Of one that is not due: its next slot, and the zone of the store. */
      readonly next?: EpochMs | undefined;
      readonly timeZone?: string;
    };

export interface RunJobOptions {
  readonly trigger: Trigger;
  /** It is what was asked for; else it is done because it is due as well, and left where its lock is taken. */
  readonly isAsked: boolean;
  /** Whether it is due or not, paused or not. */
  readonly isNow: boolean;
  readonly signal: AbortSignal;
  /** Told what became of each node, while it runs. */
  readonly onOutcome: (outcome: RollupOutcome) => void;
}

export function lockOfJob(name: JobName): LockName {
  return name === 'compact' ? 'compact' : 'rollup';
}

/**
 * Takes the lock and runs a job that was found to be due, asking once more whether it still is.
 * @throws MemError LOCK_BUSY by hand; what is a bug, after it was written down
 */
export async function* runJob(mem: Mem, {job}: JobLook, look: JobsLook, options: RunJobOptions): AsyncGenerator<JobOutcome> {
  const {trigger} = options;
  const name = lockOfJob(job.name);
  const take = () => mem.locks.acquire(name, {trigger, job: job.name, maxRunMs: job.maxRunMs});
  let lock = take();
  if (lock.kind === 'busy') {
    const {holder} = lock;
    if (!options.isAsked) return;
    if (trigger === 'hand') throw lockBusy(name, holder);
    const at = mem.clock();
    await noteJobStates(mem, [{name: job.name, change: (state) => skipped(state, {at, reason: 'overlap'})}]);
    // Its holder looks for what is due once more after it let go of it: either it sees the skip, or the lock is free now.
    lock = take();
    if (lock.kind === 'busy') {
      yield {kind: 'skipped', job: job.name, at, reason: 'overlap', holder};
      return;
    }
  }
  try {
    yield* runLocked(mem, job, look, options);
  } finally {
    lock.release();
  }
}

async function* runLocked(mem: Mem, job: Job, look: JobsLook, options: RunJobOptions): AsyncGenerator<JobOutcome> {
  const {trigger, signal, onOutcome} = options;
  const {createdAt, timeZone} = look.header;
  const startedAt = mem.clock();
  const known = await slotsAround(mem, job, undefined, startedAt);
  const ripe = await ripeSlot(mem, job, known.previous, timeZone, startedAt);
  // By hand and now there may be none: a job that is new, or that falls once in years.
  const slot = known.previous ?? createdAt;
  let isDue = false;
  const begin = (stored: JobState): JobState => {
    const state = foundKilled(stored);
    isDue = options.isNow || judge(state, {previous: known.previous, ripe}, createdAt, startedAt).kind === 'due';
    return isDue ? begun({...state, known}, slot, startedAt, trigger) : state;
  };
  await updateJobStates(mem, [{name: job.name, change: begin}], {sync: false});
  if (!isDue) {
    yield {kind: 'skipped', job: job.name, at: startedAt, reason: 'not-due', next: known.next, timeZone};
    return;
  }
  yield {kind: 'begun', job: job.name, at: startedAt, slot, trigger};
  try {
    const result = await workOn(mem, job, {leftOut: pausedLevels(look, job.name, startedAt), signal, onOutcome});
    const run: JobRun = {startedAt, endedAt: mem.clock(), trigger, ...result};
    const after = await slotsAround(mem, job, known, run.endedAt);
    await updateJobStates(mem, [{name: job.name, change: (state) => ({...ended(state, run, ripe), known: after})}]);
    yield {kind: 'ran', job: job.name, at: run.endedAt, slot, run};
  } catch (error) {
    const at = mem.clock();
    if (isStoreBusy(error)) {
      await noteJobStates(mem, [{name: job.name, change: (state) => gaveWay(state, {at, reason: 'store-busy'})}]);
      yield {kind: 'skipped', job: job.name, at, reason: 'store-busy'};
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof MemError ? error.code : 'BUG';
    const run: JobRun = {startedAt, endedAt: at, trigger, result: 'error', counts: {}, error: {code, message}};
    await noteJobStates(mem, [{name: job.name, change: (state) => ended(state, run, ripe)}]);
    throw error;
  }
}

/** The TOC levels of the jobs that are paused, but for that of the job that runs. */
function pausedLevels({jobs}: JobsLook, running: JobName, now: EpochMs): ReadonlySet<TocLevel> {
  const paused = jobs.filter(({job, state}) => job.name !== running && isPaused(state, now));
  return new Set(paused.map(({job}) => tocLevelOfJob(job.name)).filter((tocLevel) => tocLevel !== undefined));
}
