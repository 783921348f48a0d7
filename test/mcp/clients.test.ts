import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {example} from '../cli/example-rig.js';
import {anEvent, MemRig} from '../cli/mem-rig.js';
import {bake, connectClient, NEWEST, OLDER, textOf, WALNUT} from './mcp-rig.js';

let rig: MemRig;
let asked = '';

beforeAll(async () => {
  rig = await MemRig.create();
  await bake(rig);
  const {stdout} = await rig.run(['search', 'middle', '--json']);
  asked = /"event_id": ?"([0-9A-Z]{26})"/.exec(stdout)?.[1] ?? '';
  if (asked === '') throw new Error(`no event was found: ${stdout}`);
});
afterAll(() => rig[Symbol.asyncDispose]());

describe.each([NEWEST, ...OLDER])('a client of %s', (version) => {
  let client: Awaited<ReturnType<typeof connectClient>>;
  beforeAll(async () => {
    client = await connectClient(rig, version);
  });
  afterAll(() => client[Symbol.asyncDispose]());

  test('agrees on that revision', async () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    expect(client.getServerVersion()?.name).toBe('mem');
  });

  test('is told of three tools, always in the same order', async () => {
    const {tools} = await client.listTools();
    expect(tools.map(({name}) => name)).toEqual(['mem_search', 'mem_recall', 'mem_read']);
    expect(tools.every(({annotations}) => annotations?.readOnlyHint === true && annotations.openWorldHint === false)).toBe(true);
  });

  test('finds what was said, with its event id', async () => {
    const result = await client.callTool({name: 'mem_search', arguments: {query: 'middle'}});
    expect(textOf(result)).toContain(`- 2024-01-10 11:00, user: "${WALNUT}" [${asked}]`);
    // A host would give it to the model in the place of the text, without its frame.
    expect(result.structuredContent).toBeUndefined();
  });

  test('recalls what fits, cited', async () => {
    const result = await client.callTool({name: 'mem_recall', arguments: {query: 'walnut cake middle', project: 'kitchen'}});
    expect(textOf(result)).toContain(`- Wed 2024-01-10, user: "${WALNUT}" [${asked}]`);
  });

  test('reads an event with its neighbours', async () => {
    const result = await client.callTool({name: 'mem_read', arguments: {id: asked, around: 1}});
    expect(textOf(result).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^Session "[^"]+", agent "[^"]+", project "kitchen":$/),
      `2024-01-10 11:00 user [${asked}]`,
      `> ${WALNUT}`,
      expect.stringMatching(/^2024-01-10 11:01 assistant \[[0-9A-Z]{26}\]$/),
      '> The walnut cake sinks because the oven door was opened too early.',
      'No more of this session within a day before.',
    ]);
  });

  test.each(['2024-01-10', 'toc:day:2024-01-10'])('reads the entry %s of the table of contents', async (id) => {
    const result = await client.callTool({name: 'mem_read', arguments: {id}});
    expect(textOf(result)).toContain('(toc:day:2024-01-10)');
  });

  test('hears that a tool does not exist', async () => {
    await expect(client.callTool({name: 'mem_forget', arguments: {}})).rejects.toMatchObject({code: -32602});
  });

  test.each([
    ['mem_search', {}, 'query is missing'],
    ['mem_search', {query: ' '}, 'query is empty'],
    ['mem_search', {query: 'cake', limit: 51}, 'limit is not within 1 and 50'],
    ['mem_search', {query: 'cake', limit: '5'}, 'limit is no whole number'],
    ['mem_search', {query: 'cake', role: 'cook'}, 'role must be one of: user, assistant, system, tool'],
    ['mem_search', {query: 'cake', forget: 1}, '"forget" is no argument; there are: query, project, from, to, branch, role, limit'],
    ['mem_search', {query: 'x'.repeat(1001)}, 'query is longer than 1000 characters'],
    ['mem_recall', {budget: 99}, 'budget is not within 100 and 8000'],
    ['mem_read', {id: 7}, 'id is no text'],
    ['mem_read', {id: '2024-01-10', depth: 1.5}, 'depth is no whole number'],
  ])('of %s, hears what is wrong with %j', async (name, given, text) => {
    const result = await client.callTool({name, arguments: given});
    expect(result).toMatchObject({isError: true, content: [{type: 'text', text}]});
  });

  test('hears what is wrong with a value that the memory cannot read', async () => {
    const result = await client.callTool({name: 'mem_search', arguments: {query: 'cake', from: 'the day of the cake'}});
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('[USAGE]');
  });
});

test('a memory without a store is told as a fault of the tool', async () => {
  await using empty = await MemRig.create();
  await using client = await connectClient(empty, NEWEST);
  const result = await client.callTool({name: 'mem_search', arguments: {query: 'cake'}});
  expect(result.isError).toBe(true);
  expect(textOf(result)).toContain('[NO_STORE]');
});

test('the schemas of all tools together take at most 4,096 bytes', async () => {
  await using client = await connectClient(rig, NEWEST);
  const {tools} = await client.listTools();
  expect(Buffer.byteLength(JSON.stringify(tools))).toBeLessThanOrEqual(4_096);
});

test('the list of tools says how long and for whom it holds', async () => {
  await using client = await connectClient(rig, NEWEST);
  expect(await client.listTools()).toMatchObject({ttlMs: 3_600_000, cacheScope: 'public'});
});

test('MEM_RECALL=0 turns recall off, and search stays', async () => {
  await using client = await connectClient(rig, NEWEST, {MEM_RECALL: '0'});
  expect(textOf(await client.callTool({name: 'mem_recall', arguments: {query: 'walnut cake middle'}}))).toBe('Nothing fits.');
  expect(textOf(await client.callTool({name: 'mem_search', arguments: {query: 'middle'}}))).toContain(asked);
});

test('an agent that summarizes for mem gets no tools', async () => {
  await using client = await connectClient(rig, NEWEST, {MEM_SUMMARIZING: '1'});
  expect((await client.listTools()).tools).toEqual([]);
  await expect(client.callTool({name: 'mem_search', arguments: {query: 'middle'}})).rejects.toMatchObject({code: -32602});
});

test('what an agent was told stands in the log of what was recalled', async () => {
  await using own = await MemRig.create();
  await bake(own);
  await using client = await connectClient(own, NEWEST);
  await client.callTool({name: 'mem_recall', arguments: {query: 'walnut cake middle', project: 'kitchen'}});
  const {stdout} = await own.run(['recall', '--log']);
  expect(stdout).toMatch(/^\S+ \S+ {2}mcp {2}kitchen {2}\d+ events {2}walnut cake middle\n$/);
});

test('with * all projects are recalled, and where nothing was said lately, it says where to look', async () => {
  await using client = await connectClient(rig, NEWEST);
  const all = textOf(await client.callTool({name: 'mem_recall', arguments: {query: 'walnut cake middle', project: '*'}}));
  expect(all).toContain(`- Wed 2024-01-10, user: "${WALNUT}" [${asked}]`);
  expect(textOf(await client.callTool({name: 'mem_recall', arguments: {project: 'kitchen'}}))).toBe(
    'Nothing was said in "kitchen" in the last month. Name a query, or look further back: mem_read has: 2024.',
  );
});

test('without a project, that of the working folder is recalled alone', async () => {
  await using client = await connectClient(rig, NEWEST);
  const text = textOf(await client.callTool({name: 'mem_recall', arguments: {query: 'walnut cake middle'}}));
  expect(text).toMatch(/^Nothing fits in "mem-rig-\w+"\. mem_search looks in all projects\.$/);
});

test('of a time when nothing was recorded, it is told so', async () => {
  await using client = await connectClient(rig, NEWEST);
  expect(textOf(await client.callTool({name: 'mem_read', arguments: {id: '2023-05'}}))).toBe(
    'Nothing was recorded: May 2023. mem_read has: 2024.',
  );
});

test('a line that tells of several events names up to five of them, and two where it is below what was asked for', async () => {
  await using own = await example();
  // Six commits of one branch make a line that tells of six events.
  const work = {session_id: 'mole', project: 'tidewatch', role: 'tool', event_type: 'tool_result'};
  const commits = ['Paint the mole', 'Oil the crane', 'Grease a winch', 'Sound the horn', 'Light the buoys', 'Dredge the basin'];
  await own.ingest(
    commits.map((subject, at) => ({
      ...work,
      timestamp: `2026-03-14T09:${10 + at}:00Z`,
      text: `[feat/harbour-works 1a2b3c${at}] ${subject}`,
      metadata: {tool_name: 'Bash', git_branch: 'feat/harbour-works', tool_input: {command: `git commit -m '${subject}'`}},
    })),
  );
  await own.rollUp();
  const {bullets}: {bullets: {event_ids: string[]}[]} = JSON.parse((await own.run(['toc', 'show', '2026-03-14', '--json'])).stdout);
  const cited = bullets.map(({event_ids: ids}) => ids);
  expect(cited.map(({length}) => length)).toEqual(expect.arrayContaining([6]));
  await using client = await connectClient(own, NEWEST);
  const text = textOf(await client.callTool({name: 'mem_read', arguments: {id: '2026-03-14'}}));
  for (const ids of cited) expect(text).toContain(`[${ids.slice(0, 5).join(' ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}]`);
  // The segment's own line of the six.
  expect(text).toMatch(/\[\S{26} \S{26} and 4 more\]/);
});

test('a segment whose events were joined by others leads to those that hold them now', async () => {
  await using own = await MemRig.create();
  await bake(own);
  const before = /toc:segment:[\w:-]+/.exec((await own.run(['toc', 'show', '2024-01-10', '--json'])).stdout)?.[0] ?? '';
  // An event before the first one of a segment gives it another id.
  await own.ingest([anEvent({at: '2024-01-10T09:59:00Z', text: 'The walnuts are ground.', project: 'kitchen'})]);
  await own.rollUp();
  await using client = await connectClient(own, NEWEST);
  const text = textOf(await client.callTool({name: 'mem_read', arguments: {id: before}}));
  const [, said, after] = text.split('\n');
  expect(said, before).toBe('That segment is no more. Its events are in:');
  expect(after).toMatch(/^January 10, 2024 at 10:59.* \(toc:segment:2024-01-10:\w+\)$/);
  expect(after).not.toContain(before);
});

test('two agents ask one memory at once', async () => {
  const clients = await Promise.all([connectClient(rig, NEWEST), connectClient(rig, '2025-11-25')]);
  const answers = await Promise.all(
    Array.from({length: 10}, (_, at) => clients[at % 2]?.callTool({name: 'mem_search', arguments: {query: 'middle'}})),
  );
  for (const answer of answers) expect(textOf(answer)).toContain(asked);
  await Promise.all(clients.map((client) => client.close()));
});

test('between two calls other programs can take the store', async () => {
  await using client = await connectClient(rig, NEWEST);
  await client.callTool({name: 'mem_search', arguments: {query: 'middle'}});
  const {status, stderr} = await rig.run(['compact']);
  expect(status, stderr).toBe(0);
  expect(textOf(await client.callTool({name: 'mem_search', arguments: {query: 'middle'}}))).toContain(asked);
});
