import type {EpochMs} from '../../domain/event/event.js';
import type {JobName} from '../../domain/jobs/job.js';
import {foundKilled, type JobRun} from '../../domain/jobs/job-state.js';
import {SECOND_MS} from '../../domain/time/durations.js';
import {MemError} from '../../errors.js';
import type {LeaseHolder} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {noteJobStates} from './update-job-states.js';

type NoteMem = Pick<Mem, 'home' | 'store' | 'clock' | 'scheduler' | 'tellFailure'>;

/**
 * Writes down that a run was killed, in its job's state and in the log of runs. Its lock must be held by the caller.
 * @param dead who held the lock before
 */
export async function noteKilled(mem: NoteMem, dead: LeaseHolder | undefined): Promise<void> {
  if (dead?.job !== undefined) await noteKilledJob(mem, dead.job, dead.aliveAt);
}

/** The same for a job. @param lastSign when it was last known to run; undefined: nobody knows */
export async function noteKilledJob(mem: NoteMem, name: JobName, lastSign: EpochMs | undefined): Promise<void> {
  let killed: JobRun | undefined;
  const change = (state: Parameters<typeof foundKilled>[0]): typeof state => {
    const found = foundKilled(state, lastSign);
    killed = found === state ? undefined : found.lastRun;
    return found;
  };
  await noteJobStates(mem, [{name, change}]);
  if (killed === undefined) return;
  try {
    (await mem.scheduler()).addToLog(mem.home, lineOf(name, killed, mem.clock()));
  } catch (error) {
    // The job's state tells of it too.
    if (!(error instanceof MemError)) throw error;
  }
  if (killed.error && killed.trigger !== 'hand') await mem.tellFailure(name, killed.error);
}

function lineOf(name: JobName, {startedAt, endedAt, trigger, error}: JobRun, now: EpochMs): string {
  const at = (instant: EpochMs): string => new Date(instant).toISOString();
  const seconds = Math.floor((endedAt - startedAt) / SECOND_MS);
  return `${at(now)} ${name} was killed after about ${seconds} s (by ${trigger}, begun at ${at(startedAt)}): ${error?.message} [${error?.code}]`;
}
