import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {workstreamIdOf} from '../../../src/domain/facts/workstream.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {ChildSummary, EventForSummary, Summarizer} from '../../../src/domain/toc/summary.js';
import {readToc} from '../../../src/operations/toc/read-toc.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const SOUP = workstreamIdOf({sessionKey: 'S' as never, project: 'cafe/menu', branch: 'feat/soup'});

const said = (timestamp: string, text: string, more: LineFields = {}) =>
  aLine({timestamp, text, project: 'cafe/menu', metadata: {git_branch: 'feat/soup'}, ...more});
const ran = (timestamp: string, command: string, text: string, more: LineFields = {}) =>
  said(timestamp, text, {
    event_type: 'tool_result',
    metadata: {git_branch: 'feat/soup', tool_name: 'Bash', tool_input: {command}},
    ...more,
  });

/** Two days on one branch, the second one with another session on main. */
const EVENTS = [
  said('2024-01-15T10:00:00Z', 'Please salt the soup and serve it to the guests at noon.'),
  ran('2024-01-15T10:01:00Z', 'git commit -am x', '[feat/soup 0123abc] Salt the soup'),
  ran('2024-01-15T10:02:00Z', 'npm test', 'Tests:       1 failed, 3 total'),
  ran('2024-01-16T10:00:00Z', 'git commit -q -m "Serve the soup"', '', {session_id: 's2'}),
  said('2024-01-16T10:01:00Z', 'The soup is served, and all the guests are happy with it now.', {
    session_id: 's2',
    event_type: 'assistant_message',
  }),
  said('2024-01-16T11:00:00Z', 'Which wine goes well with it, a red one or a white one?', {
    session_id: 's3',
    metadata: {git_branch: 'main'},
  }),
];

async function rolledUp(summarizer: Summarizer = extractiveSummarizer): Promise<HomeRig> {
  const rig = new HomeRig({summarizer});
  await rig.ingest(EVENTS);
  await rig.rollUp();
  return rig;
}

const factsOf = async (rig: HomeRig, tocLevel: string) =>
  (await rig.latest())
    .filter(({id}) => id.startsWith(`toc:${tocLevel}:`))
    .map(({facts}) => facts.map(({kind, text, state}) => [kind, text, state].filter(Boolean).join(' ')));

test('a node holds the facts of what is below it, in the order of time', async () => {
  await using rig = await rolledUp();
  const first = ['branch feat/soup', 'commit Salt the soup', 'test Tests: 1 failed, 3 total failed'];
  const second = ['branch feat/soup', 'commit Serve the soup'];

  expect(await factsOf(rig, 'segment')).toEqual([first, second, []]);
  expect(await factsOf(rig, 'day')).toEqual([first, second]);
  const both = ['commit Salt the soup', 'test Tests: 1 failed, 3 total failed', ...second];
  expect([await factsOf(rig, 'week'), await factsOf(rig, 'month'), await factsOf(rig, 'year')]).toEqual([[both], [both], [both]]);
});

test('a node holds the workstreams of what is below it, with their sums, and its bullets say theirs', async () => {
  await using rig = await rolledUp();
  const nodes = await rig.latest();
  const [, , segment] = nodes.filter(({id}) => id.startsWith('toc:segment:'));
  const week = nodes.find(({id}) => id.startsWith('toc:week:'));
  const session = segment?.segment?.sessionKey;

  expect(segment?.workstreams).toEqual([{id: session, project: 'cafe/menu', branch: '', events: 1, commits: 0, days: 1}]);
  expect(week?.workstreams).toEqual([
    {id: SOUP, project: 'cafe/menu', branch: 'feat/soup', events: 5, commits: 2, days: 2},
    {id: session, project: 'cafe/menu', branch: '', events: 1, commits: 0, days: 1},
  ]);
  for (const {bullets, facts} of nodes) {
    for (const {text, workstream} of bullets) expect(workstream, text).toBe(text.includes('wine') ? session : SOUP);
    for (const {text, workstream} of facts) expect(workstream, text).toBe(SOUP);
  }
});

test('a summarizer sees the facts of events without text, and of its children', async () => {
  const events: EventForSummary[] = [];
  const children: ChildSummary[] = [];
  await using _ = await rolledUp({
    ...extractiveSummarizer,
    summarizeEvents: (given, context) => {
      events.push(...given);
      return extractiveSummarizer.summarizeEvents(given, context);
    },
    summarizeChildren: (tocLevel, given) => {
      if (tocLevel === 'week') children.push(...given);
      return extractiveSummarizer.summarizeChildren(tocLevel, given);
    },
  });

  expect(events.find(({text}) => text === '')).toMatchObject({
    project: 'cafe/menu',
    branch: 'feat/soup',
    time: Date.parse('2024-01-16T10:00:00Z'),
    facts: [{kind: 'commit', text: 'Serve the soup'}],
  });
  expect(children.map(({facts, workstreams}) => [facts.length, workstreams.length])).toEqual([
    [3, 1],
    [2, 2],
  ]);
  expect(children.flatMap(({bullets}) => bullets.map(({workstream}) => workstream))).toContain(SOUP);
});

test('a period without a node shows the facts and workstreams that its node would have', async () => {
  await using rig = new HomeRig();
  await rig.ingest(EVENTS);
  const shown = (await readToc(rig.mem, 'toc:week:2024:W03' as NodeId, 0)).node;
  await rig.rollUp();
  const stored = (await rig.latest()).find(({id}) => id === 'toc:week:2024:W03');

  expect(shown?.version).toBe(0);
  expect([shown?.facts, shown?.workstreams, shown?.bullets]).toEqual([stored?.facts, stored?.workstreams, stored?.bullets]);
});

test('a week that is shown in part has only the facts inside, and no workstreams', async () => {
  await using rig = new HomeRig();
  await rig.ingest([
    ran('2024-12-30T10:00:00Z', 'git commit -am x', '[feat/soup 0123abc] Salt the soup'),
    ran('2025-01-02T10:00:00Z', 'git commit -am x', '[feat/soup 0123abd] Serve the soup'),
  ]);
  await rig.rollUp();
  const [week] = (await readToc(rig.mem, 'toc:month:2025:01' as NodeId, 1)).node?.children ?? [];

  expect(week?.facts.map(({text}) => text)).toEqual(['Serve the soup']);
  expect(week?.workstreams).toEqual([]);
});

test('a task that was begun in an earlier segment of the day is named where it is done', async () => {
  await using rig = new HomeRig();
  rig.now = Date.parse('2024-01-16T10:00:00Z') as EpochMs;
  const used = (timestamp: string, tool_name: string, tool_input: object, text: string) =>
    said(timestamp, text, {event_type: 'tool_result', metadata: {tool_name, tool_input}});
  await rig.ingest([
    used('2024-01-15T10:00:00Z', 'TaskCreate', {subject: 'Peel the onions'}, 'Task #1 created successfully: Peel the onions'),
    used('2024-01-15T12:00:00Z', 'TaskUpdate', {taskId: '1', status: 'completed'}, 'Updated task #1 status'),
  ]);
  await rig.rollUp();

  expect(await factsOf(rig, 'segment')).toEqual([['task Peel the onions open'], ['task Peel the onions done']]);
  expect(await factsOf(rig, 'day')).toEqual([['task Peel the onions done']]);
});
