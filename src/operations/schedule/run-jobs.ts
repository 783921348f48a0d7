import {JOB_NAMES} from '../../domain/jobs/job.js';
import {afterEvent, isUnderLock, startWakeUp} from '../../domain/jobs/wake-up.js';
import type {WakeUpRequest} from '../../domain/jobs/wake-up-choice.js';
import {MemError} from '../../errors.js';
import type {Mem} from '../mem.js';
import type {JobOutcome} from './job-outcome.js';
import {type StepOptions, WakeUpSteps} from './wake-up-steps.js';

/** A wake-up: what it asks for, and how. */
export interface RunJobsOptions extends WakeUpRequest, StepOptions {}

/**
 * What every entry of a scheduler calls: runs what was asked for if a slot of it is due, then whatever else is due. It ends when nothing
 * is due any more, so that what was skipped because of it is done by it. When `signal` aborts, the run in hand ends well and nothing more
 * is begun. A scheduler's wake-up is quiet where there is no store yet, and where the store is busy.
 * @throws MemError by hand NO_STORE, LOCK_BUSY and STORE_BUSY; CONFIG_INVALID, STORE_DAMAGED, NOT_WRITTEN
 */
export async function* runJobs(mem: Mem, options: RunJobsOptions): AsyncGenerator<JobOutcome> {
  if (options.trigger === 'hand' && options.which === 'import' && !mem.jobs.some(({name}) => name === 'import')) {
    throw new MemError('USAGE', 'no agent is connected, so there is nothing to import', {hint: 'connect one: mem connect'});
  }
  if (options.which === 'retention' && options.trigger === 'hand' && mem.toolResultsAge === undefined) {
    throw new MemError('USAGE', 'retention.tool_results is off, so there is nothing to empty', {
      hint: 'set an age, e.g.: mem config set retention.tool_results 1y',
    });
  }
  if (options.which === 'sync' && options.trigger === 'hand' && mem.syncTargets.length === 0) {
    throw new MemError('USAGE', 'sync.peers is empty, so there is nobody to sync with', {
      hint: `set them, e.g.: mem config set sync.peers '["ssh://desk"]'`,
    });
  }
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

/** Performs one step after the other. What comes next is decided in `domain/jobs/wake-up.ts`. */
async function* wakeUp(mem: Mem, options: RunJobsOptions): AsyncGenerator<JobOutcome> {
  const steps = new WakeUpSteps(mem, options);
  try {
    for (let state = startWakeUp(options); state.step.kind !== 'done'; ) {
      const isStopped = options.signal.aborted && !isUnderLock(state.step);
      const {event, outcome} = isStopped ? {event: {kind: 'stopped'} as const} : await steps.perform(state.step);
      if (outcome) yield outcome;
      state = afterEvent(state, event);
    }
  } finally {
    await steps.releaseLock();
  }
}
