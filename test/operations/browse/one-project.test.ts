import {expect, test} from 'vitest';
import type {EventId} from '../../../src/domain/event/event.js';
import {dateOf, type NodeId, namesNode, tocLevelOf} from '../../../src/domain/toc/node-id.js';
import type {Answer, Place, Rows, Want} from '../../../src/domain/toc/screen-want.js';
import type {ShownNode} from '../../../src/domain/toc/shown-node.js';
import {PartCache} from '../../../src/operations/browse/project-part.js';
import {readScreen} from '../../../src/operations/browse/read-screen.js';
import {readFilteredToc} from '../../../src/operations/report/read-filtered-toc.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const WEB = 'acme/web';
const YEAR = {kind: 'dates', dates: {from: '2024-01-01', to: '2025-01-01'}} as never;

function line(at: string, project: string, text: string, more: LineFields = {}): LineFields {
  return aLine({timestamp: at, text, session_id: `${project}-${at.slice(0, 10)}`, project, ...more});
}

/** The two projects share days, and one week lies in two months. */
const LINES = [
  line('2023-12-30T09:00:00Z', 'acme/api', 'The lighthouse at Texel got a new lamp, said the harbour master.'),
  line('2024-01-29T09:00:00Z', WEB, 'We measured the tide at Vlieland twice and wrote both values down.'),
  line('2024-01-29T10:00:00Z', 'acme/api', 'The collector stored each reading twice because of the retry queue.'),
  line('2024-02-01T09:00:00Z', WEB, 'A unique index on readings was built, so the retry is harmless now.'),
  line('2024-02-01T09:10:00Z', WEB, 'The surge alarm at Delfzijl rang for nobody: the phone list was old.'),
  line('2024-02-02T09:00:00Z', 'acme/api', 'Marit renamed the station table and moved the old columns away.'),
  // A session that goes over to another project.
  line('2024-03-05T09:00:00Z', 'acme/api', 'The build was red for a day.', {session_id: 'both'}),
  line('2024-03-05T09:01:00Z', WEB, 'The page shows the build now.', {session_id: 'both'}),
];

async function home(isRolledUp: boolean): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(LINES);
  if (isRolledUp) await rig.rollUp();
  return rig;
}

async function ask<K extends Want['kind']>(rig: HomeRig, want: Want & {kind: K}, parts = new PartCache()): Promise<Answer & {kind: K}> {
  const {answers} = await readScreen(rig.mem, [want], {drain: true, patienceMs: 3_000, project: WEB, parts});
  return answers[0] as Answer & {kind: K};
}

/** The segments of all projects on a day that two share. */
async function readRowsOfAll(rig: HomeRig): Promise<Rows> {
  const below = {parent: undefined, id: 'toc:day:2024-01-29' as NodeId};
  const {answers} = await readScreen(rig.mem, [{kind: 'rows', below}], {drain: true, patienceMs: 3_000});
  const [answer] = answers;
  if (answer?.kind !== 'rows') throw new Error('there are no rows');
  return answer.rows;
}

/** All places with their nodes, as they are below a node. */
function placesOf(node: ShownNode, parent?: NodeId): readonly {place: Place; node: unknown}[] {
  const below = (node.children ?? []).flatMap((child) => placesOf(child, node.id));
  return [{place: {parent, id: node.id}, node: {...node, children: undefined}}, ...below];
}

test.each([
  ['rolled up', true],
  ['not rolled up yet', false],
])('rows and nodes are those of toc show with this project: %s', async (_, isRolledUp) => {
  await using rig = await home(isRolledUp);
  const {node} = await readFilteredToc(rig.mem, 'toc:year:2024' as NodeId, 4, {projects: ['web']});
  const expected = node === undefined ? [] : placesOf(node);
  expect(expected.map(({place}) => tocLevelOf(place.id))).toEqual(expect.arrayContaining(['year', 'month', 'week', 'day', 'segment']));
  expect((await ask(rig, {kind: 'nodes', places: expected.map(({place}) => place)})).nodes).toEqual(expected);
  for (const {place} of expected) {
    if (tocLevelOf(place.id) === 'segment') continue;
    const below = expected.filter((child) => child.place.parent === place.id).map((child) => child.place.id);
    // Weeks of two months stand below both, with the days of each.
    const {ids} = (await ask(rig, {kind: 'rows', below: place})).rows;
    expect(ids.filter(namesNode), JSON.stringify(place)).toEqual(
      tocLevelOf(place.id) === 'week' ? below.filter((id) => ids.includes(id)) : below,
    );
  }
  const {ids: whole} = await readRowsOfAll(rig);
  const fitting = expected.map(({place}) => place.id);
  const others = whole.filter((id) => !fitting.includes(id as NodeId)).map((id) => ({parent: undefined, id: id as NodeId}));
  expect(others.length).toBeGreaterThan(0);
  expect((await ask(rig, {kind: 'nodes', places: others})).nodes.map(({node: other}) => other)).toEqual(others.map(() => undefined));
  const {rows} = await ask(rig, {kind: 'path', to: 'today'});
  expect(rows[0]?.ids).toEqual(['toc:year:2024']);
});

test.each([
  ['rolled up', true],
  ['not rolled up yet', false],
])('the events and sizes are of this project alone: %s', async (_, isRolledUp) => {
  await using rig = await home(isRolledUp);
  const {sections} = await ask(rig, {kind: 'sections', of: YEAR});
  expect(sections.map(({date, rows}) => [date, rows])).toEqual([
    ['2024-01-29', 1],
    ['2024-02-01', 2],
    ['2024-03-05', 1],
  ]);
  for (const {date, rows} of sections) expect((await ask(rig, {kind: 'event-ids', of: YEAR, date})).ids).toHaveLength(rows);
  const {sizes} = await ask(rig, {kind: 'sizes', below: {parent: undefined, id: 'toc:year:2024' as NodeId}});
  expect([...sizes]).toEqual([
    ['toc:month:2024:01', 1],
    ['toc:month:2024:02', 2],
    ['toc:month:2024:03', 1],
  ]);
});

test('what was found out of a project is kept until something is stored', async () => {
  await using rig = await home(true);
  const parts = new PartCache();
  const years = async () => (await ask(rig, {kind: 'path', to: 'today'}, parts)).rows[0]?.ids;
  expect(await years()).toEqual(['toc:year:2024']);
  await rig.ingest([line('2025-01-02T09:00:00Z', WEB, 'A new year began in the harbour.')]);
  expect(await years()).toEqual(['toc:year:2024', 'toc:year:2025']);
});

test('projects are counted, those with the most events first', async () => {
  await using rig = await home(true);
  const {projects, events} = await ask(rig, {kind: 'projects'});
  expect([projects, events]).toEqual([
    [
      {project: 'acme/api', events: 4},
      {project: WEB, events: 4},
    ],
    8,
  ]);
});

test.each([
  ['rolled up', true],
  ['not rolled up yet', false],
])('an event is found in the segment that has it: %s', async (_, isRolledUp) => {
  await using rig = await home(isRolledUp);
  const {ids} = await ask(rig, {kind: 'event-ids', of: YEAR, date: '2024-02-01' as never});
  const {found} = await ask(rig, {kind: 'event-place', id: ids[1] as EventId});
  if (found?.kind !== 'segment') throw new Error('it is in no segment');
  expect([dateOf(found.segment.id), found.rows.at(-1)?.ids]).toEqual(['2024-02-01', ids]);
});

test('an event that came after its segment was made is found among those of its session, and none where there is none', async () => {
  await using rig = await home(true);
  await rig.ingest([line('2024-02-01T09:05:00Z', WEB, '', {event_type: 'subagent_start'})]);
  const {ids} = await ask(rig, {kind: 'event-ids', of: YEAR, date: '2024-02-01' as never});
  const late = await ask(rig, {kind: 'event-place', id: ids[1] as EventId});
  expect(late).toMatchObject({found: {kind: 'source', source: {ids, at: 1}}});
  expect(await ask(rig, {kind: 'event-place', id: '01HM00000000000000000000ZZ' as EventId})).toMatchObject({found: undefined});
});
