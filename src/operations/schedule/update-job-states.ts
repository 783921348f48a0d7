import type {JobName} from '../../domain/jobs/job.js';
import type {JobState} from '../../domain/jobs/job-state.js';
import {MemError} from '../../errors.js';
import type {Change} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {readJobState} from './look-at-jobs.js';

/** What is to become of a job's state; the same object where nothing is. */
export interface JobStateChange {
  readonly name: JobName;
  readonly change: (state: JobState) => JobState;
}

/**
 * Reads the states of jobs and writes those that change, with the store held: no other process comes in between.
 * @throws MemError NO_STORE, STORE_BUSY
 */
export async function updateJobStates(mem: Mem, wanted: readonly JobStateChange[], {sync} = {sync: true}): Promise<void> {
  await mem.store.use(JOB_PATIENCE_MS, async (store) => {
    const changes: Change[] = [];
    for (const {name, change} of wanted) {
      const before = await readJobState(store, name, mem.clock());
      const state = change(before);
      if (state !== before) changes.push({kind: 'job-state', job: name, state});
    }
    if (changes.length > 0) await store.commit(changes, mem.clock(), {sync});
  });
}

/** The same for what nobody misses: where the store cannot be had it is left. */
export async function noteJobStates(mem: Mem, wanted: readonly JobStateChange[]): Promise<void> {
  try {
    await updateJobStates(mem, wanted, {sync: false});
  } catch (error) {
    if (!isStoreBusy(error)) throw error;
  }
}

export function isStoreBusy(error: unknown): boolean {
  return error instanceof MemError && error.code === 'STORE_BUSY';
}
