import {JOB_NAMES, type JobName} from '../../domain/jobs/job.js';
import {installed, uninstalled} from '../../domain/jobs/job-state.js';
import type {Mem} from '../mem.js';
import {updateJobStates} from './update-job-states.js';

/**
 * Writes down which jobs a scheduler has entries for now; to be called when entries were written or taken away. A job that is new to it
 * does not run what fell before; what ran before and what is paused stays.
 * @throws MemError NO_STORE, STORE_BUSY
 */
export async function noteInstalled(mem: Mem, names: readonly JobName[]): Promise<void> {
  const now = mem.clock();
  await updateJobStates(
    mem,
    JOB_NAMES.map((name) => ({name, change: (state) => (names.includes(name) ? installed(state, now) : uninstalled(state))})),
  );
}
