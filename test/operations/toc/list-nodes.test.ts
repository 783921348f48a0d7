import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import type {ShownNode} from '../../../src/domain/toc/shown-node.js';
import {type ListOptions, listNodes} from '../../../src/operations/toc/list-nodes.js';
import {aLine, HomeRig} from '../home-rig.js';

const at = (time: string) => Date.parse(time) as EpochMs;

/** So many events of one session, a second apart. */
const talk = (date: string, count: number) =>
  Array.from({length: count}, (_, n) =>
    aLine({
      session_id: date,
      timestamp: new Date(at(`${date}T10:00:00Z`) + n * 1_000).toISOString(),
      text: `Reading ${n} of the gauge was odd on ${date}.`,
    }),
  );

async function list(rig: HomeRig, options: Partial<ListOptions>): Promise<{nodes: readonly ShownNode[]; waitingEvents: number}> {
  const nodes: ShownNode[] = [];
  let waitingEvents = 0;
  for await (const page of listNodes(rig.mem, {provisional: false, ...options})) {
    nodes.push(...page.nodes);
    waitingEvents = page.waitingEvents;
  }
  return {nodes, waitingEvents};
}

test('a year is stale by a late event of any of its months', async () => {
  // Only the marks around January were read.
  await using rig = new HomeRig();
  await rig.ingest([aLine({timestamp: '2024-06-12T10:00:00Z'}), aLine({timestamp: '2023-06-12T10:00:00Z'})]);
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-06-12T10:10:00Z', text: 'Later the gauge of Hoek was replaced too.'})]);
  for (const options of [{tocLevel: 'year'}, {}] as const) {
    const years = (await list(rig, options)).nodes.filter(({tocLevel}) => tocLevel === 'year');
    expect(years.map(({id, stale}) => [id, stale])).toEqual([
      ['toc:year:2023', false],
      ['toc:year:2024', true],
    ]);
  }
});

test('what has no node yet is summarized once for all TOC levels, the newest first, and the rest is counted', async () => {
  // Each month had a cache of its own, so the year listed in January ate the budget of the months, the oldest month first.
  await using rig = new HomeRig();
  await rig.ingest([...talk('2024-02-05', 900), ...talk('2024-03-05', 900), ...talk('2024-04-05', 900)]);
  const {nodes, waitingEvents} = await list(rig, {provisional: true});
  const waitingAt = (tocLevel: string) => nodes.filter((node) => node.tocLevel === tocLevel).map((node) => node.waitingEvents);
  expect(waitingAt('year')).toEqual([900]);
  for (const tocLevel of ['month', 'week', 'day']) expect(waitingAt(tocLevel), tocLevel).toEqual([900, 0, 0]);
  expect(waitingEvents).toBe(900);
  const starts = nodes.map(({start}) => start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('of one TOC level too the newest is summarized first', async () => {
  await using rig = new HomeRig();
  await rig.ingest(['2023-12-05', '2024-04-01', '2024-04-03', '2024-04-05'].flatMap((date) => talk(date, 900)));
  for (const tocLevel of ['day', 'segment'] as const) {
    const {nodes} = await list(rig, {provisional: true, tocLevel});
    const isSummarized = new Map(nodes.map((node) => [new Date(node.start).toISOString().slice(0, 10), node.bullets.length > 0]));
    expect([...isSummarized], tocLevel).toEqual([
      ['2023-12-05', false],
      ['2024-04-01', false],
      ['2024-04-03', true],
      ['2024-04-05', true],
    ]);
  }
});

test('a session-day of a week that two months show is read once', async () => {
  // A command reads 20,000 events at most: these would not fit twice.
  await using rig = new HomeRig();
  await rig.ingest([...talk('2024-01-31', 12_000), ...talk('2024-02-02', 1)]);
  const {nodes} = await list(rig, {provisional: true, tocLevel: 'segment'});
  expect(nodes.at(-1)?.id).toContain('2024-02-02');
  expect(nodes.length).toBeGreaterThan(1);
});

test('nothing outside of the span that was asked for is summarized', async () => {
  await using rig = new HomeRig();
  await rig.ingest([...talk('2024-02-05', 900), ...talk('2024-03-05', 900), ...talk('2024-03-20', 900)]);
  const {nodes, waitingEvents} = await list(rig, {provisional: true, tocLevel: 'day', to: at('2024-03-06T00:00:00Z')});
  expect(nodes.map((node) => [node.id, node.waitingEvents])).toEqual([
    ['toc:day:2024-02-05', 0],
    ['toc:day:2024-03-05', 0],
  ]);
  expect(waitingEvents).toBe(0);
});

test('stored and provisional nodes stand in one order', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({timestamp: '2024-01-15T10:00:00Z'})]);
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-10T10:00:00Z'}), aLine({timestamp: '2024-01-20T10:00:00Z'})]);
  const {nodes} = await list(rig, {provisional: true, tocLevel: 'day'});
  expect(nodes.map(({id, provisional}) => [id, provisional])).toEqual([
    ['toc:day:2024-01-10', true],
    ['toc:day:2024-01-15', false],
    ['toc:day:2024-01-20', true],
  ]);
});
