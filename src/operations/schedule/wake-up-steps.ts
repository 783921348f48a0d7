import type {EpochMs} from '../../domain/event/event.js';
import type {JobName, Trigger} from '../../domain/jobs/job.js';
import {beginIfDue, pausedLevels, slotOfRun} from '../../domain/jobs/job-look.js';
import {ended, gaveWay, type JobRun, type JobState, passedWhilePaused, skipped} from '../../domain/jobs/job-state.js';
import type {WakeUpEvent, WakeUpStep} from '../../domain/jobs/wake-up.js';
import type {ChosenJob, WakeUpRequest} from '../../domain/jobs/wake-up-choice.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {MemError} from '../../errors.js';
import {type LockHolder, lockBusy} from '../../locks/locks.js';
import type {Lease} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem, READER_DRAIN_MS} from '../mem.js';
import type {JobOutcome} from './job-outcome.js';
import {lockOfJob, workOn} from './job-work.js';
import {lookAtJobs} from './look-at-jobs.js';
import {noteKilled} from './note-killed.js';
import {isStoreBusy, noteJobStates, updateJobStates} from './update-job-states.js';
import {waitUntil} from './wait-until.js';

export interface StepOptions extends Pick<WakeUpRequest, 'which' | 'trigger' | 'isNow'> {
  readonly signal: AbortSignal;
  /** Called with what became of each node, while a job runs. */
  readonly onOutcome: (outcome: RollupOutcome) => void;
}

/** What came of a step, and what a caller may print of it. */
interface Performed {
  readonly event: WakeUpEvent;
  readonly outcome?: JobOutcome;
}

/** A wake-up drains this much before it looks; a run drains the rest. */
const LOOK = {patienceMs: JOB_PATIENCE_MS, drainMs: READER_DRAIN_MS};

type Step<Kind extends WakeUpStep['kind']> = Extract<WakeUpStep, {kind: Kind}>;

/** Performs the steps of one wake-up. It holds the lock between `take-lock` and `release`. */
export class WakeUpSteps {
  readonly #mem: Mem;
  readonly #options: StepOptions;
  #lease: Extract<Lease, {kind: 'acquired'}> | undefined;
  /** Who held the lock when it was taken last. */
  #holder: LockHolder | undefined;

  constructor(mem: Mem, options: StepOptions) {
    this.#mem = mem;
    this.#options = options;
  }

  /** @throws MemError as `runJobs`; a bug, after the run that met it was written down */
  async perform(step: Exclude<WakeUpStep, {kind: 'done'}>): Promise<Performed> {
    switch (step.kind) {
      case 'look':
        return {event: {kind: 'looked', look: await lookAtJobs(this.#mem, {...LOOK, isNow: this.#jobOfNow()})}};
      case 'wait':
        await waitUntil(this.#mem.clock, step.ms, this.#options.signal);
        return {event: {kind: 'waited'}};
      case 'skip':
        return this.#done(this.#skipped(step.chosen, step.reason, step.at));
      case 'pass-over':
        return this.#passOver(step);
      case 'take-lock':
        return this.#takeLock(step);
      case 'note-overlap':
        return this.#noteOverlap(step);
      case 'refuse':
        throw lockBusy(lockOfJob(step.chosen.look.job.name), this.#holder);
      case 'begin':
        return this.#begin(step);
      case 'work':
        return this.#work(step);
      case 'end':
        return this.#end(step);
      case 'give-way':
        return this.#giveWay(step);
      case 'release':
        await this.releaseLock();
        return this.#done();
      case 'remember':
        return this.#remember(step);
    }
  }

  async releaseLock(): Promise<void> {
    await this.#lease?.release();
    this.#lease = undefined;
  }

  async #passOver({chosen, slot}: Step<'pass-over'>): Promise<Performed> {
    const at = chosen.from.now;
    await this.#note(chosen, (state) => passedWhilePaused(state, slot, at));
    return this.#done({kind: 'skipped', job: chosen.look.job.name, at, reason: 'paused'});
  }

  async #takeLock({chosen: {look}}: Step<'take-lock'>): Promise<Performed> {
    const {name: job, maxRunMs} = look.job;
    const taken = await this.#mem.store.lease(lockOfJob(job), {trigger: this.#options.trigger, job, ttlMs: maxRunMs});
    if (taken.kind === 'busy') {
      this.#holder = taken.holder;
      return {event: {kind: 'lock-busy'}};
    }
    this.#lease = taken;
    await noteKilled(this.#mem, taken.dead);
    return {event: {kind: 'lock-taken'}};
  }

  async #noteOverlap({chosen}: Step<'note-overlap'>): Promise<Performed> {
    const at = this.#mem.clock();
    await this.#note(chosen, (state) => skipped(state, {at, reason: 'overlap'}));
    return {event: {kind: 'done', at}};
  }

  async #begin({chosen}: Step<'begin'>): Promise<Performed> {
    const {look, from, isNow} = chosen;
    const {trigger} = this.#options;
    const at = this.#mem.clock();
    let isDue = false;
    const change = (stored: JobState): JobState => {
      const begun = beginIfDue(stored, look, from, {isNow, at, trigger});
      isDue = begun.isDue;
      return begun.state;
    };
    await updateJobStates(this.#mem, [{name: look.job.name, change}], {sync: false});
    if (!isDue) return {event: {kind: 'not-due'}, outcome: this.#skipped(chosen, 'not-due', at)};
    return {event: {kind: 'begun', at}, outcome: {kind: 'begun', job: look.job.name, at, slot: slotOfRun(look, from), trigger}};
  }

  async #work({chosen: {look, from}, startedAt}: Step<'work'>): Promise<Performed> {
    const {signal, onOutcome, trigger} = this.#options;
    try {
      const leftOut = pausedLevels(from, look.job.name, startedAt);
      const result = await workOn(this.#mem, look.job, {leftOut, signal, onOutcome, fence: this.#lease?.fence});
      return {event: {kind: 'worked', run: {startedAt, endedAt: this.#mem.clock(), trigger, ...result}}};
    } catch (error) {
      return {event: this.#failed(error, startedAt, trigger)};
    }
  }

  async #end({chosen: {look, from}, run, bug}: Step<'end'>): Promise<Performed> {
    const {name: job} = look.job;
    const change = (state: JobState) => ended(state, run, look.ripe);
    if (bug !== undefined) {
      await noteJobStates(this.#mem, [{name: job, change}]);
      if (run.error && run.trigger !== 'hand') await this.#mem.tellFailure(job, run.error);
      throw bug;
    }
    try {
      await updateJobStates(this.#mem, [{name: job, change}]);
    } catch (error) {
      return {event: this.#failed(error, run.startedAt, run.trigger)};
    }
    if (run.error && run.trigger !== 'hand') await this.#mem.tellFailure(job, run.error);
    return this.#done({kind: 'ran', job, at: run.endedAt, slot: slotOfRun(look, from), run});
  }

  #failed(error: unknown, startedAt: EpochMs, trigger: Trigger): WakeUpEvent {
    if (isStoreBusy(error)) return {kind: 'store-busy'};
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof MemError ? error.code : 'BUG';
    const run: JobRun = {startedAt, endedAt: this.#mem.clock(), trigger, result: 'error', counts: {}, error: {code, message}};
    return {kind: 'failed', run, bug: error};
  }

  async #giveWay({chosen}: Step<'give-way'>): Promise<Performed> {
    const at = this.#mem.clock();
    await this.#note(chosen, (state) => gaveWay(state, {at, reason: 'store-busy'}));
    return this.#done({kind: 'skipped', job: chosen.look.job.name, at, reason: 'store-busy'});
  }

  async #remember({looks}: Step<'remember'>): Promise<Performed> {
    await noteJobStates(
      this.#mem,
      looks.map(({job: {name}, slots}) => ({name, change: (state) => ({...state, known: slots})})),
    );
    return this.#done();
  }

  #note({look}: ChosenJob, change: (state: JobState) => JobState): Promise<void> {
    return noteJobStates(this.#mem, [{name: look.job.name, change}]);
  }

  #done(outcome?: JobOutcome): Performed {
    return {event: {kind: 'done', at: this.#mem.clock()}, ...(outcome && {outcome})};
  }

  #skipped({look: {job, slots}, from}: ChosenJob, reason: 'not-due' | 'overlap', at: EpochMs): JobOutcome {
    if (reason === 'overlap') return {kind: 'skipped', job: job.name, at, reason, holder: this.#holder};
    return {kind: 'skipped', job: job.name, at, reason, next: slots.next, timeZone: from.timeZone};
  }

  #jobOfNow(): JobName | undefined {
    const {isNow, which} = this.#options;
    return isNow && which !== 'due' && which !== 'missed' ? which : undefined;
  }
}
