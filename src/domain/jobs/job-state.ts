import type {ErrorCode} from '../../errors.js';
import type {EpochMs} from '../event/event.js';
import {DAY_MS} from '../time/durations.js';
import {instant} from '../time/instant.js';
import type {Trigger} from './job.js';

/** A slot is tried so often before the next one is waited for. */
export const MAX_TRIES = 3;

/** What came of a run, by name: `made`, `failed`, … of a rollup, `versions_removed`, … of a compaction. */
export type RunCounts = Readonly<Record<string, number>>;

/** A run that took the lock. */
export interface JobRun {
  /** Behind the jitter. */
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly trigger: Trigger;
  /** Stopped: by a signal. */
  readonly result: 'success' | 'error' | 'stopped';
  /** It was ended by its time limit; a success where it had come forward. */
  readonly isTimeUp?: boolean;
  readonly counts: RunCounts;
  readonly error?: {readonly code: ErrorCode; readonly message: string};
}

export const SKIP_REASONS = ['overlap', 'paused', 'store-busy'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface Skip {
  readonly at: EpochMs;
  readonly reason: SkipReason;
}

/**
 * What was tried for the newest slot that was due. It is written when a run begins, so that one that is killed each time is not begun
 * without end.
 */
export interface Attempt {
  readonly slot: EpochMs;
  readonly tries: number;
  readonly startedAt: EpochMs;
  readonly trigger: Trigger;
  /**
   * `running`: begun, and perhaps killed. `again`: the slot is due at the next look. `unripe`: all was done but for a period that was
   * too young.
   */
  readonly phase: 'running' | 'again' | 'unripe';
}

/** The slots around an instant, kept so that most wake-ups need not work them out. */
export interface KnownSlots {
  readonly cron: string;
  readonly timeZone: string;
  readonly previous: EpochMs | undefined;
  readonly next: EpochMs | undefined;
}

/** What the store keeps of a job. Whether it runs is no part of it: a process that was killed could not say that it does not any more. */
export interface JobState {
  readonly v: 1;
  /** Slots up to here are handled. */
  readonly lastSlot?: EpochMs | undefined;
  /** Slots up to here are none of its: since then it is installed, or resumed. */
  readonly baseline?: EpochMs | undefined;
  readonly installedAt?: EpochMs | undefined;
  readonly attempt?: Attempt | undefined;
  readonly lastRun?: JobRun | undefined;
  readonly lastSkip?: Skip | undefined;
  readonly runCount: number;
  readonly errorCount: number;
  readonly skipCount: number;
  /** Without `until` until it is resumed. */
  readonly paused?: {readonly since: EpochMs; readonly until?: EpochMs | undefined} | undefined;
  readonly known?: KnownSlots | undefined;
}

export const NEW_JOB: JobState = {v: 1, runCount: 0, errorCount: 0, skipCount: 0};

/** A clock that went back, by more than a day, must not leave jobs waiting until it is there again. */
export function followClock(state: JobState, now: EpochMs): JobState {
  const isAhead = (at: EpochMs | undefined): boolean => at !== undefined && at > now + DAY_MS;
  if (!isAhead(state.lastSlot) && !isAhead(state.baseline) && !isAhead(state.attempt?.slot)) return state;
  return {
    ...state,
    lastSlot: isAhead(state.lastSlot) ? now : state.lastSlot,
    baseline: isAhead(state.baseline) ? now : state.baseline,
    attempt: isAhead(state.attempt?.slot) ? undefined : state.attempt,
  };
}

function later(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/** A run begins for a slot, which need not be due where a person wants it now. */
export function begun(state: JobState, slot: EpochMs, startedAt: EpochMs, trigger: Trigger): JobState {
  const tries = state.attempt?.slot === slot ? state.attempt.tries : 0;
  return {...state, attempt: {slot, tries: tries + 1, startedAt, trigger, phase: 'running'}};
}

/**
 * The run that began has ended.
 * @param ripe the newest slot for which all was old enough when it began: it and those before it are handled by a success
 */
export function ended(state: JobState, run: JobRun, ripe: EpochMs | undefined): JobState {
  const counted = {
    ...state,
    lastRun: run,
    runCount: state.runCount + 1,
    errorCount: state.errorCount + (run.result === 'error' ? 1 : 0),
  };
  const {attempt} = state;
  if (attempt === undefined) return counted;
  const {slot, tries} = attempt;
  switch (run.result) {
    case 'success': {
      if (run.isTimeUp) return {...counted, attempt: {...attempt, tries: 0, phase: 'again'}};
      const isRipe = ripe !== undefined && ripe >= slot;
      return {...counted, lastSlot: later(state.lastSlot, ripe), attempt: isRipe ? undefined : {...attempt, tries: 0, phase: 'unripe'}};
    }
    case 'stopped':
      return {...counted, attempt: {...attempt, tries: tries - 1, phase: 'again'}};
    case 'error':
      if (tries < MAX_TRIES) return {...counted, attempt: {...attempt, phase: 'again'}};
      return {...counted, lastSlot: later(state.lastSlot, slot), attempt: undefined};
  }
}

/**
 * A run that began and never ended was killed: an error. The caller holds the lock of the job, so the run cannot go on still.
 * @param lastSign when it was last known to run; without it nobody knows how long it ran
 */
export function foundKilled(state: JobState, lastSign?: EpochMs): JobState {
  const {attempt} = state;
  if (attempt?.phase !== 'running') return state;
  const {startedAt, trigger} = attempt;
  const error = {code: 'KILLED', message: 'the run was killed, or the machine went down'} as const;
  const endedAt = later(startedAt, lastSign) ?? startedAt;
  return ended(state, {startedAt, endedAt, trigger, result: 'error', counts: {}, error}, undefined);
}

/** A wake-up came to nothing. The last run stays what it was. */
export function skipped(state: JobState, skip: Skip): JobState {
  return {...state, lastSkip: skip, skipCount: state.skipCount + 1};
}

/** A run that could not go on, through no fault of its own: it is no try, and its slot is due as before. */
export function gaveWay(state: JobState, skip: Skip): JobState {
  const {attempt} = state;
  return skipped({...state, attempt: attempt && {...attempt, tries: attempt.tries - 1, phase: 'again'}}, skip);
}

/** While a job is paused its slots are handled by doing nothing: no burst when it is resumed. */
export function passedWhilePaused(state: JobState, slot: EpochMs, at: EpochMs): JobState {
  return skipped({...state, lastSlot: later(state.lastSlot, slot), attempt: undefined}, {at, reason: 'paused'});
}

export function isPaused({paused}: JobState, now: EpochMs): boolean {
  return paused !== undefined && (paused.until === undefined || now < paused.until);
}

/** Pauses a job, or changes until when; slots that were due before wait for it to be resumed and are then none of its. */
export function pausedFrom(state: JobState, since: EpochMs, until: EpochMs | undefined): JobState {
  return {...state, paused: {since: isPaused(state, since) ? (state.paused?.since ?? since) : since, until}};
}

/** Resumes a job: what fell while it was paused is past. One that was not paused stays as it is. */
export function resumed(state: JobState, now: EpochMs): JobState {
  if (state.paused === undefined) return state;
  const {until} = state.paused;
  const end = until !== undefined && until <= now ? instant(until - 1) : now;
  return {...state, paused: undefined, attempt: undefined, baseline: later(state.baseline, end)};
}

/** Its entry is with the scheduler. A fresh one does not run what fell before; history and pauses stay. */
export function installed(state: JobState, now: EpochMs): JobState {
  if (state.installedAt !== undefined) return state;
  return {...state, installedAt: now, baseline: later(state.baseline, now), attempt: undefined};
}

export function uninstalled(state: JobState): JobState {
  if (state.installedAt === undefined) return state;
  return {...state, installedAt: undefined};
}
