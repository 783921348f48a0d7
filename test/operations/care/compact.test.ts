import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {compact} from '../../../src/operations/care/compact.js';
import type {Mem} from '../../../src/operations/mem.js';
import type {CommitRecords, Store} from '../../../src/store/port/store.js';
import {aLine, HomeRig} from '../home-rig.js';

const LATE = [
  'Ana replaced the gauge at the north pier.',
  'The retry queue was emptied by hand.',
  'We released version 0.9.1 with the fix.',
];

/** A day whose segment was made four times, its day, week, month and year as often as its content changed. */
async function withVersions(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.ingest([aLine()]);
  await rig.rollUp();
  for (const [at, text] of LATE.entries()) {
    await rig.ingest([aLine({timestamp: `2024-01-15T12:0${at + 1}:00Z`, text})]);
    await rig.rollUp();
  }
  return rig;
}

async function commitRecords({history}: Store): Promise<CommitRecords> {
  if (history === undefined) throw new Error('a store that lies in files knows its commits');
  return history.records();
}

const versionsOf = async (rig: HomeRig) => {
  const pointers = await rig.pointers();
  const all = await rig.mem.store.use(3_000, (store) => store.versionsOf(pointers.map(({id}) => id)));
  return all.map((versions) => versions.map(({version}) => version));
};

test('keeps all versions unless the user set a number', async () => {
  await using rig = await withVersions();
  const before = await versionsOf(rig);
  expect((await compact(rig.mem, {dryRun: false})).versions.removed).toBe(0);
  expect(await versionsOf(rig)).toEqual(before);
});

test('removes the oldest versions, never the latest, and no event', async () => {
  await using rig = await withVersions();
  const latest = await rig.latest();
  const mem: Mem = {...rig.mem, keepVersions: 2};
  const planned = await compact(mem, {dryRun: true});
  expect((await versionsOf(rig)).every((versions) => versions[0] === 1)).toBe(true);
  const done = await compact(mem, {dryRun: false});
  expect(done.versions).toEqual(planned.versions);
  expect(done.versions.removed).toBeGreaterThan(0);
  for (const versions of await versionsOf(rig)) expect(versions.length).toBeLessThanOrEqual(2);
  expect(await rig.latest()).toEqual(latest);
  const {events} = await rig.mem.store.use(3_000, (store) => store.events(0 as EpochMs, 2e12 as EpochMs));
  expect(events).toHaveLength(4);
  expect((await compact(mem, {dryRun: false})).versions.removed).toBe(0);
});

test('removes commit records once they are 30 days old, and leaves no gap', async () => {
  await using rig = await withVersions();
  const before = await rig.mem.store.use(3_000, commitRecords);
  rig.now = (rig.now + 31 * 86_400_000) as EpochMs;
  const report = await compact(rig.mem, {dryRun: false});
  expect(report.commitRecords.removed).toBe(before.count - 1);
  const after = await rig.mem.store.use(3_000, commitRecords);
  expect(after.last - after.first + 1).toBe(after.count);
});

test('counts the versions that are there, also when it runs again', async () => {
  await using rig = await withVersions();
  const mem: Mem = {...rig.mem, keepVersions: 1};
  const first = await compact(mem, {dryRun: false});
  const second = await compact(mem, {dryRun: false});
  expect(second.versions).toEqual({removed: 0, kept: first.versions.kept, keepVersions: 1});
});
