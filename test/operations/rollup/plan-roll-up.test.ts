import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {planRollUp} from '../../../src/operations/rollup/plan-roll-up.js';
import type {RollUpOptions} from '../../../src/operations/rollup/roll-up.js';
import {aLine, HomeRig} from '../home-rig.js';

const at = (time: string) => Date.parse(time) as EpochMs;

async function plan(rig: HomeRig, options: RollUpOptions): Promise<readonly string[]> {
  const steps: string[] = [];
  for await (const {id, reason} of planRollUp(rig.mem, options)) steps.push(`${reason} ${id.slice(4).replace(/:[0-9A-Z]{26}$/, '')}`);
  return steps;
}

const LOG = [aLine(), aLine({timestamp: '2024-02-15T12:00:00Z', text: 'In February the queue was emptied.'})];

test('a redo is planned with what is above it', async () => {
  // The steps of a redo counted as no change.
  await using rig = new HomeRig();
  await rig.ingest(LOG);
  await rig.rollUp();
  const redo = {kind: 'extractive', tocLevel: 'segment', to: at('2024-02-01T00:00:00Z')} as const;
  expect(await plan(rig, {redo})).toEqual([
    'redo segment:2024-01-15',
    'changed day:2024-01-15',
    'changed week:2024:W03',
    'changed month:2024:01',
    'changed year:2024',
  ]);
  expect(await plan(rig, {redo, tocLevel: 'segment'})).toEqual(['redo segment:2024-01-15']);
});

test('a redo of everything names each node once, also where it is marked', async () => {
  await using rig = new HomeRig();
  await rig.ingest([LOG[0] ?? {}]);
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: 'Later the gauge of Hoek was replaced too.'})]);
  const planned = await plan(rig, {redo: {kind: 'all'}});
  expect(planned.map((step) => step.split(' ')[1])).toEqual([
    'segment:2024-01-15',
    'day:2024-01-15',
    'week:2024:W03',
    'month:2024:01',
    'year:2024',
  ]);
  const done = (await rig.rollUp({redo: {kind: 'all'}})).map(
    ({step}) => `${step.reason} ${step.id.slice(4).replace(/:[0-9A-Z]{26}$/, '')}`,
  );
  expect(done).toEqual(planned);
});

test('a plan names what the rollup then does, and writes nothing', async () => {
  await using rig = new HomeRig();
  rig.now = at('2024-02-15T12:10:00Z');
  await rig.ingest([...LOG, aLine({timestamp: '2024-02-15T10:00:00Z', session_id: 's2', text: 'In the morning the release was tagged.'})]);
  await rig.rollUp();
  // An event that comes before a segment retracts it; one of today leaves its day open.
  await rig.ingest([
    aLine({timestamp: '2024-01-15T11:50:00Z', text: 'Before that we looked at the tide table of Hoek.'}),
    aLine({timestamp: '2024-02-15T12:05:00Z', text: 'After that the pumps were started.'}),
  ]);
  const [{keysWritten}, pointers] = [rig.mem.store.work, await rig.pointers()];
  const planned = await plan(rig, {});
  expect(rig.mem.store.work.keysWritten).toBe(keysWritten);
  expect(await rig.pointers()).toEqual(pointers);
  expect(planned).toContain('without-inputs segment:2024-01-15');
  const done = (await rig.rollUp()).map(({step}) => `${step.reason} ${step.id.slice(4).replace(/:[0-9A-Z]{26}$/, '')}`);
  expect([...planned].sort()).toEqual([...done].sort());
});
