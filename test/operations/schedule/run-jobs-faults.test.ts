import {afterEach, expect, test, vi} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {begun, foundKilled} from '../../../src/domain/jobs/job-state.js';
import {MemError} from '../../../src/errors.js';
import {withMembers} from '../../store/port/wrapped-gate.js';
import {aLine, type HomeRig} from '../home-rig.js';
import {aJobRig, at, changeJob, MINUTE, summarizerAfter, told} from './job-rig.js';

const HOUR = 60 * MINUTE;

/** Timers go by as time does, and can be let go by faster: however slow the machine is, no test waits for long or comes too late. */
function useDrivenTimers(): void {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true});
}
afterEach(() => vi.useRealTimers());

test('a failed slot is tried three times, then the next one is waited for', async () => {
  let isBroken = true;
  const broken = summarizerAfter(() => {
    if (isBroken) throw new MemError('SERVICE_AWAY', 'the endpoint is away');
  });
  await using rig = await aJobRig(broken);
  for (const tries of [1, 2, 3]) {
    rig.now = (rig.now + MINUTE) as EpochMs;
    const [, ran] = await rig.wakeUp('rollup-day');
    expect(ran, String(tries)).toMatchObject({run: {result: 'error', error: {code: 'SERVICE_AWAY'}, counts: {failed: 1}}});
  }
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  expect(await rig.jobState('rollup-day')).toMatchObject({runCount: 3, errorCount: 3, lastRun: {result: 'error'}});
  isBroken = false;
  rig.now = at('2024-01-17T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"made":2,"left":2}');
});

test('a run that was killed is an error, and is not begun without end', async () => {
  await using rig = await aJobRig();
  const slot = rig.now;
  for (const tries of [1, 2, 3]) {
    // What a kill leaves behind.
    await changeJob(rig, 'rollup-day', (state) => begun(state, slot, slot, 'cron'));
    expect((await rig.jobState('rollup-day')).attempt).toMatchObject({tries, phase: 'running'});
    if (tries === 2) await changeJob(rig, 'rollup-day', foundKilled);
  }
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  expect(await rig.jobState('rollup-day')).toMatchObject({lastSlot: slot, lastRun: {result: 'error', error: {code: 'KILLED'}}});
});

test('a run that finds the lock taken is skipped, its slot is due, and the holder does it before it ends', async () => {
  const inner: (readonly string[])[] = [];
  let rig: HomeRig | undefined;
  const summarizer = summarizerAfter(async () => {
    if (rig === undefined || inner.length > 0) return;
    rig.now = at('2024-01-16T01:30:00Z');
    inner.push(told(await rig.wakeUp('rollup-segment')));
  });
  await using made = await aJobRig(summarizer);
  rig = made;
  rig.now = at('2024-01-16T01:04:00Z');
  const outer = told(await rig.wakeUp('rollup-day'));
  expect(inner).toEqual([['rollup-segment overlap']]);
  expect(outer).toEqual(['rollup-day success {"made":2,"left":2}', 'rollup-segment success {}']);
  expect(await rig.jobState('rollup-segment')).toMatchObject({
    lastSlot: at('2024-01-16T01:30:00Z'),
    skipCount: 1,
    lastSkip: {reason: 'overlap', at: at('2024-01-16T01:30:00Z')},
    lastRun: {result: 'success'},
  });
});

test('what was skipped is done at once, also where a process of its own could be waiting for its jitter', async () => {
  let rig: HomeRig | undefined;
  const summarizer = summarizerAfter(async () => {
    if (rig && rig.now === at('2024-01-21T02:00:00Z')) expect(told(await rig.wakeUp('rollup-week'))).toEqual(['rollup-week overlap']);
  });
  await using made = await aJobRig(summarizer);
  await made.wakeUp('due');
  made.now = at('2024-01-21T01:59:00Z');
  await made.wakeUp('due');
  await made.ingest([aLine({timestamp: '2024-01-21T01:00:00Z'})]);
  rig = made;
  rig.now = at('2024-01-21T02:00:00Z');
  expect(told(await rig.wakeUp('rollup-segment'))).toEqual(['rollup-segment success {"made":1}', 'rollup-week success {"left":3}']);
});

test('a run whose lock is let go of while it writes its skip down takes it after all', async () => {
  // Its holder may have looked for the last time what is due before the skip was there: nobody else would come.
  await using rig = await aJobRig();
  const {store} = rig.mem;
  let asked = 0;
  const holder = {pid: 1, host: 'here', isHere: true, trigger: 'cron', job: 'rollup-week', startedAt: rig.now, aliveAt: rig.now} as const;
  const lease: typeof store.lease = async (name, claim) => (asked++ === 0 ? {kind: 'busy', holder} : store.lease(name, claim));
  rig.mem = {...rig.mem, store: withMembers(store, {lease})};
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

test('a skip does not overwrite the last run', async () => {
  await using rig = await aJobRig();
  await rig.wakeUp('rollup-day');
  const {lastRun} = await rig.jobState('rollup-day');
  const held = rig.mem.locks.acquire('rollup', {trigger: 'hand'});
  rig.now = at('2024-01-17T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))).toEqual(['rollup-day overlap']);
  expect((await rig.jobState('rollup-day')).lastRun).toEqual(lastRun);
  await expect(rig.wakeUp('rollup-day', {trigger: 'hand'})).rejects.toMatchObject({code: 'LOCK_BUSY', exitStatus: 75});
  if (held.kind === 'acquired') held.release();
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

test('a run that its time limit ended after it had come forward is a success that leaves its slot due', async () => {
  useDrivenTimers();
  let isSlow = true;
  const slow = summarizerAfter(async () => {
    if (isSlow) await vi.advanceTimersByTimeAsync(HOUR);
  });
  await using rig = await aJobRig(slow);
  rig.mem = {...rig.mem, jobs: rig.mem.jobs.map((job) => ({...job, maxRunMs: HOUR}))};
  const [, ran] = await rig.wakeUp('rollup-day');
  expect(ran).toMatchObject({run: {result: 'success', isTimeUp: true, counts: {made: 1}}});
  expect((await rig.jobState('rollup-day')).lastSlot).toBeUndefined();
  isSlow = false;
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"made":1,"left":2}');
  expect((await rig.jobState('rollup-day')).lastSlot).toBe(rig.now);
});

test('a run that is stopped keeps what it made, is no try, and begins nothing more', async () => {
  const stop = new AbortController();
  await using rig = await aJobRig(summarizerAfter(() => stop.abort()));
  expect(told(await rig.wakeUp('rollup-day', {signal: stop.signal}))).toEqual(['rollup-day stopped {"made":1}']);
  expect(await rig.jobState('rollup-day')).toMatchObject({attempt: {tries: 0, phase: 'again'}, errorCount: 0});
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"made":1,"left":2}');
});

test('waits for its jitter before it takes the lock, and looks again then', async () => {
  useDrivenTimers();
  await using rig = await aJobRig();
  let isOver = false;
  const waiting = rig.wakeUp('rollup-day', {jitterMs: 2 * HOUR, random: 0.5}).finally(() => {
    isOver = true;
  });
  // Its first look comes before this one's: openings of the store come one after the other.
  expect(told(await rig.wakeUp('rollup-day', {trigger: 'hand'}))[0]).toMatch(/^rollup-day success/);
  await vi.advanceTimersByTimeAsync(HOUR - MINUTE);
  expect(isOver).toBe(false);
  expect(rig.mem.locks.holder('rollup')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(told(await waiting)).toEqual(['rollup-day not-due']);
});

test('a signal ends the wait for the jitter, and the slot stays due', async () => {
  await using rig = await aJobRig();
  const stop = new AbortController();
  const waiting = rig.wakeUp('rollup-day', {jitterMs: 3_600_000, random: 0.9, signal: stop.signal});
  setTimeout(() => stop.abort(), 50);
  expect(await waiting).toEqual([]);
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

test('a clock that was years ahead for a while does not stop the jobs', async () => {
  await using rig = await aJobRig();
  rig.now = at('2036-01-01T00:00:00Z');
  await rig.wakeUp('due');
  rig.now = at('2024-01-16T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  rig.now = at('2024-01-17T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});
