import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {ShownNode} from '../../../src/domain/toc/shown-node.js';
import {listNodes} from '../../../src/operations/toc/list-nodes.js';
import {readToc} from '../../../src/operations/toc/read-toc.js';
import {aLine, HomeRig} from '../home-rig.js';

const at = (time: string) => Date.parse(time) as EpochMs;
const id = (text: string) => text as NodeId;
const said = (timestamp: string, text: string, session = 's1') => aLine({timestamp, text, session_id: session});

/** The tree as indented ids, segments without their ULID. */
function outline(node: ShownNode | undefined, depth = 0): readonly string[] {
  if (node === undefined) return [];
  const marks = [node.provisional && 'provisional', node.stale && 'stale', node.clipped && 'clipped', node.open && 'open'].filter(Boolean);
  const line = `${'  '.repeat(depth)}${node.id.slice(4).replace(/:[0-9A-Z]{26}$/, '')}${marks.map((mark) => ` ${mark}`).join('')}`;
  return [line, ...(node.children ?? []).flatMap((child) => outline(child, depth + 1))];
}

async function overNewYear(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.ingest([
    said('2024-12-28T10:00:00Z', 'On Saturday the harbour gauge was replaced by a newer model.'),
    said('2024-12-30T10:00:00Z', 'Monday brought the migration of the tide table to the new schema.'),
    said('2025-01-02T10:00:00Z', 'On Thursday the retry queue lost readings after the restart.'),
  ]);
  return rig;
}

describe('the tree that is shown', () => {
  test('reaches every day by its own date: a week that lies in two months stands clipped under both', async () => {
    await using rig = await overNewYear();
    await rig.rollUp();
    expect(outline((await readToc(rig.mem, id('toc:year:2024'), 3)).node)).toEqual([
      'year:2024',
      '  month:2024:12',
      '    week:2024:W52',
      '      day:2024-12-28',
      '    week:2025:W01 clipped',
      '      day:2024-12-30',
    ]);
    expect(outline((await readToc(rig.mem, id('toc:year:2025'), 4)).node)).toEqual([
      'year:2025',
      '  month:2025:01',
      '    week:2025:W01 clipped',
      '      day:2025-01-02',
      '        segment:2025-01-02',
    ]);
  });

  test('clips bounds, bullets and title of such a week, and shows it whole by its own id', async () => {
    await using rig = await overNewYear();
    await rig.rollUp();
    const clipped = (await readToc(rig.mem, id('toc:month:2025:01'), 1)).node?.children?.[0];
    expect(clipped).toMatchObject({title: 'Week 1 of 2025', start: at('2025-01-01T00:00:00Z'), end: at('2025-01-06T00:00:00Z')});
    expect(clipped?.bullets.map(({text}) => text)).toEqual([expect.stringContaining('retry queue')]);
    // It counted the days of the whole week.
    expect(clipped?.childIds).toEqual(['toc:day:2025-01-02']);
    const whole = (await readToc(rig.mem, id('toc:week:2025:W01'), 1)).node;
    expect(whole).toMatchObject({clipped: false, start: at('2024-12-30T00:00:00Z'), end: at('2025-01-06T00:00:00Z')});
    expect(whole?.bullets).toHaveLength(2);
    expect(whole?.children?.map((child) => child.id)).toEqual(['toc:day:2024-12-30', 'toc:day:2025-01-02']);
  });

  test('is there before any rollup, made on the fly', async () => {
    await using rig = await overNewYear();
    rig.now = at('2025-01-02T10:05:00Z');
    const {node} = await readToc(rig.mem, id('toc:year:2025'), 4);
    expect(outline(node)).toEqual([
      'year:2025 provisional open',
      '  month:2025:01 provisional open',
      '    week:2025:W01 provisional clipped open',
      '      day:2025-01-02 provisional open',
      '        segment:2025-01-02 provisional',
    ]);
    expect(node?.version).toBe(0);
    expect(node?.bullets.map(({text}) => text)).toEqual([expect.stringContaining('retry queue')]);
    expect(await rig.pointers()).toEqual([]);
  });

  test('says of what a late event changed that it is stale, up to the year, and of nothing beside it', async () => {
    await using rig = await overNewYear();
    await rig.rollUp();
    await rig.ingest([said('2024-12-30T10:10:00Z', 'Later the schema was given an index.')]);
    expect(outline((await readToc(rig.mem, id('toc:year:2024'), 4)).node)).toEqual([
      'year:2024 stale',
      '  month:2024:12 stale',
      '    week:2024:W52',
      '      day:2024-12-28',
      '        segment:2024-12-28',
      '    week:2025:W01 stale clipped',
      '      day:2024-12-30 stale',
      '        segment:2024-12-30 stale',
    ]);
  });

  test('leads from a retracted segment to its successor', async () => {
    await using rig = new HomeRig();
    await rig.ingest([said('2024-01-15T12:00:00Z', 'The parser of the tide table was mended.')]);
    await rig.rollUp();
    const old = (await rig.pointers()).find((pointer) => pointer.id.startsWith('toc:segment:'));
    await rig.ingest([said('2024-01-15T11:45:00Z', 'First we looked at the table of Hoek.')]);
    await rig.rollUp();
    const {node} = await readToc(rig.mem, old?.id ?? id(''), 0);
    expect(node?.status).toBe('retracted');
    const replacedBy = node?.tocLevel === 'segment' ? node.replacedBy : [];
    expect(replacedBy).toHaveLength(1);
    const day = (await readToc(rig.mem, id('toc:day:2024-01-15'), 1)).node;
    expect(day?.children?.map((child) => child.id)).toEqual(replacedBy);
  });

  test('has nothing for a period in which nothing was recorded', async () => {
    await using rig = await overNewYear();
    expect((await readToc(rig.mem, id('toc:day:2024-12-29'), 1)).node).toBeUndefined();
    expect((await readToc(rig.mem, id('toc:year:1999'), 1)).node).toBeUndefined();
  });

  test('counts the events of a period in which no event has text', async () => {
    // It was said that nothing was recorded.
    await using rig = new HomeRig();
    await rig.ingest([said('2024-01-15T10:00:00Z', ' '), said('2024-01-15T10:01:00Z', ''), said('2024-01-16T10:00:00Z', '')]);
    for (const isRolledUp of [false, true]) {
      if (isRolledUp) await rig.rollUp();
      expect(await readToc(rig.mem, id('toc:day:2024-01-15'), 1)).toMatchObject({node: undefined, textlessEvents: 2});
      expect(await readToc(rig.mem, id('toc:month:2024:01'), 1)).toMatchObject({node: undefined, textlessEvents: 3});
      expect(await readToc(rig.mem, id('toc:day:2024-01-17'), 1)).toMatchObject({node: undefined, textlessEvents: 0});
    }
  });

  test('summarizes at most 2,000 waiting events on the fly, newest first, and counts the others', async () => {
    await using rig = new HomeRig();
    const day = (date: string) =>
      Array.from({length: 900}, (_, n) =>
        said(new Date(at(`${date}T10:00:00Z`) + n * 1_000).toISOString(), `Reading ${n} of the gauge was odd on ${date}.`, date),
      );
    await rig.ingest([...day('2024-01-15'), ...day('2024-01-16'), ...day('2024-01-17')]);
    const {node} = await readToc(rig.mem, id('toc:month:2024:01'), 2);
    const days = node?.children?.[0]?.children ?? [];
    expect(days.map(({waitingEvents}) => waitingEvents)).toEqual([900, 0, 0]);
    expect(node?.waitingEvents).toBe(900);
  });
});

describe('a list of nodes', () => {
  const list = async (rig: HomeRig, filter: Partial<Parameters<typeof listNodes>[1]> = {}) => {
    const nodes: string[] = [];
    for await (const page of listNodes(rig.mem, {provisional: false, ...filter}))
      nodes.push(...page.nodes.map((node) => outline({...node, children: undefined})[0] ?? ''));
    return nodes;
  };

  test('holds each stored node once, whole, in time order, the longer period first', async () => {
    await using rig = await overNewYear();
    await rig.rollUp();
    expect(await list(rig)).toEqual([
      'year:2024',
      'month:2024:12',
      'week:2024:W52',
      'day:2024-12-28',
      'segment:2024-12-28',
      'week:2025:W01',
      'day:2024-12-30',
      'segment:2024-12-30',
      'year:2025',
      'month:2025:01',
      'day:2025-01-02',
      'segment:2025-01-02',
    ]);
  });

  test('can be of one TOC level and of a span of time that nodes overlap', async () => {
    await using rig = await overNewYear();
    await rig.rollUp();
    expect(await list(rig, {tocLevel: 'week', from: at('2025-01-01T00:00:00Z')})).toEqual(['week:2025:W01']);
    expect(await list(rig, {tocLevel: 'day', to: at('2024-12-30T00:00:00Z')})).toEqual(['day:2024-12-28']);
    expect(await list(rig, {tocLevel: 'year', from: at('2025-06-01T00:00:00Z')})).toEqual(['year:2025']);
  });

  test('shows what has no node yet only when asked', async () => {
    await using rig = await overNewYear();
    expect(await list(rig)).toEqual([]);
    expect(await list(rig, {provisional: true, tocLevel: 'week'})).toEqual(['week:2024:W52 provisional', 'week:2025:W01 provisional']);
  });
});

test('what a hook said and the file of the agent says too is in no count, also where it is alone on its day', async () => {
  await using rig = new HomeRig();
  const more = {agent: 'claude-code', session_id: 's1', text: 'We measured the tide at Vlieland twice.'};
  await rig.create('UTC');
  await rig.ingest([
    aLine({...more, timestamp: '2024-01-15T23:59:59Z', source: 'hook'}),
    aLine({...more, timestamp: '2024-01-16T00:00:01Z', source: 'transcript'}),
    aLine({...more, timestamp: '2024-01-16T00:00:02Z', source: 'hook'}),
  ]);
  for (const step of ['before', 'after'] as const) {
    if (step === 'after') await rig.rollUp();
    expect(await readToc(rig.mem, id('toc:day:2024-01-15'), 1)).toMatchObject({node: undefined, textlessEvents: 0});
    const {node} = await readToc(rig.mem, id('toc:day:2024-01-16'), 1);
    expect(node?.children?.map((child) => child.tocLevel === 'segment' && child.segment.eventCount)).toEqual([1]);
  }
});
