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

test('a segment that went with an event which came back to its session is no fault, either', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await using c = new HomeRig();
  for (const rig of [a, b, c]) {
    await rig.create('UTC');
    await rig.ingest([aLine({timestamp: '2024-01-01T12:00:00Z'})]);
  }
  const writerOf = ({mem}: HomeRig): string => mem.journal.ownWriter() ?? '';
  // Of a rebuild, which reads writers by name, the first copy is the one that stays: nothing takes another's place.
  const [first = a, second = b, last = c] = [a, b, c].sort((one, other) => (writerOf(one) < writerOf(other) ? -1 : 1));
  await first.ingest([said(10, 'before'), said(20, 'before', {event_id: 'e1'})]);
  second.now = (first.now + 1_000) as typeof second.now;
  await second.ingest([said(20, 'after', {event_id: 'e1'})]);
  last.now = (first.now + 2_000) as typeof last.now;
  await last.ingest([said(20, 'before', {event_id: 'e1'})]);
  await last.rollUp();
  // First it goes to the other session, then back, where it begins no segment any more.
  for (const rig of [second, first]) {
    await folder.sync(rig);
    await folder.sync(last);
    await last.rollUp();
  }
  const nodes = await last.latest();
  expect(nodes.filter((node) => 'segment' in node)).toHaveLength(2);
  expect((await check(last.mem, {depth: 'full'})).verdicts.filter(({faults}) => faults > 0)).toEqual([]);
  await rebuild(last.mem, {dryRun: false, isPartial: false, timeZone: 'UTC'});
  await last.rollUp();
  expect(await last.latest()).toEqual(nodes);
  expect((await check(last.mem, {depth: 'full'})).verdicts.filter(({faults}) => faults > 0)).toEqual([]);
});
