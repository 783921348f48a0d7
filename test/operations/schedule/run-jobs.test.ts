import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {installed, pausedFrom, resumed} from '../../../src/domain/jobs/job-state.js';
import {MemError} from '../../../src/errors.js';
import {guardedGate} from '../../store/port/wrapped-gate.js';
import {aLine, HomeRig} from '../home-rig.js';
import {aJobRig, at, changeJob, countOpenings, MINUTE, summarizerAfter, told} from './job-rig.js';

test('runs a job whose slot has come once, and then says that it is not due', async () => {
  await using rig = await aJobRig();
  rig.now = at('2024-01-16T01:02:00Z');
  const [begun, ran] = await rig.wakeUp('rollup-day');
  const slot = at('2024-01-16T01:00:00Z');
  expect(begun).toEqual({kind: 'begun', job: 'rollup-day', at: rig.now, slot, trigger: 'cron'});
  expect(ran).toMatchObject({kind: 'ran', slot, run: {startedAt: rig.now, endedAt: rig.now, trigger: 'cron', result: 'success'}});
  expect(told(await rig.wakeUp('rollup-day'))).toEqual(['rollup-day not-due']);
  expect(await rig.jobState('rollup-day')).toMatchObject({lastSlot: slot, runCount: 1, errorCount: 0, skipCount: 0});
  // The next slot is another one.
  rig.now = at('2024-01-17T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"left":2}');
});

test('rollup-day makes segments and days and what else has closed; rollup-segment segments alone', async () => {
  await using rig = await aJobRig();
  rig.now = at('2024-01-15T12:45:00Z');
  expect(told(await rig.wakeUp('rollup-segment'))[0]).toBe('rollup-segment success {"made":1}');
  rig.now = at('2024-01-16T01:04:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"made":1,"left":2}');
  rig.now = at('2024-01-23T01:04:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {"made":1,"left":1}');
});

test('nothing is due before the store was made, nor before it was installed', async () => {
  await using rig = new HomeRig();
  rig.now = at('2024-01-10T12:00:01Z');
  await rig.create('UTC');
  expect(told(await rig.wakeUp('due'))).toEqual([]);
  rig.now = at('2024-03-10T12:00:00Z');
  await changeJob(rig, 'rollup-day', (state) => installed(state, rig.now));
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  rig.now = at('2024-03-11T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day success {}');
});

test('a home without a store is quiet for a scheduler and an error by hand', async () => {
  await using rig = new HomeRig();
  expect(await rig.wakeUp('rollup-day')).toEqual([]);
  await expect(rig.wakeUp('rollup-day', {trigger: 'hand'})).rejects.toMatchObject({code: 'NO_STORE', exitStatus: 66});
});

test('a wake-up does what else is due, but leaves alone what may wait for its jitter in a process of its own', async () => {
  await using rig = await aJobRig();
  rig.now = at('2024-01-15T11:00:00Z');
  await rig.wakeUp('due');
  rig.now = at('2024-01-16T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-segment'))).toEqual(['rollup-segment success {"made":1}']);
  rig.now = at('2024-01-16T01:05:01Z');
  expect(told(await rig.wakeUp('compact'))).toEqual(['compact not-due', 'rollup-day success {"made":1,"left":2}']);
  rig.now = at('2024-01-16T01:15:00Z');
  expect(told(await rig.wakeUp('rollup-segment'))).toEqual(['rollup-segment success {}']);
});

test('after nine days asleep one wake-up brings everything up to date, once', async () => {
  await using rig = await aJobRig();
  await rig.wakeUp('due');
  const lines = Array.from({length: 9}, (_, day) =>
    aLine({timestamp: new Date(at('2024-01-24T10:00:00Z') + day * 86_400_000).toISOString()}),
  );
  await rig.ingest(lines);
  rig.now = at('2024-02-02T09:07:00Z');
  const outcomes = told(await rig.wakeUp('rollup-segment'));
  expect(outcomes.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
    'rollup-segment success',
    'rollup-day success',
    'rollup-week success',
    'rollup-month success',
    'compact success',
  ]);
  const pointers = await rig.pointers();
  const count = (tocLevel: string) => pointers.filter(({id}) => id.startsWith(`toc:${tocLevel}:`)).length;
  expect(['segment', 'day', 'week', 'month', 'year'].map(count)).toEqual([10, 10, 2, 1, 0]);
  expect(pointers.every(({version}) => version === 1)).toBe(true);
  expect(told(await rig.wakeUp('due'))).toEqual([]);
});

test.each([
  ['Africa/Cairo', '2024-04-25T22:00:00Z'],
  ['America/Havana', '2024-03-10T05:00:00Z'],
])('in %s, where a day begins at 01:00, the day before is rolled up the same morning', async (zone, oneOClock) => {
  await using rig = new HomeRig();
  rig.now = (at(oneOClock) - 3 * 86_400_000) as EpochMs;
  await rig.create(zone);
  await rig.ingest([aLine({timestamp: new Date(at(oneOClock) - 5 * 3_600_000).toISOString()})]);
  rig.now = (at(oneOClock) - 86_400_000 + 2 * 3_600_000) as EpochMs;
  await rig.wakeUp('due');
  const days = async () => (await rig.pointers()).filter(({id}) => id.startsWith('toc:day:')).length;
  // 01:00 is the day's first instant: the day before is 2 min old.
  rig.now = (at(oneOClock) + 2 * MINUTE) as EpochMs;
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
  expect([await days(), (await rig.jobState('rollup-day')).attempt?.phase]).toEqual([0, 'unripe']);
  // Nothing new to be done: no run.
  rig.now = (at(oneOClock) + 15 * MINUTE) as EpochMs;
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  rig.now = (at(oneOClock) + 30 * MINUTE) as EpochMs;
  expect(told(await rig.wakeUp('rollup-segment'))).toContainEqual(expect.stringMatching(/^rollup-day success \{"made":1/));
  expect([await days(), (await rig.jobState('rollup-day')).lastSlot]).toEqual([1, at(oneOClock)]);
});

test('a paused job passes its slots over, and its TOC level is left out of what the others do', async () => {
  await using rig = await aJobRig();
  await changeJob(rig, 'rollup-week', (state) => pausedFrom(state, rig.now, undefined));
  rig.now = at('2024-01-28T02:00:00Z');
  expect(told(await rig.wakeUp('rollup-week'))[0]).toBe('rollup-week paused');
  expect(told(await rig.wakeUp('rollup-week'))[0]).toBe('rollup-week not-due');
  rig.now = at('2024-02-05T01:10:00Z');
  await rig.wakeUp('rollup-day');
  const levels = async () => [...new Set((await rig.pointers()).map(({id}) => id.split(':')[1]))].sort();
  expect(await levels()).toEqual(['day', 'month', 'segment']);
  await changeJob(rig, 'rollup-week', (state) => resumed(state, rig.now));
  // No burst: what fell while it was paused is past.
  expect(told(await rig.wakeUp('rollup-week'))[0]).toBe('rollup-week not-due');
  rig.now = at('2024-02-11T02:00:00Z');
  await rig.wakeUp('rollup-week');
  expect(await levels()).toEqual(['day', 'month', 'segment', 'week']);
});

test('mem rollup by hand ignores pauses, and so does a job that is wanted now', async () => {
  await using rig = await aJobRig();
  for (const name of ['rollup-segment', 'rollup-day'] as const)
    await changeJob(rig, name, (state) => pausedFrom(state, rig.now, undefined));
  expect(told(await rig.wakeUp('rollup-segment', {trigger: 'hand', isNow: true}))[0]).toBe('rollup-segment success {"made":1}');
  expect((await rig.rollUp()).filter(({kind}) => kind === 'made').map(({step}) => step.tocLevel)).toEqual(['day']);
});

test('a pause with an end ends by itself, and what fell in it is past', async () => {
  await using rig = await aJobRig();
  await changeJob(rig, 'rollup-day', (state) => pausedFrom(state, rig.now, at('2024-01-20T00:00:00Z')));
  rig.now = at('2024-01-20T00:30:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day not-due');
  rig.now = at('2024-01-20T01:00:00Z');
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

test('a wake-up that is not due writes nothing once the slots are known', async () => {
  await using rig = await aJobRig();
  await rig.wakeUp('due');
  rig.mem = {
    ...rig.mem,
    cronSlots: () => {
      throw new Error('the slots are asked for');
    },
  };
  rig.now = (rig.now + 10 * MINUTE) as EpochMs;
  const before = rig.mem.store.work.keysWritten;
  expect(told(await rig.wakeUp('rollup-day'))).toEqual(['rollup-day not-due']);
  expect(rig.mem.store.work.keysWritten).toBe(before);
});

/** Refuses the store to every opening for which `isBusy` holds. */
function refuseStore(rig: HomeRig, isBusy: () => boolean): void {
  const store = guardedGate(rig.mem.store, () => {
    if (isBusy()) throw new MemError('STORE_BUSY', 'another mem process is using the store');
  });
  rig.mem = {...rig.mem, store};
}

test('a wake-up opens the store once to look, and once for each thing that it writes', async () => {
  await using rig = await aJobRig();
  await rig.wakeUp('due');
  const openings = countOpenings(rig);
  expect([told(await rig.wakeUp('rollup-day')), openings()]).toEqual([['rollup-day not-due'], 1]);
  rig.now = at('2024-01-17T01:00:00Z');
  rig.mem.locks.acquire('rollup', {trigger: 'hand'});
  expect([told(await rig.wakeUp('rollup-day')), openings()]).toEqual([['rollup-day overlap'], 3]);
});

test('a store that cannot be had is a quiet skip for a scheduler, and an error by hand', async () => {
  await using rig = await aJobRig();
  refuseStore(rig, () => true);
  expect(await rig.wakeUp('rollup-day')).toEqual([{kind: 'skipped', job: 'rollup-day', at: rig.now, reason: 'store-busy'}]);
  await expect(rig.wakeUp('rollup-day', {trigger: 'hand'})).rejects.toMatchObject({code: 'STORE_BUSY', exitStatus: 75});
});

test('a store that is lost in the middle of a run is a skip: no try, and its slot stays due', async () => {
  const refusals = [false, true, false];
  let step = 0;
  await using rig = await aJobRig(
    summarizerAfter(() => {
      step = Math.max(step, 1);
    }),
  );
  refuseStore(rig, () => refusals[step === 1 ? step++ : step] ?? false);
  expect(told(await rig.wakeUp('rollup-day'))[0]).toBe('rollup-day store-busy');
  expect(await rig.jobState('rollup-day')).toMatchObject({
    attempt: {tries: 0, phase: 'again'},
    runCount: 0,
    skipCount: 1,
    lastSkip: {reason: 'store-busy'},
  });
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

/** A rig whose clock goes by itself from `start`, with an expression for rollup-day. */
async function ticking(start: string, cron: string): Promise<HomeRig> {
  const rig = await aJobRig();
  await changeJob(rig, 'rollup-day', (state) => installed(state, at('2024-01-15T12:00:00Z')));
  const jobs = rig.mem.jobs.map((job) => (job.name === 'rollup-day' ? {...job, cron} : job));
  const began = Date.now();
  rig.mem = {...rig.mem, jobs, clock: () => (at(start) + Date.now() - began) as EpochMs};
  return rig;
}

test.each(['cron', 'launchd'] as const)('a job at a second of its minute, which %s cannot be told, waits for it', async (trigger) => {
  await using rig = await ticking('2024-01-16T01:00:00Z', '2 0 1 * * *');
  const which = trigger === 'cron' ? 'rollup-day' : 'due';
  const outcomes = await rig.wakeUp(which, {trigger});
  const ran = outcomes.find((outcome) => outcome.kind === 'ran' && outcome.job === 'rollup-day');
  expect(ran).toMatchObject({slot: at('2024-01-16T01:00:02Z'), run: {result: 'success'}});
  expect(told(await rig.wakeUp('rollup-day'))).toEqual(['rollup-day not-due']);
});

test.each([
  ['by hand', '2024-01-16T01:00:00Z', '58 0 1 * * *', {trigger: 'hand'}],
  ['for systemd, which knows seconds', '2024-01-16T01:00:00Z', '58 0 1 * * *', {trigger: 'systemd'}],
  ['for a slot of another minute', '2024-01-16T00:59:30Z', '0 0 1 * * *', {}],
] as const)('nobody waits for a second %s', async (_, start, cron, over) => {
  await using rig = await ticking(start, cron);
  // After a wait it would be due.
  expect(told(await rig.wakeUp('rollup-day', over))[0]).toBe('rollup-day not-due');
});

test('a signal ends the wait for a second, and the slot stays due', async () => {
  await using rig = await ticking('2024-01-16T01:00:00Z', '58 0 1 * * *');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 500);
  expect(await rig.wakeUp('rollup-day', {signal: stop.signal})).toEqual([]);
  rig.mem = {...rig.mem, clock: () => at('2024-01-16T01:01:00Z')};
  expect(told(await rig.wakeUp('rollup-day'))[0]).toMatch(/^rollup-day success/);
});

test('what was missed is what no wake-up came for in time', async () => {
  await using rig = await aJobRig();
  await rig.wakeUp('due');
  rig.now = at('2024-01-17T01:04:00Z');
  // rollup-day may wait for its jitter, rollup-segment has none.
  expect(told(await rig.wakeUp('missed')).map((one) => one.split(' ')[0])).toEqual(['rollup-segment']);
  rig.now = at('2024-01-17T01:17:00Z');
  expect(told(await rig.wakeUp('missed')).map((one) => one.split(' ')[0])).toEqual(['rollup-segment', 'rollup-day']);
});
