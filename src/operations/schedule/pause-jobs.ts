import type {EpochMs} from '../../domain/event/event.js';
import {JOB_NAMES, type JobName} from '../../domain/jobs/job.js';
import {isPaused, pausedFrom, resumed} from '../../domain/jobs/job-state.js';
import {Calendar} from '../../domain/time/period.js';
import {readToday} from '../access/read-today.js';
import type {Mem} from '../mem.js';
import {endOfPause} from './pause-end.js';
import {updateJobStates} from './update-job-states.js';

/** A job that was paused or resumed, or was so already. */
export interface PauseChange {
  readonly name: JobName;
  readonly isPaused: boolean;
  readonly until: EpochMs | undefined;
  readonly isChanged: boolean;
}

export interface PauseReport {
  readonly timeZone: string;
  readonly changes: readonly PauseChange[];
}

/**
 * Has jobs pass their slots over until they are resumed. It is kept in the store: it survives a new installation and a restart.
 * @param name undefined: all of them
 * @param until as `endOfPause` takes it
 * @throws MemError NO_STORE; USAGE for an end that is no time, or has passed
 */
export async function pauseJobs(mem: Mem, name: JobName | undefined, until: string | undefined): Promise<PauseReport> {
  const {timeZone, today} = await readToday(mem);
  const now = mem.clock();
  const end = until === undefined ? undefined : endOfPause(until, {calendar: new Calendar(timeZone), today, now});
  const changes = new Map<JobName, PauseChange>();
  await updateJobStates(
    mem,
    wanted(name).map((jobName) => ({
      name: jobName,
      change: (state) => {
        const isSame = isPaused(state, now) && state.paused?.until === end;
        changes.set(jobName, {name: jobName, isPaused: true, until: end, isChanged: !isSame});
        return isSame ? state : pausedFrom(state, now, end);
      },
    })),
  );
  return {timeZone, changes: [...changes.values()]};
}

/** Has jobs run again from their next slot on. @param name undefined: all of them @throws MemError NO_STORE */
export async function resumeJobs(mem: Mem, name: JobName | undefined): Promise<PauseReport> {
  const {timeZone} = await readToday(mem);
  const now = mem.clock();
  const changes = new Map<JobName, PauseChange>();
  await updateJobStates(
    mem,
    wanted(name).map((jobName) => ({
      name: jobName,
      change: (state) => {
        changes.set(jobName, {name: jobName, isPaused: false, until: undefined, isChanged: isPaused(state, now)});
        return resumed(state, now);
      },
    })),
  );
  return {timeZone, changes: [...changes.values()]};
}

function wanted(name: JobName | undefined): readonly JobName[] {
  return name === undefined ? JOB_NAMES : [name];
}
