import type {EpochMs} from '../../domain/event/event.js';
import type {JobName} from '../../domain/jobs/job.js';
import type {JobState} from '../../domain/jobs/job-state.js';
import {parseJobState} from '../../domain/jobs/parse-job-state.js';
import {MemError} from '../../errors.js';
import type {JobStateUpdate} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** What is to become of a job's state; the same object where nothing is. It may be called more than once: the last call counts. */
export interface JobStateChange {
  readonly name: JobName;
  readonly change: (state: JobState) => JobState;
}

/**
 * Changes the states of jobs; no other process comes in between.
 * @throws MemError NO_STORE, STORE_BUSY
 */
export async function updateJobStates(
  mem: Pick<Mem, 'store' | 'clock'>,
  wanted: readonly JobStateChange[],
  {sync} = {sync: true},
): Promise<void> {
  const now = mem.clock();
  const updates = new Map(wanted.map(({name, change}) => [name, updateOf(change, now)]));
  await mem.store.use(JOB_PATIENCE_MS, (store) => store.updateJobStates(updates, now, {sync}));
}

function updateOf(change: JobStateChange['change'], now: EpochMs): JobStateUpdate {
  return (stored) => {
    const before = parseJobState(stored, now);
    const state = change(before);
    return state === before ? stored : state;
  };
}

/** The same for what nobody misses: where the store cannot be had it is left. */
export async function noteJobStates(mem: Pick<Mem, 'store' | 'clock'>, wanted: readonly JobStateChange[]): Promise<void> {
  try {
    await updateJobStates(mem, wanted, {sync: false});
  } catch (error) {
    if (!isStoreBusy(error)) throw error;
  }
}

export function isStoreBusy(error: unknown): boolean {
  return error instanceof MemError && error.code === 'STORE_BUSY';
}
