import type {EpochMs} from '../../domain/event/event.js';
import {graceMs} from '../../domain/jobs/due.js';
import {type Job, type JobName, jobsToWake} from '../../domain/jobs/job.js';
import type {JobLook, JobsLook} from '../../domain/jobs/job-look.js';
import {foundKilled, isPaused, type JobState} from '../../domain/jobs/job-state.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import type {LockHolder} from '../../locks/locks.js';
import type {InstalledSchedule} from '../../scheduling/scheduler.js';
import {type Mem, READER_DRAIN_MS, READER_PATIENCE_MS} from '../mem.js';
import {withValidCrons} from './check-jobs.js';
import {lockOfJob} from './job-work.js';
import {lookAtJobs} from './look-at-jobs.js';
import {noteKilled, noteKilledJob} from './note-killed.js';

/**
 * `overdue`: a slot has come, and nobody woke mem up for so long that the scheduler itself seems dead. `failed`: its last run. `due`: a
 * slot has come.
 */
export type JobCondition = 'running' | 'paused' | 'overdue' | 'failed' | 'due' | 'idle';

export interface JobStatus {
  readonly job: Job;
  readonly state: JobState;
  readonly condition: JobCondition;
  /** Who runs it at this moment. */
  readonly holder: LockHolder | undefined;
  /** The first slot that nobody handled; undefined where none is due. */
  readonly dueSince: EpochMs | undefined;
  /** The next slot; undefined while it is paused without an end, or where none comes. */
  readonly next: EpochMs | undefined;
  readonly isInstalled: boolean;
}

const LOOK = {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS};

export interface ScheduleStatus {
  readonly now: EpochMs;
  readonly home: string;
  /** The store's: that of all times that are shown. */
  readonly timeZone: string;
  readonly jobs: readonly JobStatus[];
  readonly installed: InstalledSchedule | undefined;
  /** A rollup that nobody's job is. */
  readonly rollupByHand: LockHolder | undefined;
  /** Of settings that have their default instead. */
  readonly settingFaults: readonly MemError[];
}

/**
 * Says how the jobs are, and what is installed of them, in the same words on every scheduler.
 * @param settingFaults of settings that have their default instead
 * @throws MemError NO_STORE, STORE_BUSY
 */
export async function readSchedule(given: Mem, settingFaults: readonly MemError[] = []): Promise<ScheduleStatus> {
  const {mem, faults} = await withValidCrons(given);
  const look = await lookAtJobs(mem, LOOK);
  const {now, timeZone, jobs} = look;
  const scheduler = await mem.scheduler();
  const installed = await scheduler.inspect({home: mem.home, jobs: jobsToWake(jobs.map(({job}) => job)), now});
  const rollup = mem.locks.holder('rollup');
  return {
    now,
    home: mem.home,
    timeZone,
    jobs: await statusesOf(mem, look, ({job}) => installed?.jobs.includes(job.name) ?? false),
    installed,
    rollupByHand: rollup?.job === undefined ? rollup : undefined,
    settingFaults: [...settingFaults, ...faults],
  };
}

/** @param isInstalled whether a scheduler is to wake a job up: only then can it be overdue */
export async function statusesOf(mem: Mem, first: JobsLook, isInstalled: (look: JobLook) => boolean): Promise<readonly JobStatus[]> {
  const {jobs, now} = await withoutKilled(mem, first);
  const statuses: JobStatus[] = [];
  for (const look of jobs) {
    const {job, dueSince} = look;
    const holder = mem.locks.holder(lockOfJob(job.name));
    const isRunning = holder?.job === job.name;
    const {state} = look;
    const hasEntry = isInstalled(look);
    // A wake-up that tried the slot, or found another run at work, came.
    const wokeUp = holder !== undefined || (state.attempt?.slot ?? 0) >= (look.slots.previous ?? 0);
    // A machine that was off is not a scheduler that is dead: after a start it gets the same time.
    const waitedMs = dueSince === undefined ? 0 : Math.min(now - dueSince, mem.upMs());
    const isOverdue = hasEntry && !wokeUp && waitedMs > graceMs(job);
    const condition = conditionOf(state, {isRunning, isOverdue, isDue: dueSince !== undefined, now});
    const next = await nextOf(mem, look, now);
    statuses.push({job, state, condition, holder: isRunning ? holder : undefined, dueSince, next, isInstalled: hasEntry});
  }
  return statuses;
}

/**
 * The same look, or a second one where a job began and nobody has its lock: it was killed, or it ended between the look at the states and
 * that at the locks. It says how it ended before it gives its lock back, so that a second look tells. What was killed is written down, where
 * that is possible.
 */
async function withoutKilled(mem: Mem, first: JobsLook): Promise<JobsLook> {
  const isOpen = ({job, state}: JobLook) => state.attempt?.phase === 'running' && mem.locks.holder(lockOfJob(job.name))?.job !== job.name;
  if (!first.jobs.some(isOpen)) return first;
  for (const {job} of first.jobs.filter(isOpen)) await settleKilled(mem, job.name);
  const second = await lookAtJobs(mem, LOOK);
  const begunAt = new Map(first.jobs.map(({job, state}) => [job.name, state.attempt?.startedAt]));
  const jobs = second.jobs.map((look) => {
    const wasKilled = isOpen(look) && look.state.attempt?.startedAt === begunAt.get(look.job.name);
    return wasKilled ? {...look, state: foundKilled(look.state)} : look;
  });
  return {...second, jobs};
}

/** If another process holds the lock, that process writes the state. */
async function settleKilled(mem: Mem, name: JobName): Promise<void> {
  try {
    const taken = mem.locks.acquire(lockOfJob(name), {trigger: 'hand'});
    if (taken.kind === 'busy') return;
    try {
      await noteKilled(mem, taken.dead);
      // Its lock was taken by another run since, which could not write it down.
      await noteKilledJob(mem, name, undefined);
    } finally {
      taken.release();
    }
  } catch (error) {
    // A home that cannot be written to is shown all the same.
    if (!(error instanceof MemError)) throw error;
  }
}

interface Signs {
  readonly isRunning: boolean;
  readonly isOverdue: boolean;
  readonly isDue: boolean;
  readonly now: EpochMs;
}

function conditionOf(state: JobState, {isRunning, isOverdue, isDue, now}: Signs): JobCondition {
  if (isRunning) return 'running';
  if (isPaused(state, now)) return 'paused';
  if (isOverdue) return 'overdue';
  if (state.lastRun?.result === 'error') return 'failed';
  return isDue ? 'due' : 'idle';
}

async function nextOf(mem: Mem, {job, state, slots}: JobLook, now: EpochMs): Promise<EpochMs | undefined> {
  if (!isPaused(state, now)) return slots.next;
  const until = state.paused?.until;
  if (until === undefined) return undefined;
  return (await mem.cronSlots()).next(job.cron, job.timeZone, instant(until - 1));
}
