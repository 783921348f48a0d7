import type {EpochMs} from '../../domain/event/event.js';
import {handledUpTo, isKnown, judge, ripeUpTo} from '../../domain/jobs/due.js';
import {JOB_NAMES, type Job, type JobName} from '../../domain/jobs/job.js';
import type {JobLook, JobsLook} from '../../domain/jobs/job-look.js';
import type {JobState, KnownSlots} from '../../domain/jobs/job-state.js';
import {parseJobState} from '../../domain/jobs/parse-job-state.js';
import {Calendar} from '../../domain/time/period.js';
import type {StoreHeader} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import type {Mem} from '../mem.js';
import {checkCron} from './check-jobs.js';

export interface LookOptions {
  /** How long a busy store is waited for. */
  readonly patienceMs: number;
  readonly drainMs: number;
  /** A job that runs even when it is not due. */
  readonly isNow?: JobName | undefined;
}

/** The jobs as they are set, in a store's zone where they have none of their own. */
export function jobsIn({jobs}: Pick<Mem, 'jobs'>, timeZone: string): readonly Job[] {
  return jobs.map((job) => ({...job, timeZone: job.timeZone ?? timeZone}));
}

/**
 * Opens the store once, drains into it, and reads what is due. Slots are worked out only where the store does not remember those of now.
 * @throws MemError NO_STORE, STORE_BUSY, CONFIG_INVALID for a cron expression that is invalid
 */
export async function lookAtJobs(mem: Mem, options: LookOptions): Promise<JobsLook> {
  const {header, states, now} = await withDrainedStore(mem, options, async (store) => {
    const at = mem.clock();
    const stored = await store.jobStates(JOB_NAMES);
    const read = new Map(JOB_NAMES.map((name, n): [JobName, JobState] => [name, parseJobState(stored[n], at)]));
    return {header: store.header, states: read, now: at};
  });
  const jobs: JobLook[] = [];
  for (const job of jobsIn(mem, header.timeZone)) {
    const state = states.get(job.name) ?? parseJobState(undefined, now);
    jobs.push(await lookAt(mem, job, state, {header, now, isNow: options.isNow === job.name}));
  }
  return {now, timeZone: header.timeZone, createdAt: header.createdAt, jobs};
}

async function lookAt(
  mem: Mem,
  job: Job,
  state: JobState,
  {header, now, isNow}: {header: StoreHeader; now: EpochMs; isNow: boolean},
): Promise<JobLook> {
  const slots = await slotsAround(mem, job, state.known, now);
  const {previous} = slots;
  // To work it out may load the rules of a zone: a wake-up that finds nothing due does without.
  const ripe = () => ripeSlot(mem, job, previous, header.timeZone, now);
  const ripeOfUnripe = state.attempt?.phase === 'unripe' ? await ripe() : undefined;
  const verdict = judge(state, {previous, ripe: ripeOfUnripe}, header.createdAt, now);
  if (verdict.kind !== 'due') return {job, state, slots, ripe: isNow ? await ripe() : ripeOfUnripe, verdict, dueSince: undefined};
  const dueSince = await slotAfter(mem, job, state, handledUpTo(state, header.createdAt, now));
  return {job, state, slots, ripe: ripeOfUnripe ?? (await ripe()), verdict, dueSince};
}

async function slotAfter(mem: Mem, {cron, timeZone}: Job, {known}: JobState, at: EpochMs): Promise<EpochMs | undefined> {
  if (known?.cron === cron && known.timeZone === timeZone && known.next !== undefined && (known.previous ?? 0) <= at && at < known.next)
    return known.next;
  return (await mem.cronSlots()).next(cron, timeZone, at);
}

async function slotsAround(mem: Mem, job: Job, known: KnownSlots | undefined, now: EpochMs): Promise<KnownSlots> {
  if (isKnown(known, job, now)) return known;
  const {cron, timeZone} = job;
  const cronSlots = await mem.cronSlots();
  checkCron(cronSlots, job);
  return {cron, timeZone, previous: cronSlots.previous(cron, timeZone, now), next: cronSlots.next(cron, timeZone, now)};
}

async function ripeSlot(mem: Mem, job: Job, previous: EpochMs | undefined, timeZone: string, now: EpochMs): Promise<EpochMs | undefined> {
  if (previous === undefined) return undefined;
  const upTo = ripeUpTo(job, new Calendar(timeZone), mem.minAgeMs, now);
  return previous <= upTo ? previous : (await mem.cronSlots()).previous(job.cron, job.timeZone, upTo);
}
