import {afterAll, beforeAll, expect, test} from 'vitest';
import {anEvent, MemRig} from '../cli/mem-rig.js';
import {connectClient, NEWEST, textOf} from './mcp-rig.js';

/** The 6,000th unit is the second half of a character. */
const LONG = `${'a'.repeat(5_999)}🌰${'b'.repeat(6_500)} and the walnuts go in last`;

let rig: MemRig;
let client: Awaited<ReturnType<typeof connectClient>>;
const ids: string[] = [];

beforeAll(async () => {
  rig = await MemRig.create();
  const said = (minute: number, text: string, branch: string) => ({
    ...anEvent({at: `2024-01-10T10:${minute}:00Z`, text, project: 'kitchen'}),
    metadata: {git_branch: branch},
  });
  await rig.ingest([
    said(10, 'Bake it at a lower heat.', 'cake'),
    said(11, LONG, 'cake'),
    said(12, 'Bake it longer.', 'bread'),
    said(13, 'Bake it twice.', 'bread'),
  ]);
  await rig.rollUp();
  const {stdout} = await rig.run(['events', '--json']);
  ids.push(
    ...stdout
      .trimEnd()
      .split('\n')
      .map((line): string => JSON.parse(line).event_id),
  );
  client = await connectClient(rig, NEWEST);
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await rig[Symbol.asyncDispose]();
});

const read = async (given: Record<string, unknown>) => textOf(await client.callTool({name: 'mem_read', arguments: given})).split('\n');

test('a long event is read in parts, which lose no character', async () => {
  const [, , , first, more] = await read({id: ids[1], around: 0});
  expect(first).toBe(`> ${'a'.repeat(5_999)}`);
  expect(more).toBe(`(${LONG.length - 5_999} characters more: offset 5999)`);
  const [, , , second, again] = await read({id: ids[1], offset: 5_999});
  expect(second).toBe(`> ${LONG.slice(5_999, 11_999)}`);
  expect(again).toBe(`(${LONG.length - 11_999} characters more: offset 11999)`);
  expect((await read({id: ids[1], offset: 11_999})).slice(3)).toEqual([`> ${LONG.slice(11_999)}`]);
});

test('events say in which session and on which branch they were, and whether there are more of it', async () => {
  const lines = await read({id: ids[2], around: 1});
  expect(lines[0]).toMatch(/ Times: Europe\/Berlin\.$/);
  expect(lines[1]).toMatch(/^Session "[^"]+", agent "[^"]+", project "kitchen", branch "cake":$/);
  expect(lines.filter((line) => line.startsWith('On branch '))).toEqual(['On branch "bread":']);
  expect(lines.at(-1)).toBe('No more of this session within a day behind.');
  expect((await read({id: ids[0], around: 1})).at(-1)).toBe('No more of this session within a day before.');
  expect((await read({id: ids[1], around: 20})).at(-1)).toBe('No more of this session within a day before or behind.');
});

test('without an id the years are read', async () => {
  expect((await read({})).slice(1)).toEqual([expect.stringMatching(/^2024: ".+" \(toc:year:2024\)$/)]);
});

test('what is found says when, where and on which branch it was said, and a branch can be asked for', async () => {
  const found = async (given: Record<string, unknown>) =>
    textOf(await client.callTool({name: 'mem_search', arguments: {query: '"bake it"', ...given}}))
      .split('\n')
      .slice(1)
      .toSorted();
  expect(await found({})).toEqual([
    expect.stringMatching(/^- 2024-01-10 11:10, user: "Bake it at a lower heat\." \[\w{26}\] — in ".+", on "cake"$/),
    expect.stringMatching(/^- 2024-01-10 11:12, user: "Bake it longer\." \[\w{26}\] — in ".+", on "bread"$/),
    expect.stringMatching(/^- 2024-01-10 11:13, user: "Bake it twice\." \[\w{26}\] — in ".+", on "bread"$/),
  ]);
  expect(await found({branch: 'cake'})).toEqual([expect.stringContaining('lower heat')]);
});

test('what was recalled says by which tools its reader goes on', async () => {
  const text = textOf(await client.callTool({name: 'mem_recall', arguments: {query: 'bake twice', project: 'kitchen'}}));
  expect(text.trimEnd().split('\n').at(-1)).toBe('More: mem_search, or mem_read with an id.');
});
