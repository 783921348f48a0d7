import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {rebuild} from '../../../src/operations/care/repair/rebuild.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {exported, Folder} from './sync-rig.js';

const said = (minute: number, session: string, more: LineFields = {}): LineFields =>
  aLine({timestamp: `2024-01-15T12:${minute}:00Z`, session_id: session, text: `The gauge of the weir, part ${minute}.`, ...more});

test('a segment that went with a forked event is no fault, and no rebuild brings it back', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  // There it stands within a segment; here it begins one, of another session.
  await a.ingest([said(10, 'before'), said(20, 'before', {event_id: 'e1'})]);
  b.now = (b.now + 1_000) as typeof b.now;
  await b.ingest([said(20, 'after', {event_id: 'e1'}), said(30, 'after')]);
  for (const rig of [a, b]) await rig.rollUp();
  const began = (await b.pointers()).map(({id}) => id);
  for (const rig of [a, b, a]) await folder.sync(rig);
  for (const rig of [a, b]) await rig.rollUp();
  const nodes = await b.latest();
  expect(nodes).toEqual(await a.latest());
  const gone = began.filter((id) => !nodes.some((node) => node.id === id));
  expect(gone).toHaveLength(1);
  expect((await check(b.mem, {depth: 'full'})).verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  const events = await exported(b);
  await rebuild(b.mem, {dryRun: false, isPartial: false, timeZone: 'UTC'});
  expect(await exported(b)).toEqual(events);
  expect(await b.latest()).toEqual(nodes);
  expect((await b.pointers()).map(({id}) => id)).not.toContain(gone[0]);
  expect((await check(b.mem, {depth: 'full'})).verdicts.filter(({faults}) => faults > 0)).toEqual([]);
});
