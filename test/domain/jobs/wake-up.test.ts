import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import type {JobRun} from '../../../src/domain/jobs/job-state.js';
import {afterEvent, MAX_TRIED, startWakeUp, type WakeUp, type WakeUpEvent, type WakeUpStep} from '../../../src/domain/jobs/wake-up.js';
import type {WakeUpRequest} from '../../../src/domain/jobs/wake-up-choice.js';
import {type LookFields, looksAt, NOW} from './look-builder.js';

const DONE: WakeUpEvent = {kind: 'done', at: NOW};
const RUN: JobRun = {startedAt: NOW, endedAt: NOW, trigger: 'cron', result: 'success', counts: {}};
const TAKEN: WakeUpEvent = {kind: 'lock-taken'};
const BUSY: WakeUpEvent = {kind: 'lock-busy'};
const WAITED: WakeUpEvent = {kind: 'waited'};

function looked(jobs: Parameters<typeof looksAt>[0] = {}, now = NOW): WakeUpEvent {
  return {kind: 'looked', look: looksAt(jobs, now)};
}

function after(request: Partial<WakeUpRequest>, ...events: readonly WakeUpEvent[]): WakeUp {
  const usual = {which: 'rollup-day', trigger: 'cron', isNow: false, jitterMs: 0, random: 0.5} as const;
  return events.reduce(afterEvent, startWakeUp({...usual, ...request}));
}

/** The step behind these events: its kind, its job, and what distinguishes it. */
function stepAfter(request: Partial<WakeUpRequest>, ...events: readonly WakeUpEvent[]): string {
  const {step} = after(request, ...events);
  const words: Record<string, unknown> = {...step};
  const job = 'chosen' in step ? step.chosen.look.job.name : undefined;
  return [step.kind, job, words['ms'], words['reason'], words['before']].filter((word) => word !== undefined).join(' ');
}

const DUE: LookFields = {verdict: 'due'};

test('a wake-up looks first, and says of a job that is not due that it is not', () => {
  expect(stepAfter({})).toBe('look second');
  expect(stepAfter({}, looked())).toBe('skip rollup-day not-due');
  expect(stepAfter({}, looked(), DONE)).toBe('done');
});

test('a job that is due takes its lock, begins, works, ends, releases, and looks at what else is due', () => {
  const events: readonly WakeUpEvent[] = [
    looked({'rollup-day': DUE}),
    TAKEN,
    {kind: 'begun', at: NOW},
    {kind: 'worked', run: RUN},
    DONE,
    DONE,
    looked(),
  ];
  const steps = events.map((_, count) => stepAfter({}, ...events.slice(0, count + 1)));
  expect(steps).toEqual([
    'take-lock rollup-day',
    'begin rollup-day',
    'work rollup-day',
    'end rollup-day',
    'release',
    'look what-else-is-due',
    'done',
  ]);
});

test('a slot of this minute is waited for, then the jitter, with a look behind each', () => {
  const soon = looked({'rollup-day': {next: NOW + 30_000}});
  const request = {jitterMs: 10_000};
  expect(stepAfter(request, soon)).toBe('wait 30000 jitter');
  expect(stepAfter(request, soon, WAITED)).toBe('look jitter');
  const due = looked({'rollup-day': DUE});
  expect(stepAfter(request, soon, WAITED, due)).toBe('wait 5000 what-was-asked');
  expect(stepAfter(request, soon, WAITED, due, WAITED)).toBe('look what-was-asked');
  expect(stepAfter(request, soon, WAITED, due, WAITED, due)).toBe('take-lock rollup-day');
  expect(stepAfter(request, soon, WAITED, due, WAITED, looked())).toBe('skip rollup-day not-due');
});

test.each<[string, Partial<WakeUpRequest>, LookFields]>([
  ['for systemd, which knows seconds', {trigger: 'systemd'}, {next: NOW + 30_000}],
  ['by hand', {trigger: 'hand'}, {next: NOW + 30_000}],
  ['in a search for what was missed', {which: 'missed'}, {next: NOW + 30_000}],
  ['where the slot is in another minute', {}, {next: NOW + 60_000}],
  ['where the job is paused', {}, {next: NOW + 30_000, state: {paused: {since: NOW}}}],
])('nothing waits for a second %s', (_, request, fields) => {
  expect(after(request, looked({'rollup-day': fields})).step.kind).not.toBe('wait');
});

test('one entry for all jobs waits no longer than the jitter of those that are due', () => {
  const look = looked({'rollup-day': {...DUE, jitterMs: 8_000}, compact: {jitterMs: 60_000}});
  expect(stepAfter({which: 'due', jitterMs: 20_000}, look)).toBe('wait 4000 what-was-asked');
  expect(stepAfter({which: 'due', jitterMs: 20_000}, looked())).toBe('done');
});

test('a paused job passes its slot over, and other jobs come after it', () => {
  const look = looked({'rollup-day': {verdict: 'paused'}, 'rollup-week': {...DUE, previous: NOW - 1}});
  expect(stepAfter({}, look)).toBe('pass-over rollup-day');
  expect(stepAfter({}, look, DONE)).toBe('take-lock rollup-week');
});

test('now means now: a job that is paused, or not due, runs without a wait', () => {
  const request = {isNow: true, jitterMs: 5_000};
  for (const verdict of ['paused', 'not-due', 'due'] as const) {
    expect(stepAfter(request, looked({'rollup-day': {verdict, next: NOW + 1}})), verdict).toBe('take-lock rollup-day');
  }
});

test('what was asked for comes before what is due as well', () => {
  const look = looked({'rollup-segment': DUE, 'rollup-day': DUE});
  expect(stepAfter({}, look)).toBe('take-lock rollup-day');
  expect(stepAfter({which: 'compact'}, look, DONE)).toBe('take-lock rollup-segment');
});

test('a job that is due as well is left to its own process while that one may wait for its jitter, unless it was skipped', () => {
  const fresh = {...DUE, previous: NOW - 1_000, jitterMs: 60_000};
  expect(stepAfter({}, looked({'rollup-week': fresh}), DONE)).toBe('done');
  expect(stepAfter({}, looked({'rollup-week': {...fresh, dueSince: NOW - 60_001}}), DONE)).toBe('take-lock rollup-week');
  const skippedAt = (at: number): LookFields => ({...fresh, state: {lastSkip: {at: at as EpochMs, reason: 'overlap'}}});
  expect(stepAfter({}, looked({'rollup-week': skippedAt(NOW - 1_000)}), DONE)).toBe('take-lock rollup-week');
  expect(stepAfter({}, looked({'rollup-week': skippedAt(NOW - 1_001)}), DONE)).toBe('done');
});

test('missed is what no wake-up came for within twice its jitter and half an hour', () => {
  const since = (ms: number) => looked({'rollup-day': {...DUE, dueSince: NOW - ms, jitterMs: 1_000_000}});
  expect(stepAfter({which: 'missed'}, since(2_000_001))).toBe('take-lock rollup-day');
  expect(stepAfter({which: 'missed'}, looked({'rollup-day': {...DUE, dueSince: NOW - 1_800_000, jitterMs: 1_800_000}}))).toBe('done');
});

test('a busy lock: the skip is written down, the lock is tried once more, then the job is skipped', () => {
  const due = looked({'rollup-day': DUE});
  expect(stepAfter({}, due, BUSY)).toBe('note-overlap rollup-day');
  expect(stepAfter({}, due, BUSY, DONE)).toBe('take-lock rollup-day');
  expect(stepAfter({}, due, BUSY, DONE, TAKEN)).toBe('begin rollup-day');
  expect(stepAfter({}, due, BUSY, DONE, BUSY)).toBe('skip rollup-day overlap');
  expect(stepAfter({}, due, BUSY, DONE, BUSY, DONE)).toBe('done');
});

test('a busy lock is an error by hand, and nothing at all for a job that nobody asked for', () => {
  const due = looked({'rollup-day': DUE});
  expect(stepAfter({trigger: 'hand'}, due, BUSY)).toBe('refuse rollup-day');
  expect(stepAfter({which: 'compact'}, due, DONE, BUSY)).toBe('done');
});

test('a run that came first, a busy store and a bug all end with the lock released', () => {
  const begun: readonly WakeUpEvent[] = [looked({'rollup-day': DUE}), TAKEN];
  expect(stepAfter({}, ...begun, {kind: 'not-due'})).toBe('release');
  const working: readonly WakeUpEvent[] = [...begun, {kind: 'begun', at: NOW}];
  expect(stepAfter({}, ...working, {kind: 'store-busy'})).toBe('give-way rollup-day');
  expect(stepAfter({}, ...working, {kind: 'store-busy'}, DONE)).toBe('release');
  expect(stepAfter({}, ...working, {kind: 'worked', run: RUN}, {kind: 'store-busy'})).toBe('give-way rollup-day');
  expect(after({}, ...working, {kind: 'failed', run: RUN, bug: 'a bug'}).step).toMatchObject({kind: 'end', bug: 'a bug'});
});

test('a signal ends the wake-up where it holds no lock, and only there', () => {
  const STOPPED: WakeUpEvent = {kind: 'stopped'};
  const due = looked({'rollup-day': DUE});
  expect(stepAfter({}, STOPPED)).toBe('done');
  expect(stepAfter({jitterMs: 10}, due, STOPPED)).toBe('done');
  expect(stepAfter({}, due, STOPPED)).toBe('done');
  expect(() => after({}, due, TAKEN, STOPPED)).toThrow('a wake-up at "begin" cannot go on after "stopped"');
});

test('slots that the store does not remember are written down at the end, but for those of a job that is due', () => {
  const look = looked({'rollup-week': {isKnown: false}, 'rollup-month': {...DUE, previous: NOW, jitterMs: 1, isKnown: false}});
  const {step} = after({}, look, DONE);
  expect(step.kind === 'remember' && step.looks.map(({job}) => job.name)).toEqual(['rollup-week']);
  expect(stepAfter({}, look, DONE, DONE)).toBe('done');
});

test('an expression that falls each second does not keep a wake-up alive for ever', () => {
  let state = after({});
  let works = 0;
  for (let second = 0; state.step.kind !== 'done' && second < 1_000; second++) {
    const now = (NOW + second * 1_000) as EpochMs;
    state = afterEvent(state, looked({'rollup-day': {...DUE, previous: now}}, now));
    if (state.step.kind !== 'take-lock') continue;
    for (const event of [TAKEN, {kind: 'begun', at: now}, {kind: 'worked', run: RUN}, DONE, DONE] as const) {
      const {kind}: WakeUpStep = state.step;
      if (kind === 'work') works++;
      state = afterEvent(state, event);
    }
  }
  // Each of the jobs three times.
  expect(works).toBe(MAX_TRIED);
  expect(MAX_TRIED).toBe(27);
});
