import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {aLine, HomeRig} from '../home-rig.js';

const at = (time: string) => Date.parse(time) as EpochMs;

test('makes segment, day, week, month and year of what is closed', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({timestamp: '2024-01-15T12:05:00Z', text: 'The retry queue doubled readings after a restart.'})]);
  const made = (await rig.rollUp()).map((outcome) => `${outcome.kind} ${outcome.step.tocLevel} ${outcome.step.reason}`);
  expect(made).toEqual(['made segment new', 'made day new', 'made week new', 'made month new', 'made year new']);
  expect(await rig.marks()).toBe(0);
});

test('writes nothing and reads fewer than ten values when nothing changed', async () => {
  await using rig = new HomeRig();
  await rig.ingest(
    Array.from({length: 50}, (_, day) => aLine({timestamp: new Date(at('2024-01-01T10:00:00Z') + day * 86_400_000).toISOString()})),
  );
  await rig.rollUp();
  const before = {...rig.mem.store.work};
  expect(await rig.rollUp()).toEqual([]);
  expect(rig.mem.store.work.keysWritten).toBe(before.keysWritten);
  expect(rig.mem.store.work.valuesRead - before.valuesRead).toBeLessThan(10);
});

test('leaves an open segment and a young day for later', async () => {
  await using rig = new HomeRig();
  rig.now = at('2024-01-15T12:10:00Z');
  await rig.ingest([aLine()]);
  expect((await rig.rollUp()).map(({kind, step}) => [kind, step.reason])).toEqual([['left', 'too-recent']]);
  rig.now = at('2024-01-15T12:31:00Z');
  expect((await rig.rollUp()).map(({kind, step}) => [kind, step.tocLevel, step.reason])).toEqual([
    ['made', 'segment', 'new'],
    ['left', 'day', 'too-recent'],
  ]);
  rig.now = at('2024-01-16T00:29:59Z');
  expect((await rig.rollUp()).map(({kind, step}) => [kind, step.tocLevel])).toEqual([['left', 'day']]);
  rig.now = at('2024-01-16T00:30:00Z');
  expect((await rig.rollUp()).map(({kind, step}) => [kind, step.tocLevel])).toEqual([
    ['made', 'day'],
    ['left', 'week'],
    ['left', 'month'],
  ]);
});

test('brings a late event up to the year, and touches nothing beside its path', async () => {
  await using rig = new HomeRig();
  const days = ['2023-03-01', '2024-01-15', '2024-01-16', '2024-02-01'];
  await rig.ingest(days.map((day) => aLine({timestamp: `${day}T12:00:00Z`})));
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: 'Ana replaced the broken gauge at the north pier before the storm.'})]);
  const changed = (await rig.rollUp()).map(({kind, step}) => [kind, step.reason, step.id.replace(/:[^:]{26}$/, '')]);
  expect(changed).toEqual([
    ['made', 'changed', 'toc:segment:2024-01-15'],
    ['made', 'changed', 'toc:day:2024-01-15'],
    ['made', 'changed', 'toc:week:2024:W03'],
    ['made', 'changed', 'toc:month:2024:01'],
    ['made', 'changed', 'toc:year:2024'],
  ]);
});

test('retracts a segment that an earlier event joined, and names its successor', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  await rig.rollUp();
  const [old] = (await rig.pointers()).filter(({id}) => id.startsWith('toc:segment:'));
  await rig.ingest([aLine({timestamp: '2024-01-15T11:50:00Z', text: 'Before that we looked at the tide table of Hoek.'})]);
  const outcomes = await rig.rollUp();
  const retracted = outcomes.find(({kind}) => kind === 'retracted');
  const segments = (await rig.pointers()).filter(({id}) => id.startsWith('toc:segment:'));
  const successor = segments.find(({status}) => status === 'current');
  expect(retracted).toMatchObject({step: {id: old?.id}, version: 2, replacedBy: [successor?.id]});
  const [node] = await rig.mem.store.use(3_000, (store) => store.nodes(successor ? [successor.id] : []));
  expect(node).toMatchObject({replaces: [old?.id]});
});

test('makes no node of events without text', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({text: '  \n', event_type: 'session_start'})]);
  expect(await rig.rollUp()).toEqual([]);
  expect(await rig.pointers()).toEqual([]);
  expect(await rig.marks()).toBe(0);
});

test('stops below the TOC level that was asked for', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  expect((await rig.rollUp({tocLevel: 'week'})).map(({step}) => step.tocLevel)).toEqual(['segment', 'day', 'week']);
});

test('refuses to run beside another rollup, and says who runs it', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  const held = rig.mem.locks.acquire('rollup', {trigger: 'hand'});
  await expect(rig.rollUp()).rejects.toMatchObject({code: 'LOCK_BUSY', exitStatus: 75});
  if (held.kind === 'acquired') held.release();
  expect(await rig.rollUp()).toHaveLength(5);
});

test('makes again on demand what nothing changed, and nothing above it that stays the same', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({timestamp: '2024-02-15T12:00:00Z'})]);
  await rig.rollUp();
  const before = await rig.latest();
  const redone = await rig.rollUp({redo: {kind: 'extractive', tocLevel: 'segment', to: at('2024-02-01T00:00:00Z')}});
  expect(redone.map(({kind, step}) => [kind, step.tocLevel, step.reason])).toEqual([
    ['made', 'segment', 'redo'],
    ['left', 'day', 'up-to-date'],
  ]);
  expect(await rig.latest()).toEqual(before);
  expect(await rig.rollUp({redo: {kind: 'fallback'}})).toEqual([]);
});

test('counts what a session-day holds as its mark goes, and no longer once more has come', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({project: 'acme/api'}),
    aLine({timestamp: '2024-01-15T12:05:00Z', project: 'acme/web', text: 'The queue again.'}),
  ]);
  const counted = () => rig.mem.store.use(0, async (store) => (await store.sessionDays({})).map(({activity}) => activity));
  expect(await counted()).toEqual([undefined]);
  await rig.rollUp();
  const [activity] = await counted();
  expect(activity?.events).toBe(2);
  expect(activity?.projects).toEqual([
    ['acme/api', 1],
    ['acme/web', 1],
  ]);
  await rig.ingest([aLine({timestamp: '2024-01-15T12:06:00Z', text: 'One more.'})]);
  expect(await counted()).toEqual([undefined]);
});
