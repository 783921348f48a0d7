import type {EpochMs} from '../../domain/event/event.js';
import {isKnown, slotOfThisMinute} from '../../domain/jobs/due.js';
import {JOB_NAMES, type JobName} from '../../domain/jobs/job.js';
import {isPaused, passedWhilePaused} from '../../domain/jobs/job-state.js';
import {MemError} from '../../errors.js';
import {JOB_PATIENCE_MS, type Mem, READER_DRAIN_MS} from '../mem.js';
import {type JobLook, type JobsLook, lookAtJobs} from './look-at-jobs.js';
import {type JobOutcome, type RunJobOptions, runJob} from './run-job.js';
import {noteJobStates} from './update-job-states.js';
import {waitUntil} from './wait-until.js';

/** A wake-up: what it asks for, and how. */
export interface RunJobsOptions extends Omit<RunJobOptions, 'isAsked'> {
  /** One job; all that are due; or all whose own wake-up has not come when it should have. */
  readonly which: JobName | 'due' | 'missed';
  /** A random part of it is waited for before anything is begun, where what is asked for is due; 0 for none. */
  readonly jitterMs: number;
  /** Which part: from 0 up to, not including, 1. */
  readonly random: number;
}

/** What a wake-up drains before it looks; a run drains the rest. */
const LOOK = {patienceMs: JOB_PATIENCE_MS, drainMs: READER_DRAIN_MS};
/** An expression that falls each second must not keep one process alive for ever. */
const MAX_RUNS = 3 * JOB_NAMES.length;
const MISSED_MS = 30 * 60_000;

/**
 * What every entry of a scheduler calls: runs what was asked for if a slot of it is due, then whatever else is due. It ends when nothing
 * is due any more, so that what was skipped because of it is done by it. When `signal` aborts, the run in hand ends well and nothing more
 * is begun. A scheduler's wake-up is quiet where there is no store yet, and where the store cannot be had.
 * @throws MemError by hand NO_STORE, LOCK_BUSY and STORE_BUSY; CONFIG_INVALID, STORE_DAMAGED, NOT_WRITTEN
 */
export async function* runJobs(mem: Mem, options: RunJobsOptions): AsyncGenerator<JobOutcome> {
  try {
    yield* wakeUp(mem, options);
  } catch (error) {
    if (!(error instanceof MemError) || options.trigger === 'hand') throw error;
    if (error.code === 'NO_STORE') return;
    if (error.code !== 'STORE_BUSY') throw error;
    const job = JOB_NAMES.find((name) => name === options.which);
    yield {kind: 'skipped', job, at: mem.clock(), reason: 'store-busy'};
  }
}

async function* wakeUp(mem: Mem, options: RunJobsOptions): AsyncGenerator<JobOutcome> {
  const begun = new Map<JobName, EpochMs>();
  const arrived = await lookAtJobs(mem, LOOK);
  const onTime = await afterSeconds(mem, arrived, options);
  let look = await afterJitter(mem, onTime, options);
  if (options.signal.aborted) return;
  const own = look.jobs.find(({job}) => job.name === options.which);
  if (own?.verdict.kind === 'not-due' && !options.isNow) {
    yield {kind: 'skipped', job: own.job.name, at: look.now, reason: 'not-due', next: own.next, timeZone: look.header.timeZone};
  }
  for (let runs = 0; runs < MAX_RUNS && !options.signal.aborted; runs++) {
    const next = findNext(look, options, begun);
    if (next === undefined) break;
    const {job, previous, verdict} = next.look;
    begun.set(job.name, previous ?? look.now);
    if (verdict.kind === 'paused' && !next.isNow) {
      const at = look.now;
      await noteJobStates(mem, [{name: job.name, change: (state) => passedWhilePaused(state, verdict.slot, at)}]);
      yield {kind: 'skipped', job: job.name, at, reason: 'paused'};
    } else {
      yield* runJob(mem, next.look, look, {...options, isAsked: next.isAsked, isNow: next.isNow});
    }
    look = await lookAtJobs(mem, LOOK);
  }
  await rememberSlots(mem, look);
}

/** cron and launchd wake mem up at whole minutes: the job whose slot is in this one is waited for. What is due by then waits with it. */
async function afterSeconds(mem: Mem, look: JobsLook, options: RunJobsOptions): Promise<JobsLook> {
  const {which, trigger, isNow, signal} = options;
  // systemd knows seconds, and whoever looks for what was missed waits for nothing.
  if (isNow || which === 'missed' || trigger === 'hand' || trigger === 'systemd') return look;
  const slots = look.jobs
    .filter(({job, state}) => (which === 'due' || which === job.name) && !isPaused(state, look.now))
    .map(({next}) => slotOfThisMinute(next, look.now) ?? 0);
  const last = Math.max(0, ...slots);
  if (last === 0) return look;
  await waitUntil(mem.clock, last - look.now, signal);
  return signal.aborted ? look : lookAtJobs(mem, LOOK);
}

async function afterJitter(mem: Mem, look: JobsLook, options: RunJobsOptions): Promise<JobsLook> {
  const delayMs = options.random * jitterOf(look, options);
  if (delayMs === 0 || options.signal.aborted) return look;
  await waitUntil(mem.clock, delayMs, options.signal);
  // A run by hand may have come first.
  return options.signal.aborted ? look : lookAtJobs(mem, LOOK);
}

/** How long to wait at most: for one entry that stands for all jobs, no longer than those wait that are due. */
function jitterOf({jobs, now}: JobsLook, options: RunJobsOptions): number {
  if (options.isNow) return 0;
  const due = jobs.filter((look) => look.verdict.kind === 'due' && isAskedFor(look, options, now)).map(({job}) => job);
  if (due.length === 0) return 0;
  const isOne = options.which !== 'due' && options.which !== 'missed';
  return isOne ? options.jitterMs : Math.min(options.jitterMs, Math.max(...due.map(({jitterMs}) => jitterMs)));
}

/** So that the next wake-ups need not work out slots that stay the same for months. */
async function rememberSlots(mem: Mem, {jobs, now}: JobsLook): Promise<void> {
  const forgotten = jobs.filter(({state, job, verdict}) => verdict.kind !== 'due' && !isKnown(state.known, job, now));
  if (forgotten.length === 0) return;
  await noteJobStates(
    mem,
    forgotten.map(({job, previous, next}) => ({
      name: job.name,
      change: (state) => ({...state, known: {cron: job.cron, timeZone: job.timeZone, previous, next}}),
    })),
  );
}

interface NextJob {
  readonly look: JobLook;
  readonly isAsked: boolean;
  readonly isNow: boolean;
}

/** What is to be done next: what was asked for before what is due as well, each once for a slot. */
function findNext({jobs, now}: JobsLook, options: RunJobsOptions, begun: ReadonlyMap<JobName, EpochMs>): NextJob | undefined {
  const asked = jobs.find((look) => options.isNow && look.job.name === options.which && !begun.has(look.job.name));
  if (asked) return {look: asked, isAsked: true, isNow: true};
  const open = jobs.filter(({job, previous}) => (previous ?? 0) > (begun.get(job.name) ?? 0));
  for (const isAsked of [true, false]) {
    const look = open.find((one) => (isAsked ? isAskedFor(one, options, now) : isLeftToUs(one, now)));
    if (look) return {look, isAsked, isNow: false};
  }
  return undefined;
}

function isAskedFor({job, verdict, dueSince}: JobLook, {which}: RunJobsOptions, now: EpochMs): boolean {
  if (verdict.kind === 'not-due') return false;
  if (which === 'missed') return now - (dueSince ?? verdict.slot) > Math.max(2 * job.jitterMs, MISSED_MS);
  return which === 'due' || which === job.name;
}

/** Due, and not about to be run by a process of its own: that one may wait for its jitter still, unless it came and was skipped. */
function isLeftToUs({job, state: {lastSkip}, verdict, dueSince}: JobLook, now: EpochMs): boolean {
  if (verdict.kind !== 'due') return false;
  const wasSkipped = lastSkip !== undefined && lastSkip.reason !== 'paused' && lastSkip.at >= verdict.slot;
  return wasSkipped || now - (dueSince ?? verdict.slot) > job.jitterMs;
}
