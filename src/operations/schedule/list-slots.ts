import type {EpochMs} from '../../domain/event/event.js';
import type {Job, JobName} from '../../domain/jobs/job.js';
import {isPaused} from '../../domain/jobs/job-state.js';
import {type Mem, READER_DRAIN_MS, READER_PATIENCE_MS} from '../mem.js';
import {lookAtJobs} from './look-at-jobs.js';

/** A slot to come. */
export interface ComingSlot {
  readonly job: Job;
  readonly at: EpochMs;
  /** The job will pass it over, as it stands now. */
  readonly isPaused: boolean;
}

/** The next slots of jobs, job by job. @param name undefined: of all @throws MemError NO_STORE, STORE_BUSY, CONFIG_INVALID */
export async function listSlots(
  mem: Mem,
  name: JobName | undefined,
  limit: number,
): Promise<{readonly timeZone: string; readonly slots: readonly ComingSlot[]}> {
  const {now, timeZone, jobs} = await lookAtJobs(mem, {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS});
  const cronSlots = await mem.cronSlots();
  const slots: ComingSlot[] = [];
  for (const {job, state} of jobs) {
    if (name !== undefined && job.name !== name) continue;
    let at = cronSlots.next(job.cron, job.timeZone, now);
    for (let count = 0; count < limit && at !== undefined; count++) {
      slots.push({job, at, isPaused: isPaused(state, at)});
      at = cronSlots.next(job.cron, job.timeZone, at);
    }
  }
  return {timeZone, slots};
}
