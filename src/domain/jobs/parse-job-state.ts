import {type ErrorCode, isErrorCode} from '../../errors.js';
import type {EpochMs} from '../event/event.js';
import {Fields} from '../stored/fields.js';
import {SCHEDULERS} from './job.js';
import {
  type Attempt,
  followClock,
  type JobRun,
  type JobState,
  type KnownSlots,
  NEW_JOB,
  type RunCounts,
  SKIP_REASONS,
  type Skip,
} from './job-state.js';

const TRIGGERS = ['hand', ...SCHEDULERS] as const;
const RESULTS = ['success', 'error', 'stopped'] as const;
const PHASES = ['running', 'again', 'unripe'] as const;

/** What the store has of a job; a job that never ran where it has nothing. @throws UnknownShape */
export function parseJobState(stored: unknown, now: EpochMs): JobState {
  if (stored === undefined) return NEW_JOB;
  const state = new Fields('state of a job', stored);
  return followClock(
    {
      v: 1,
      ...instantIn(state, 'lastSlot'),
      ...instantIn(state, 'baseline'),
      ...instantIn(state, 'installedAt'),
      ...(state.has('attempt') && {attempt: attemptIn(state.inner('attempt'))}),
      ...(state.has('lastRun') && {lastRun: runIn(state.inner('lastRun'))}),
      ...(state.has('lastSkip') && {lastSkip: skipIn(state.inner('lastSkip'))}),
      runCount: state.number('runCount'),
      errorCount: state.number('errorCount'),
      skipCount: state.number('skipCount'),
      ...(state.has('paused') && {paused: pauseIn(state.inner('paused'))}),
      ...(state.has('known') && {known: slotsIn(state.inner('known'))}),
    },
    now,
  );
}

function instantIn<Name extends string>(fields: Fields, name: Name): {readonly [N in Name]?: EpochMs} {
  const found: {[N in Name]?: EpochMs} = {};
  if (fields.has(name)) found[name] = fields.instant(name);
  return found;
}

function attemptIn(fields: Fields): Attempt {
  return {
    slot: fields.instant('slot'),
    tries: fields.number('tries'),
    startedAt: fields.instant('startedAt'),
    trigger: fields.oneOf('trigger', TRIGGERS),
    phase: fields.oneOf('phase', PHASES),
  };
}

function runIn(fields: Fields): JobRun {
  return {
    startedAt: fields.instant('startedAt'),
    endedAt: fields.instant('endedAt'),
    trigger: fields.oneOf('trigger', TRIGGERS),
    result: fields.oneOf('result', RESULTS),
    ...(fields.has('isTimeUp') && {isTimeUp: fields.flag('isTimeUp')}),
    counts: countsIn(fields.inner('counts')),
    ...(fields.has('error') && {error: errorIn(fields.inner('error'))}),
  };
}

function countsIn(fields: Fields): RunCounts {
  return Object.fromEntries(fields.names().map((name) => [name, fields.number(name)]));
}

/** A code that this mem does not know counts as a bug. */
function errorIn(fields: Fields): {readonly code: ErrorCode; readonly message: string} {
  const code = fields.text('code');
  return {code: isErrorCode(code) ? code : 'BUG', message: fields.text('message')};
}

function skipIn(fields: Fields): Skip {
  return {at: fields.instant('at'), reason: fields.oneOf('reason', SKIP_REASONS)};
}

function pauseIn(fields: Fields): NonNullable<JobState['paused']> {
  return {since: fields.instant('since'), ...instantIn(fields, 'until')};
}

function slotsIn(fields: Fields): KnownSlots {
  return {
    cron: fields.text('cron'),
    timeZone: fields.text('timeZone'),
    previous: fields.has('previous') ? fields.instant('previous') : undefined,
    next: fields.has('next') ? fields.instant('next') : undefined,
  };
}
