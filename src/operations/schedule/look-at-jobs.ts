import type {EpochMs} from '../../domain/event/event.js';
import {handledUpTo, isKnown, judge, ripeUpTo, type Slots, type Verdict} from '../../domain/jobs/due.js';
import {JOB_NAMES, type Job, type JobName} from '../../domain/jobs/job.js';
import {type JobState, type KnownSlots, parseJobState} from '../../domain/jobs/job-state.js';
import {Calendar} from '../../domain/time/period.js';
import type {StoreHeader} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import type {Mem} from '../mem.js';
import {checkCron} from './check-jobs.js';

/** A job as it stands at an instant. */
export interface JobLook {
  readonly job: Job;
  readonly state: JobState;
  readonly previous: EpochMs | undefined;
  readonly next: EpochMs | undefined;
  readonly verdict: Verdict;
  /** The first slot that nobody handled, where one is due. */
  readonly dueSince: EpochMs | undefined;
}

export interface JobsLook {
  readonly now: EpochMs;
  readonly header: StoreHeader;
  /** In the order of JOB_NAMES. */
  readonly jobs: readonly JobLook[];
}

/** The jobs as they are set, in a store's zone where they have none of their own. */
export function jobsIn({jobs}: Pick<Mem, 'jobs'>, timeZone: string): readonly Job[] {
  return jobs.map((job) => ({...job, timeZone: job.timeZone ?? timeZone}));
}

/**
 * Reads what is due. Slots are worked out only where the store does not remember those of now.
 * @throws MemError NO_STORE, STORE_BUSY, CONFIG_INVALID for a cron expression that is none
 */
export async function lookAtJobs(mem: Mem, options: {readonly patienceMs: number; readonly drainMs: number}): Promise<JobsLook> {
  const {header, states, now} = await withDrainedStore(mem, options, async (store) => {
    const at = mem.clock();
    const stored = await store.jobStates(JOB_NAMES);
    const read = new Map(JOB_NAMES.map((name, n): [JobName, JobState] => [name, parseJobState(stored[n], at)]));
    return {header: store.header, states: read, now: at};
  });
  const jobs: JobLook[] = [];
  for (const job of jobsIn(mem, header.timeZone)) {
    const state = states.get(job.name) ?? parseJobState(undefined, now);
    const {previous, next} = await slotsAround(mem, job, state.known, now);
    // Asked for only where a run left something for when it is older.
    const ripe = state.attempt?.phase === 'unripe' ? await ripeSlot(mem, job, previous, header.timeZone, now) : undefined;
    const verdict = judge(state, {previous, ripe}, header.createdAt, now);
    const dueSince = verdict.kind === 'due' ? await slotAfter(mem, job, state, handledUpTo(state, header.createdAt, now)) : undefined;
    jobs.push({job, state, previous, next, verdict, dueSince});
  }
  return {now, header, jobs};
}

async function slotAfter(mem: Mem, {cron, timeZone}: Job, {known}: JobState, at: EpochMs): Promise<EpochMs | undefined> {
  if (known?.cron === cron && known.timeZone === timeZone && known.next !== undefined && (known.previous ?? 0) <= at && at < known.next)
    return known.next;
  return (await mem.cronSlots()).next(cron, timeZone, at);
}

export async function slotsAround(mem: Mem, job: Job, known: KnownSlots | undefined, now: EpochMs): Promise<KnownSlots> {
  if (isKnown(known, job, now)) return known;
  const {cron, timeZone} = job;
  const cronSlots = await mem.cronSlots();
  checkCron(cronSlots, job);
  return {cron, timeZone, previous: cronSlots.previous(cron, timeZone, now), next: cronSlots.next(cron, timeZone, now)};
}

/** The newest slot of which every period that had ended by then is old enough now. */
export async function ripeSlot(mem: Mem, job: Job, previous: EpochMs | undefined, timeZone: string, now: EpochMs): Promise<Slots['ripe']> {
  if (previous === undefined) return undefined;
  const upTo = ripeUpTo(job, new Calendar(timeZone), mem.minAgeMs, now);
  return previous <= upTo ? previous : (await mem.cronSlots()).previous(job.cron, job.timeZone, upTo);
}
