import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {
  begun,
  ended,
  foundKilled,
  gaveWay,
  installed,
  isPaused,
  type JobRun,
  type JobState,
  passedWhilePaused,
  pausedFrom,
  resumed,
  skipped,
  uninstalled,
} from '../../../src/domain/jobs/job-state.js';
import {parseJobState} from '../../../src/domain/jobs/parse-job-state.js';

const at = (ms: number) => ms as EpochMs;
const DAY = 86_400_000;
const NEW = parseJobState(undefined, at(0));

function aRun(over: Partial<JobRun> = {}): JobRun {
  return {startedAt: at(1_010), endedAt: at(1_020), trigger: 'cron', result: 'success', counts: {made: 1}, ...over};
}

const ERROR = aRun({result: 'error', error: {code: 'IO_ERROR', message: 'no'}});
const running = (slot = 1_000): JobState => begun(NEW, at(slot), at(slot + 10), 'cron');

test('a job that never ran has handled nothing and counts nothing', () => {
  expect(NEW).toEqual({v: 1, runCount: 0, errorCount: 0, skipCount: 0});
});

test('a state of a newer mem is refused, not misread', () => {
  expect(() => parseJobState({...NEW, v: 2}, at(0))).toThrowError(expect.objectContaining({name: 'UnknownShape', isNewer: true}));
});

test('a state without its counts is refused', () => {
  expect(() => parseJobState({v: 1, runCount: 0, errorCount: 0}, at(0))).toThrowError('has no "skipCount"');
});

test('an error code of a newer mem counts as a bug', () => {
  const run = {startedAt: 1, endedAt: 2, trigger: 'hand', result: 'error', counts: {}, error: {code: 'NEW_CODE', message: 'm'}};
  expect(parseJobState({...NEW, lastRun: run}, at(0)).lastRun?.error).toEqual({code: 'BUG', message: 'm'});
});

test('a success handles its slot and those before it', () => {
  expect(ended(running(), aRun(), at(1_000))).toEqual({v: 1, runCount: 1, errorCount: 0, skipCount: 0, lastRun: aRun(), lastSlot: 1_000});
});

test('a success of which a period was too young handles what was old enough, and remembers that it has done the rest', () => {
  const state = ended(running(), aRun(), at(600));
  expect([state.lastSlot, state.attempt]).toEqual([600, {slot: 1_000, tries: 0, startedAt: 1_010, trigger: 'cron', phase: 'unripe'}]);
});

test('a success never takes a slot back that was handled', () => {
  expect(ended({...running(), lastSlot: at(5_000)}, aRun(), at(1_000)).lastSlot).toBe(5_000);
});

test('a run whose time was up leaves its slot due, and is no failed try', () => {
  const state = ended(running(), aRun({isTimeUp: true}), at(1_000));
  expect([state.lastSlot, state.attempt?.phase, state.attempt?.tries, state.errorCount]).toEqual([undefined, 'again', 0, 0]);
});

test('the third error of a slot ends it; a new slot begins to count anew', () => {
  let state = NEW;
  for (const tries of [1, 2, 3]) {
    expect(state.lastSlot, String(tries)).toBeUndefined();
    state = ended(begun(state, at(1_000), at(1_010), 'cron'), ERROR, at(1_000));
  }
  expect([state.lastSlot, state.attempt, state.errorCount, state.runCount]).toEqual([1_000, undefined, 3, 3]);
  state = ended(begun(state, at(2_000), at(2_010), 'cron'), ERROR, at(2_000));
  expect([state.lastSlot, state.attempt?.tries]).toEqual([1_000, 1]);
});

test.each([
  ['stopped', (state: JobState) => ended(state, aRun({result: 'stopped'}), at(1_000))],
  ['kept from the store', (state: JobState) => gaveWay(state, {at: at(1_050), reason: 'store-busy'})],
])('a run that was %s is no try', (_, change) => {
  expect(change(running()).attempt).toMatchObject({tries: 0, phase: 'again'});
});

test('what began and never ended is an error; what ended is not', () => {
  const killed = foundKilled(running());
  expect(killed).toMatchObject({runCount: 1, errorCount: 1, lastRun: {startedAt: 1_010, result: 'error', error: {code: 'KILLED'}}});
  expect(foundKilled(killed)).toBe(killed);
  expect(foundKilled(NEW)).toBe(NEW);
});

test('a skip leaves the last run as it was', () => {
  const state = skipped({...NEW, lastRun: aRun(), runCount: 1}, {at: at(2_000), reason: 'overlap'});
  expect(state).toEqual({...NEW, lastRun: aRun(), runCount: 1, skipCount: 1, lastSkip: {at: 2_000, reason: 'overlap'}});
});

test('a pause lasts until it ends or is resumed, and to pause again keeps since when', () => {
  const paused = pausedFrom(NEW, at(1_000), at(3_000));
  expect([999, 1_000, 2_999, 3_000].map((ms) => isPaused(paused, at(ms)))).toEqual([true, true, true, false]);
  expect(pausedFrom(paused, at(2_000), undefined).paused).toEqual({since: 1_000, until: undefined});
  expect(pausedFrom(paused, at(4_000), undefined).paused).toEqual({since: 4_000, until: undefined});
});

test('to resume makes past what fell before: up to now, or up to where the pause had ended by itself', () => {
  expect(resumed(pausedFrom(NEW, at(1_000), undefined), at(5_000))).toEqual({
    ...NEW,
    paused: undefined,
    attempt: undefined,
    baseline: 5_000,
  });
  expect(resumed(pausedFrom(NEW, at(1_000), at(3_000)), at(5_000)).baseline).toBe(2_999);
  expect(resumed(NEW, at(5_000))).toBe(NEW);
});

test('a slot that is passed over while paused is handled and counted as a skip', () => {
  expect(passedWhilePaused(NEW, at(1_000), at(1_001))).toMatchObject({
    lastSlot: 1_000,
    skipCount: 1,
    lastSkip: {reason: 'paused', at: 1_001},
    runCount: 0,
  });
});

test('a new installation runs nothing that fell before it, keeps history and pauses, and a second one changes nothing', () => {
  const before = {...pausedFrom(NEW, at(500), undefined), lastRun: aRun(), runCount: 7};
  const state = installed(before, at(9_000));
  expect(state).toEqual({...before, installedAt: 9_000, baseline: 9_000, attempt: undefined});
  expect(installed(state, at(10_000))).toBe(state);
  expect(uninstalled(state)).toEqual({...state, installedAt: undefined});
});

test('a clock that went back by more than a day takes what was handled ahead of it along; by less it does not', () => {
  const state: JobState = {
    ...NEW,
    lastSlot: at(10 * DAY),
    baseline: at(10 * DAY),
    attempt: {slot: at(10 * DAY), tries: 1, startedAt: at(0), trigger: 'cron', phase: 'again'},
  };
  expect(parseJobState(state, at(9 * DAY))).toEqual(state);
  expect(parseJobState(state, at(9 * DAY - 1))).toEqual({...state, lastSlot: 9 * DAY - 1, baseline: 9 * DAY - 1, attempt: undefined});
});
