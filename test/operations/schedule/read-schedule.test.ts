import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {resultText} from '../../../src/cli/schedule/job-text.js';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {JOB_NAMES, type JobName, OPTIONAL_JOBS} from '../../../src/domain/jobs/job.js';
import {begun, ended} from '../../../src/domain/jobs/job-state.js';
import {parseRunLog} from '../../../src/domain/jobs/run-log.js';
import {MemError} from '../../../src/errors.js';
import {readStatus} from '../../../src/operations/care/read-status.js';
import {listSlots} from '../../../src/operations/schedule/list-slots.js';
import {noteInstalled} from '../../../src/operations/schedule/note-installed.js';
import {pauseJobs, resumeJobs} from '../../../src/operations/schedule/pause-jobs.js';
import {readSchedule} from '../../../src/operations/schedule/read-schedule.js';
import {scheduleTroubles} from '../../../src/operations/schedule/schedule-troubles.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';
import type {HomeRig} from '../home-rig.js';
import {aJobRig, at, changeJob} from './job-rig.js';
import {noScheduler} from './no-scheduler.js';

/** Nothing is connected. */
const JOBS = JOB_NAMES.filter((name) => !OPTIONAL_JOBS.includes(name));

/** Has entries of all jobs installed, as far as anybody can tell. */
async function installAll(rig: HomeRig): Promise<void> {
  await noteInstalled(rig.mem, JOBS);
  const installed = {
    scheduleId: '0123abcd',
    backend: 'systemd',
    label: 'systemd user timers (252)',
    jobs: JOBS,
    installedAt: rig.now,
    log: '/nowhere/log',
    notes: [],
    drift: [],
  } as const;
  rig.mem = {...rig.mem, scheduler: async () => ({...noScheduler, inspect: async () => installed})};
}

async function conditionOf(rig: HomeRig, name: JobName): Promise<string | undefined> {
  return (await readSchedule(rig.mem)).jobs.find(({job}) => job.name === name)?.condition;
}

test('a slot is overdue once it waited for twice its jitter and half an hour, and only of a job that is installed', async () => {
  await using rig = await aJobRig();
  expect(await conditionOf(rig, 'rollup-day')).toBe('due');
  await installAll(rig);
  expect(await conditionOf(rig, 'rollup-day')).toBe('idle');
  rig.now = at('2024-01-17T01:40:00Z');
  expect(await conditionOf(rig, 'rollup-day')).toBe('due');
  rig.now = at('2024-01-17T01:40:01Z');
  expect(await conditionOf(rig, 'rollup-day')).toBe('overdue');
  expect((await readStatus(rig.mem)).alarms).toContainEqual(
    'rollup-day is overdue since 2024-01-17 01:00: its scheduler seems dead; see: mem schedule status',
  );
  // Somebody woke up, and is at work.
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'cron', job: 'rollup-week'});
  expect([await conditionOf(rig, 'rollup-day'), await conditionOf(rig, 'rollup-week')]).toEqual(['due', 'running']);
  if (lock.kind === 'acquired') lock.release();
  await rig.wakeUp('due');
  expect(await conditionOf(rig, 'rollup-day')).toBe('idle');
});

test('a run that ends while one looks is not taken for one that was killed', async () => {
  await using rig = await aJobRig();
  const slot = rig.now;
  await changeJob(rig, 'rollup-day', (state) => begun(state, slot, slot, 'cron'));
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'cron', job: 'rollup-day'});
  const run = {startedAt: slot, endedAt: slot, trigger: 'cron', result: 'success', counts: {}} as const;
  // Asked after the states and before the locks.
  const inspect = async () => {
    await changeJob(rig, 'rollup-day', (state) => ended(state, run, slot));
    if (lock.kind === 'acquired') lock.release();
    return undefined;
  };
  rig.mem = {...rig.mem, scheduler: async () => ({...noScheduler, inspect})};
  const status = (await readSchedule(rig.mem)).jobs.find(({job}) => job.name === 'rollup-day');
  expect(status).toMatchObject({condition: 'idle', state: {errorCount: 0, lastRun: {result: 'success'}}});
});

test('a run that was killed shows as failed, and as running while its process lives', async () => {
  await using rig = await aJobRig();
  await changeJob(rig, 'rollup-day', (state) => begun(state, rig.now, rig.now, 'systemd'));
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'systemd', job: 'rollup-day'});
  expect(await conditionOf(rig, 'rollup-day')).toBe('running');
  if (lock.kind === 'acquired') lock.release();
  expect(await conditionOf(rig, 'rollup-day')).toBe('failed');
  expect((await readStatus(rig.mem)).alarms).toEqual([
    expect.stringMatching(/^rollup-day failed at 2024-01-16 01:00: the run was killed.* \[KILLED\]; see: mem schedule status$/),
  ]);
});

/** A home whose job was killed 40 s after it began, when nobody had given its lock back; and what is written into the log. */
async function killedRig(): Promise<{rig: HomeRig; log: string[]}> {
  const rig = await aJobRig();
  const log: string[] = [];
  rig.mem = {...rig.mem, scheduler: async () => ({...noScheduler, addToLog: (_, line) => void log.push(line)})};
  await changeJob(rig, 'rollup-day', (state) => begun(state, rig.now, rig.now, 'systemd'));
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'systemd', job: 'rollup-day'});
  if (lock.kind === 'acquired') lock.release();
  const path = join(rig.home, 'locks/rollup/000000000001');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  // A pid beyond those that Linux gives.
  writeFileSync(path, JSON.stringify({...record, pid: 2 ** 22 + 1, aliveAt: rig.now + 40_000, released: false}));
  rig.now = (rig.now + 60_000) as EpochMs;
  return {rig, log};
}

const KILLED_LINE =
  '2024-01-16T01:01:00.000Z rollup-day was killed after about 40 s (by systemd, begun at 2024-01-16T01:00:00.000Z): the run was killed, or the machine went down [KILLED]';

test.each([
  ['mem schedule status', (rig: HomeRig) => readSchedule(rig.mem)],
  ['mem status', (rig: HomeRig) => readStatus(rig.mem)],
  ['a rollup by hand', (rig: HomeRig) => rig.rollUp()],
  ['a run of another job', (rig: HomeRig) => rig.wakeUp('rollup-segment')],
  ['the next run of the same job', (rig: HomeRig) => rig.wakeUp('rollup-day', {isNow: true})],
])('%s that finds a run that was killed writes down how long it ran, once', async (_, find) => {
  // It said "failed, 0 ms", and its hint led to a log that knew nothing of it.
  const {rig, log} = await killedRig();
  await using home = rig;
  await find(home);
  await readSchedule(home.mem);
  expect(log).toEqual([KILLED_LINE]);
  expect(parseRunLog(KILLED_LINE)).toMatchObject([{kind: 'said', job: 'rollup-day'}]);
  const {errorCount, attempt, lastRun} = await home.jobState('rollup-day');
  expect([errorCount, attempt?.phase]).not.toEqual([0, 'running']);
  if (lastRun?.error?.code === 'KILLED') expect(lastRun.endedAt - lastRun.startedAt).toBe(40_000);
});

test('mem status shows how long a run that was killed ran', async () => {
  const {rig} = await killedRig();
  await using home = rig;
  const {jobs} = await readSchedule(home.mem);
  const {lastRun} = jobs.find(({job}) => job.name === 'rollup-day')?.state ?? {};
  expect(lastRun && resultText(lastRun)).toBe('killed, 40.0 s');
});

test('a rollup by hand is no run of a job', async () => {
  await using rig = await aJobRig();
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'hand'});
  const {jobs, rollupByHand} = await readSchedule(rig.mem);
  expect(rollupByHand).toMatchObject({pid: process.pid});
  expect(jobs.map(({holder}) => holder)).toEqual(JOBS.map(() => undefined));
  if (lock.kind === 'acquired') lock.release();
});

test('a pause is kept by a new installation, says its end, and is told by mem status', async () => {
  await using rig = await aJobRig();
  const {changes} = await pauseJobs(rig.mem, 'rollup-week', '2024-02-01');
  expect(changes).toEqual([{name: 'rollup-week', isPaused: true, until: at('2024-02-01T00:00:00Z'), isChanged: true}]);
  await noteInstalled(rig.mem, []);
  await installAll(rig);
  const week = (await readSchedule(rig.mem)).jobs[2];
  expect([week?.condition, week?.next]).toEqual(['paused', at('2024-02-04T02:00:00Z')]);
  expect((await readStatus(rig.mem)).alarms).toEqual([
    'rollup-week is paused since 2024-01-16 01:00 until 2024-02-01 00:00; resume it with: mem schedule resume rollup-week',
  ]);
  expect((await resumeJobs(rig.mem, undefined)).changes.filter(({isChanged}) => isChanged).map(({name}) => name)).toEqual(['rollup-week']);
  expect((await readStatus(rig.mem)).alarms).toEqual([]);
});

test('a pause cannot end in the past', async () => {
  await using rig = await aJobRig();
  await expect(pauseJobs(rig.mem, undefined, 'yesterday')).rejects.toMatchObject({code: 'USAGE', exitStatus: 64});
  await expect(pauseJobs(rig.mem, undefined, 'soon')).rejects.toMatchObject({code: 'USAGE'});
});

test('lists the next slots of a job, in the zone of its own', async () => {
  await using rig = await aJobRig();
  rig.mem = {...rig.mem, jobs: rig.mem.jobs.map((job) => ({...job, timeZone: 'Asia/Kolkata'}))};
  const {slots} = await listSlots(rig.mem, 'rollup-day', 2);
  expect(slots.map((slot) => slot.at)).toEqual([at('2024-01-16T19:30:00Z'), at('2024-01-17T19:30:00Z')]);
  expect((await listSlots(rig.mem, undefined, 1)).slots.map(({job}) => job.name)).toEqual(JOBS);
});

test('a machine on which nothing was ever scheduled has no jobs to show', async () => {
  await using rig = await aJobRig();
  expect((await readStatus(rig.mem)).store?.jobs).toEqual([]);
  rig.now = (rig.now + 1) as EpochMs;
  await rig.wakeUp('rollup-day');
  expect((await readStatus(rig.mem)).store?.jobs.map(({condition}) => condition)).toEqual(JOBS.map(() => 'idle'));
});

test('a machine that was off is not a scheduler that is dead', async () => {
  await using rig = await aJobRig();
  await installAll(rig);
  rig.now = at('2024-01-18T09:00:00Z');
  expect(await conditionOf(rig, 'rollup-day')).toBe('overdue');
  rig.mem = {...rig.mem, upMs: () => 5 * 60_000};
  expect(await conditionOf(rig, 'rollup-day')).toBe('due');
  rig.mem = {...rig.mem, upMs: () => 60 * 60_000};
  expect(await conditionOf(rig, 'rollup-day')).toBe('overdue');
});

test('mem status has an alarm for entries that are gone, and for each drift', async () => {
  await using rig = await aJobRig();
  await installAll(rig);
  expect((await readStatus(rig.mem)).alarms).toEqual([]);
  const drifted = await (await rig.mem.scheduler()).inspect({home: rig.home, jobs: [], now: rig.now});
  const drift = [{what: "mem's block in the crontab was changed by hand", cure: 'mem install-schedule'}];
  if (drifted === undefined) throw new Error('nothing is installed');
  rig.mem = {...rig.mem, scheduler: async () => ({...noScheduler, inspect: async () => ({...drifted, drift})})};
  expect((await readStatus(rig.mem)).alarms).toEqual(["mem's block in the crontab was changed by hand; fix it with: mem install-schedule"]);
  rig.mem = {...rig.mem, scheduler: async () => noScheduler};
  expect((await readStatus(rig.mem)).alarms).toEqual([
    'the jobs were installed, and their entries are gone: nothing starts them; fix it with: mem install-schedule',
  ]);
  expect(scheduleTroubles(await readSchedule(rig.mem))).toHaveLength(1);
});

test.each([
  ['a run by a scheduler', 'cron', 1],
  ['a run by hand', 'hand', 0],
] as const)('%s that failed is told to the command that is set for it: %s, %i times', async (_, trigger, times) => {
  await using rig = await aJobRig({
    ...extractiveSummarizer,
    summarizeEvents: async () => Promise.reject(new MemError('SERVICE_AWAY', 'it is away')),
  });
  const told: string[] = [];
  rig.mem = {...rig.mem, tellFailure: async (job, {code}) => void told.push(`${job} ${code}`)};
  await rig.wakeUp('rollup-segment', {trigger, isNow: true});
  expect(told.filter((text) => text === 'rollup-segment SERVICE_AWAY')).toHaveLength(times);
});
