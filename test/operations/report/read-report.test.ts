import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {encodeEvent} from '../../../src/domain/event/event-record.js';
import {parseLine} from '../../../src/domain/event/parse/event-parse.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {ShownNode} from '../../../src/domain/toc/shown-node.js';
import {readReport} from '../../../src/operations/report/read-report.js';
import {randomBits} from '../../../src/system/random-bits.js';
import {aLine, HomeRig} from '../home-rig.js';

const ALL = {projects: []};
const MONDAY = Date.parse('2024-01-15T15:00:00Z') as EpochMs;

function ids(nodes: readonly ShownNode[] = []): readonly unknown[] {
  return nodes.map(({id, children}) => (children === undefined ? id : [id, ids(children)]));
}

test('without a name it is a standup: the last day with work, and today', async () => {
  await using rig = new HomeRig();
  rig.now = MONDAY;
  await rig.ingest([
    aLine({timestamp: '2024-01-11T12:00:00Z', text: 'We measured the tide on Thursday at the harbour.'}),
    aLine({timestamp: '2024-01-12T12:00:00Z', text: 'We fixed the parser of the tide table on Friday.'}),
    aLine({timestamp: '2024-01-15T14:00:00Z', text: 'We wrote the release notes of the tide table on Monday.'}),
  ]);
  await rig.rollUp();
  const {nodes, dates, events} = await readReport(rig.mem, 'standup', ALL);
  expect(nodes.map(({id}) => id)).toEqual(['toc:day:2024-01-12', 'toc:day:2024-01-15']);
  expect(dates).toEqual({first: '2024-01-12', last: '2024-01-15'});
  // In the order of time, each once, though the day and its segment cite it.
  expect(events.map(({text}) => text.split(' ').at(-1))).toEqual(['Friday.', 'Monday.']);
});

test('tells a day with segments, a week with days and segments, a month with weeks and days, a year with months', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  await rig.rollUp();
  const shown = async (id: string) => ids((await readReport(rig.mem, id as NodeId, ALL)).nodes);
  const [segment] = (await rig.pointers()).filter(({id}) => id.startsWith('toc:segment')).map(({id}) => id);
  expect(await shown('toc:day:2024-01-15')).toEqual([['toc:day:2024-01-15', [segment]]]);
  expect(await shown('toc:week:2024:W03')).toEqual([['toc:week:2024:W03', [['toc:day:2024-01-15', [segment]]]]]);
  expect(await shown('toc:month:2024:01')).toEqual([['toc:month:2024:01', [['toc:week:2024:W03', ['toc:day:2024-01-15']]]]]);
  expect(await shown('toc:year:2024')).toEqual([['toc:year:2024', ['toc:month:2024:01']]]);
  expect(await shown('toc:day:2024-01-16')).toEqual([]);
});

test('is made of the segments of one project where one is wanted', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    aLine({session_id: 'a', project: 'acme/api', text: 'We fixed the parser of the tide table in the api.'}),
    aLine({session_id: 'b', project: 'acme/web', text: 'The harbour page shows the new gauge on the web.'}),
  ]);
  await rig.rollUp();
  const {nodes, events, days} = await readReport(rig.mem, 'toc:month:2024:01' as NodeId, {projects: ['web']});
  expect(ids(nodes)).toEqual([['toc:month:2024:01', [['toc:week:2024:W03', ['toc:day:2024-01-15']]]]]);
  expect(events.map(({project}) => project)).toEqual(['acme/web']);
  expect(nodes[0]?.bullets.map(({text}) => text)).toEqual([expect.stringContaining('harbour page')]);
  expect(days.map((day) => day.events)).toEqual([1]);
  expect((await readReport(rig.mem, 'toc:month:2024:01' as NodeId, {projects: [], agent: 'codex'})).nodes).toEqual([]);
});

test('replaces secrets that were stored before a rule knew them, in all texts', async () => {
  await using rig = new HomeRig();
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const stored = parseLine(
    JSON.stringify(aLine({text: `We put the key ${token} into the tide table's settings.`, metadata: {speaker: token}})),
    {
      arrivedAt: rig.now,
      now: rig.now,
      randomBits,
      countBefore: () => 0,
      redactor: {text: (text) => text, metadata: (metadata) => metadata},
    },
  );
  if (stored.kind !== 'event') throw new Error(JSON.stringify(stored));
  rig.mem.inbox.write([encodeEvent(stored.event)], rig.now);
  await rig.rollUp();
  const report = await readReport(rig.mem, 'toc:day:2024-01-15' as NodeId, ALL);
  expect(report.events).toHaveLength(1);
  expect(JSON.stringify(report.nodes)).toContain('[redacted:github:');
  expect(JSON.stringify([report.nodes, report.events])).not.toContain(token);
});
