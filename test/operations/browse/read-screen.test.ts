import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import {encodeEvent} from '../../../src/domain/event/event-record.js';
import {parseLine} from '../../../src/domain/event/parse/event-parse.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {Answer, EventsOf, Place, Want} from '../../../src/domain/toc/screen-want.js';
import {findNeighbour} from '../../../src/operations/browse/find-neighbour.js';
import {readScreen} from '../../../src/operations/browse/read-screen.js';
import {watchHome} from '../../../src/operations/browse/watch-home.js';
import {readToc} from '../../../src/operations/toc/read-toc.js';
import {randomBits} from '../../../src/system/random-bits.js';
import {redactor} from '../../domain/event/ordinary.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const OPTIONS = {drain: true, patienceMs: 3_000};

function line(at: string, text: string, more: LineFields = {}): LineFields {
  return aLine({timestamp: at, text, session_id: `s-${at.slice(0, 10)}`, ...more});
}

/** January 29 to February 2, 2024 is one week; two more days in March and in 2023. */
const LINES: readonly LineFields[] = [
  line('2023-12-30T09:00:00Z', 'The lighthouse at Texel got a new lamp, said the harbour master.'),
  line('2024-01-29T09:00:00Z', 'We measured the tide at Vlieland twice and wrote both values down.'),
  line('2024-01-31T09:00:00Z', 'The collector stored each reading twice because of the retry queue.'),
  line('2024-02-01T09:00:00Z', 'A unique index on readings was built, so the retry is harmless now.'),
  line('2024-02-02T09:00:00Z', 'The surge alarm at Delfzijl rang for nobody: the phone list was old.'),
  line('2024-03-05T09:00:00Z', 'Marit renamed the station table and moved the old columns away.'),
];

async function home(lines: readonly LineFields[] = LINES): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(lines);
  return rig;
}

async function ask<K extends Want['kind']>(rig: HomeRig, want: Want & {kind: K}): Promise<Answer & {kind: K}> {
  const {answers} = await readScreen(rig.mem, [want], OPTIONS);
  return answers[0] as Answer & {kind: K};
}

function place(parent: string | undefined, id: string): Place {
  return {parent: parent as NodeId | undefined, id: id as NodeId};
}

test.each(['rolled up', 'not rolled up yet'])('nodes at their places are those of the tree: %s', async (kind) => {
  await using rig = await home();
  if (kind === 'rolled up') await rig.rollUp();
  const {node: year} = await readToc(rig.mem, 'toc:year:2024' as NodeId, 4);
  const expected: {place: Place; node: unknown}[] = [];
  const visit = (node: NonNullable<typeof year>, parent: NodeId | undefined): void => {
    expected.push({place: {parent, id: node.id}, node: {...node, children: undefined}});
    for (const child of node.children ?? []) visit(child, node.id);
  };
  if (year !== undefined) visit(year, undefined);
  expect(expected.length).toBeGreaterThan(12);
  const {nodes} = await ask(rig, {kind: 'nodes', places: expected.map((one) => one.place)});
  expect(nodes).toEqual(expected);
});

test('a week that straddles two months is there in both, with its own days', async () => {
  await using rig = await home();
  await rig.rollUp();
  const rowsOf = async (below: Place) => (await ask(rig, {kind: 'rows', below})).rows.ids;
  expect(await rowsOf(place('toc:year:2024', 'toc:month:2024:01'))).toEqual(['toc:week:2024:W05']);
  expect(await rowsOf(place('toc:month:2024:01', 'toc:week:2024:W05'))).toEqual(['toc:day:2024-01-29', 'toc:day:2024-01-31']);
  expect(await rowsOf(place('toc:month:2024:02', 'toc:week:2024:W05'))).toEqual(['toc:day:2024-02-01', 'toc:day:2024-02-02']);
});

test('the path to today leads to the last recorded date where this year has none', async () => {
  await using rig = await home();
  const path = await ask(rig, {kind: 'path', to: 'today'});
  expect([path.to, path.place]).toEqual(['toc:day:2030-01-01', place('toc:week:2024:W10', 'toc:day:2024-03-05')]);
  expect(path.rows.map(({ids}) => ids.length)).toEqual([2, 3, 1, 1]);
});

test.each([
  ['that day', '2024-02-02T20:00:00Z', 'toc:day:2024-02-02'],
  ['the last day, where nothing was recorded on it yet', '2024-03-20T08:00:00Z', 'toc:day:2024-03-05'],
  ['the last day, where nothing was in its month and year yet', '2025-01-01T08:00:00Z', 'toc:day:2024-03-05'],
  ['the nearest above it, where the last day is yet to come', '2024-02-20T08:00:00Z', 'toc:month:2024:02'],
  ['the last day, where all is yet to come', '2022-02-20T08:00:00Z', 'toc:day:2024-03-05'],
])('the path to today leads to %s', async (_, now, chosen) => {
  await using rig = await home();
  rig.now = Date.parse(now) as EpochMs;
  const path = await ask(rig, {kind: 'path', to: 'today'});
  expect([path.to, path.place?.id]).toEqual([`toc:day:${now.slice(0, 10)}`, chosen]);
});

test('the path to what was not recorded ends above it; to a week it ends in the month of its days', async () => {
  await using rig = await home();
  expect((await ask(rig, {kind: 'path', to: place(undefined, 'toc:day:2024-02-20')})).place).toEqual(
    place('toc:year:2024', 'toc:month:2024:02'),
  );
  expect((await ask(rig, {kind: 'path', to: place(undefined, 'toc:week:2024:W05')})).place).toEqual(
    place('toc:month:2024:02', 'toc:week:2024:W05'),
  );
  expect((await ask(rig, {kind: 'path', to: place('toc:month:2024:01', 'toc:week:2024:W05')})).place).toEqual(
    place('toc:month:2024:01', 'toc:week:2024:W05'),
  );
  expect((await ask(rig, {kind: 'path', to: place(undefined, 'toc:year:1999')})).place).toBeUndefined();
});

test('events come in sections by date, by their ids, and one among its session', async () => {
  await using rig = await home([
    ...LINES,
    line('2024-02-01T09:01:00Z', 'Another session speaks in between.', {session_id: 'other'}),
    line('2024-02-01T09:02:00Z', 'And the first one goes on.', {session_id: 's-2024-02-01'}),
  ]);
  const of = {kind: 'dates', dates: {from: '2024-02-01', to: '2024-03-01'}} as never;
  expect((await ask(rig, {kind: 'sections', of})).sections).toEqual([
    {date: '2024-02-01', count: 3, rows: 3},
    {date: '2024-02-02', count: 1, rows: 1},
  ]);
  const {ids} = await ask(rig, {kind: 'event-ids', of, date: '2024-02-01' as never});
  expect(ids).toHaveLength(3);
  const {source} = await ask(rig, {kind: 'source', id: ids[2] as EventId});
  expect([source?.ids, source?.at]).toEqual([[ids[0], ids[2]], 1]);
  const {previews} = await ask(rig, {kind: 'previews', ids: [ids[1] as EventId, '01HKZ5D0A0AAAAAAAAAAAAAAAA' as EventId]});
  expect(previews.map(({start}) => start)).toEqual(['Another session speaks in between.']);
});

test('what a hook said, and the file of the agent says too, is among no events of a date, a session or a source', async () => {
  const more = {session_id: 's', agent: 'claude-code'};
  await using rig = await home([
    line('2024-02-01T09:00:00Z', 'We measured the tide at Vlieland twice.', {...more, source: 'transcript'}),
    line('2024-02-01T09:00:07Z', 'We measured the tide at Vlieland twice.', {...more, source: 'hook'}),
    line('2024-02-01T09:01:00Z', 'Only a hook heard of the surge alarm.', {...more, source: 'hook'}),
  ]);
  const of = {kind: 'dates', dates: {from: '2024-02-01', to: '2024-02-02'}} as never;
  const {ids} = await ask(rig, {kind: 'event-ids', of, date: '2024-02-01' as never});
  const {previews} = await ask(rig, {kind: 'previews', ids});
  expect(previews.map(({time}) => new Date(time).toISOString().slice(11, 19))).toEqual(['09:00:00', '09:01:00']);
  const {source} = await ask(rig, {kind: 'source', id: ids[1] as EventId});
  expect([source?.ids, source?.at]).toEqual([ids, 1]);
  const ofSession = source?.of as EventsOf;
  expect((await ask(rig, {kind: 'sections', of: ofSession})).sections).toEqual([{date: '2024-02-01', count: 2, rows: 2}]);
  expect((await ask(rig, {kind: 'event-ids', of: ofSession, date: '2024-02-01' as never})).ids).toEqual(ids);
});

test('a source that is superseded by now leads to the event before it', async () => {
  const said = {session_id: 's', agent: 'claude-code', text: 'We measured the tide at Vlieland twice.'};
  await using rig = await home([line('2024-02-01T09:00:07Z', '', {...said, source: 'hook'})]);
  const of = {kind: 'dates', dates: {from: '2024-02-01', to: '2024-02-02'}} as never;
  const [hook] = (await ask(rig, {kind: 'event-ids', of, date: '2024-02-01' as never})).ids;
  await rig.ingest([
    line('2024-02-01T08:00:00Z', 'List the gauges.', {...said, text: 'List the gauges.', source: 'transcript'}),
    line('2024-02-01T09:00:06Z', '', {...said, source: 'transcript'}),
    line('2024-02-01T10:00:00Z', '', {...said, text: 'Now list the moons.', source: 'transcript'}),
  ]);
  const {source} = await ask(rig, {kind: 'source', id: hook as EventId});
  expect([source?.ids.length, source?.at]).toEqual([3, 1]);
});

test('a preview of an event of a mebibyte is short', async () => {
  await using rig = await home([line('2024-02-01T09:00:00Z', 'x '.repeat(500_000))]);
  const {ids} = await ask(rig, {
    kind: 'event-ids',
    of: {kind: 'dates', dates: {from: '2024-02-01', to: '2024-02-02'}} as never,
    date: '2024-02-01' as never,
  });
  const {previews} = await ask(rig, {kind: 'previews', ids});
  expect(previews[0]?.start.length).toBe(600);
  expect((await ask(rig, {kind: 'event', id: ids[0] as EventId})).event?.text.length).toBe(1_000_000);
});

test('the neighbour of a period is the next recorded one, over the edges of months and years', async () => {
  await using rig = await home();
  const next = async (from: Place, direction: 'forward' | 'backward'): Promise<string | undefined> => {
    const months = findNeighbour(rig.mem, 'day', from, {direction});
    for (;;) {
      const step = await months.next();
      if (step.done) return step.value?.place.id;
    }
  };
  expect(await next(place('toc:week:2024:W05', 'toc:day:2024-02-02'), 'forward')).toBe('toc:day:2024-03-05');
  expect(await next(place('toc:week:2024:W05', 'toc:day:2024-01-29'), 'backward')).toBe('toc:day:2023-12-30');
  expect(await next(place('toc:week:2023:W52', 'toc:day:2023-12-30'), 'backward')).toBeUndefined();
});

/** Puts an event into the inbox, where it waits. */
function waitIn(rig: HomeRig, fields: LineFields): void {
  const options = {arrivedAt: rig.now, now: rig.now as EpochMs, randomBits, countBefore: () => 0, redactor};
  const parsed = parseLine(JSON.stringify(fields), options);
  if (parsed.kind !== 'event') throw new Error('no event');
  rig.mem.inbox.write([encodeEvent(parsed.event)], rig.now);
}

test('a watch tells of files that came and of openings by others, not of its own', async () => {
  await using rig = await home();
  const watch = watchHome(rig.mem);
  const look = () => readScreen(watch.mem, [{kind: 'path', to: 'today'}], OPTIONS);
  await look();
  expect(await watch.hasChanged()).toBe(false);
  await rig.ingest([line('2024-03-06T09:00:00Z', 'Somebody else drained this.')]);
  expect(await watch.hasChanged()).toBe(true);
  await look();
  expect(await watch.hasChanged()).toBe(false);
  waitIn(rig, line('2024-03-07T09:00:00Z', 'This waits in the inbox.'));
  expect(await watch.hasChanged()).toBe(true);
  await look();
  // It drained the file itself: what others read before does not have it.
  expect(await watch.hasChanged()).toBe(true);
  await look();
  expect(await watch.hasChanged()).toBe(false);
  expect((await ask(rig, {kind: 'path', to: 'today'})).place?.id).toBe('toc:day:2024-03-07');
});

test('a watch tells of files that were left in the inbox at each fifth look alone', async () => {
  await using rig = await home();
  const watch = watchHome(rig.mem);
  await readScreen(watch.mem, [{kind: 'path', to: 'today'}], OPTIONS);
  expect(await watch.hasChanged()).toBe(false);
  waitIn(rig, line('2024-03-07T09:00:00Z', 'This waits in the inbox.'));
  const looks: boolean[] = [];
  for (let look = 0; look < 11; look++) looks.push(await watch.hasChanged());
  expect(looks.flatMap((isNews, at) => (isNews ? [at] : []))).toEqual([0, 5, 10]);
});

test('a watch tells what one reading found and those before it have not', async () => {
  await using rig = await home();
  const watch = watchHome(rig.mem);
  await readScreen(watch.mem, [{kind: 'path', to: 'today'}], OPTIONS);
  expect(await watch.hasChanged()).toBe(false);
  await rig.ingest([line('2024-03-06T09:00:00Z', 'Somebody else drained this.')]);
  // A search, say, which changes nothing of the rows on the screen.
  await watch.mem.store.use(OPTIONS.patienceMs, async () => undefined);
  expect(await watch.hasChanged()).toBe(true);
  expect(await watch.hasChanged()).toBe(false);
});

test('a screen of years reads no more than the years', async () => {
  const lines = Array.from({length: 300}, (_, at) =>
    line(new Date(Date.UTC(2022, 0, 1 + at, 9)).toISOString(), `On this day number ${at} the harbour was quiet.`),
  );
  await using rig = await home(lines);
  await rig.rollUp();
  const before = rig.mem.store.work.valuesRead;
  await ask(rig, {kind: 'nodes', places: [place(undefined, 'toc:year:2022')]});
  expect(rig.mem.store.work.valuesRead - before).toBeLessThan(20);
});
