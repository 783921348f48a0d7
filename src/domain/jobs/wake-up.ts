import type {EpochMs} from '../event/event.js';
import {JOB_NAMES, type JobName} from './job.js';
import {type JobLook, type JobsLook, unknownSlots} from './job-look.js';
import type {JobRun} from './job-state.js';
import {type ChosenJob, findNext, longestJitterMs, type WakeUpRequest, waitForSecondMs} from './wake-up-choice.js';

/** What is to be done next. Each step but `done` is answered by one event. */
export type WakeUpStep =
  /** Opens the store, drains into it and reads the jobs. `before`: what it is for. */
  | {readonly kind: 'look'; readonly before: 'second' | 'jitter' | 'what-was-asked' | 'what-else-is-due'}
  | {readonly kind: 'wait'; readonly ms: number; readonly before: 'jitter' | 'what-was-asked'}
  /** Says that a job does not run. Nothing is written. */
  | {readonly kind: 'skip'; readonly chosen: ChosenJob; readonly reason: 'not-due' | 'overlap'; readonly at: EpochMs}
  /** Writes that a paused job passes its slot over. */
  | {readonly kind: 'pass-over'; readonly chosen: ChosenJob; readonly slot: EpochMs}
  | {readonly kind: 'take-lock'; readonly chosen: ChosenJob; readonly notedAt: EpochMs | undefined}
  /** Writes that a job found its lock taken. */
  | {readonly kind: 'note-overlap'; readonly chosen: ChosenJob}
  /** Tells a person who holds the lock. */
  | {readonly kind: 'refuse'; readonly chosen: ChosenJob}
  /** Writes that the run begins, where the job is due still. */
  | {readonly kind: 'begin'; readonly chosen: ChosenJob}
  | {readonly kind: 'work'; readonly chosen: ChosenJob; readonly startedAt: EpochMs}
  /** Writes how the run ended. `bug` is thrown after that. */
  | {readonly kind: 'end'; readonly chosen: ChosenJob; readonly run: JobRun; readonly bug: unknown}
  /** Writes that the run could not go on because the store was busy. */
  | {readonly kind: 'give-way'; readonly chosen: ChosenJob}
  | {readonly kind: 'release'}
  /** Writes slots that stay the same for long. */
  | {readonly kind: 'remember'; readonly looks: readonly JobLook[]}
  | {readonly kind: 'done'};

/** What came of a step. */
export type WakeUpEvent =
  | {readonly kind: 'looked'; readonly look: JobsLook}
  | {readonly kind: 'waited'}
  /** A signal came before a step for which no lock is held. */
  | {readonly kind: 'stopped'}
  /** The step is done and has nothing to tell. */
  | {readonly kind: 'done'; readonly at: EpochMs}
  | {readonly kind: 'lock-taken'}
  | {readonly kind: 'lock-busy'}
  | {readonly kind: 'begun'; readonly at: EpochMs}
  /** Another run was faster. */
  | {readonly kind: 'not-due'}
  | {readonly kind: 'worked'; readonly run: JobRun}
  | {readonly kind: 'failed'; readonly run: JobRun; readonly bug: unknown}
  | {readonly kind: 'store-busy'};

/** Where a wake-up stands. */
export interface WakeUp {
  readonly request: WakeUpRequest;
  /** The jobs as they stood last. */
  readonly look: JobsLook | undefined;
  /** The newest slot of each job that was taken up: each is taken up once for a slot. */
  readonly tried: ReadonlyMap<JobName, EpochMs>;
  readonly triedCount: number;
  readonly step: WakeUpStep;
}

/** An expression that falls each second must not keep one process alive for ever. */
export const MAX_TRIED = 3 * JOB_NAMES.length;

export function startWakeUp(request: WakeUpRequest): WakeUp {
  return {request, look: undefined, tried: new Map(), triedCount: 0, step: {kind: 'look', before: 'second'}};
}

/**
 * The step that follows. The order: look, wait for the second, look, wait for the jitter, look; then for each job: take the lock, begin,
 * work, end, release, and look at what else is due. What need not be waited for is left out, with the look behind it.
 * @throws Error for an event that does not answer the step, which is a bug
 */
export function afterEvent(wakeUp: WakeUp, event: WakeUpEvent): WakeUp {
  const {step} = wakeUp;
  const to = (next: WakeUpStep): WakeUp => ({...wakeUp, step: next});
  if (event.kind === 'stopped' && !isUnderLock(step)) return to({kind: 'done'});
  switch (step.kind) {
    case 'look':
      if (event.kind === 'looked') return afterLook({...wakeUp, look: event.look}, event.look, step.before);
      break;
    case 'wait':
      // Another run may have come first.
      if (event.kind === 'waited') return to({kind: 'look', before: step.before});
      break;
    case 'skip':
    case 'pass-over':
      if (event.kind === 'done') return chooseNext(wakeUp);
      break;
    case 'take-lock':
      if (event.kind === 'lock-taken') return to({kind: 'begin', chosen: step.chosen});
      if (event.kind === 'lock-busy') return afterBusyLock(wakeUp, step);
      break;
    case 'note-overlap':
      // The holder looks at what else is due after it released the lock: either it sees the skip, or the lock is free now.
      if (event.kind === 'done') return to({kind: 'take-lock', chosen: step.chosen, notedAt: event.at});
      break;
    case 'begin':
      if (event.kind === 'begun') return to({kind: 'work', chosen: step.chosen, startedAt: event.at});
      if (event.kind === 'not-due') return to({kind: 'release'});
      break;
    case 'work':
    case 'end':
      if (event.kind === 'worked') return to({kind: 'end', chosen: step.chosen, run: event.run, bug: undefined});
      if (event.kind === 'failed') return to({kind: 'end', chosen: step.chosen, run: event.run, bug: event.bug});
      if (event.kind === 'store-busy') return to({kind: 'give-way', chosen: step.chosen});
      if (event.kind === 'done') return to({kind: 'release'});
      break;
    case 'give-way':
      if (event.kind === 'done') return to({kind: 'release'});
      break;
    case 'release':
      if (event.kind === 'done') return to({kind: 'look', before: 'what-else-is-due'});
      break;
    case 'remember':
      if (event.kind === 'done') return to({kind: 'done'});
      break;
    case 'refuse':
    case 'done':
      break;
  }
  throw new Error(`a wake-up at "${step.kind}" cannot go on after "${event.kind}"`);
}

/** A step that has to come before the lock is released: a signal ends the work of a run, not the run. */
export function isUnderLock({kind}: WakeUpStep): boolean {
  return kind === 'begin' || kind === 'work' || kind === 'end' || kind === 'give-way' || kind === 'release';
}

function afterLook(wakeUp: WakeUp, look: JobsLook, before: Extract<WakeUpStep, {kind: 'look'}>['before']): WakeUp {
  const {request} = wakeUp;
  if (before === 'second') {
    const ms = waitForSecondMs(look, request);
    if (ms !== undefined) return {...wakeUp, step: {kind: 'wait', ms, before: 'jitter'}};
  }
  if (before === 'second' || before === 'jitter') {
    const ms = request.random * longestJitterMs(look, request);
    if (ms > 0) return {...wakeUp, step: {kind: 'wait', ms, before: 'what-was-asked'}};
  }
  const asked = look.jobs.find(({job}) => job.name === request.which);
  if (before !== 'what-else-is-due' && asked?.verdict.kind === 'not-due' && !request.isNow) {
    return {
      ...wakeUp,
      step: {kind: 'skip', chosen: {look: asked, from: look, isAsked: true, isNow: false}, reason: 'not-due', at: look.now},
    };
  }
  return chooseNext(wakeUp);
}

function afterBusyLock(wakeUp: WakeUp, {chosen, notedAt}: Extract<WakeUpStep, {kind: 'take-lock'}>): WakeUp {
  if (!chosen.isAsked) return chooseNext(wakeUp);
  if (wakeUp.request.trigger === 'hand') return {...wakeUp, step: {kind: 'refuse', chosen}};
  if (notedAt === undefined) return {...wakeUp, step: {kind: 'note-overlap', chosen}};
  return {...wakeUp, step: {kind: 'skip', chosen, reason: 'overlap', at: notedAt}};
}

function chooseNext(wakeUp: WakeUp): WakeUp {
  const {look} = wakeUp;
  if (look === undefined) return {...wakeUp, step: {kind: 'done'}};
  const chosen = wakeUp.triedCount < MAX_TRIED ? findNext(look, wakeUp.request, wakeUp.tried) : undefined;
  if (chosen === undefined) {
    const looks = unknownSlots(look);
    return {...wakeUp, step: looks.length > 0 ? {kind: 'remember', looks} : {kind: 'done'}};
  }
  const {job, slots, verdict} = chosen.look;
  const tried = new Map(wakeUp.tried).set(job.name, slots.previous ?? look.now);
  const step: WakeUpStep =
    verdict.kind === 'paused' && !chosen.isNow
      ? {kind: 'pass-over', chosen, slot: verdict.slot}
      : {kind: 'take-lock', chosen, notedAt: undefined};
  return {...wakeUp, tried, triedCount: wakeUp.triedCount + 1, step};
}
