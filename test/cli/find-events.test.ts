import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const at = (minute: number): string => `2024-01-15T12:0${minute}:00Z`;
const LOG = [
  anEvent({at: at(0), session: 'aa-1', project: 'acme/api', text: 'the parser drops a comma'}),
  anEvent({at: at(1), session: 'ab-2', project: 'acme/web', text: 'the parser paints a button'}),
  anEvent({at: at(2), session: 'aa-1', project: 'acme/api', event_type: 'assistant_message', text: 'I look at the lexer'}),
  anEvent({at: at(3), session: 'aa-1', project: 'acme/api', text: 'now the tests'}),
  anEvent({at: at(4), session: 'aa-1', project: 'acme/api', event_type: 'assistant_message', text: 'they pass'}),
];

interface Printed {
  readonly event_id: string;
  readonly text: string;
  readonly session_id: string;
}

async function printed(mem: MemRig, ...args: string[]): Promise<readonly Printed[]> {
  const {stdout} = await mem.run([...args, '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Printed);
}

test('an event is printed with its neighbours in its session, oldest first', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LOG);
  const id = (await printed(mem, 'events')).find(({text}) => text.includes('lexer'))?.event_id ?? '';
  const around = await printed(mem, 'events', id, '--around', '1');
  expect(around.map(({text}) => text)).toEqual(['the parser drops a comma', 'I look at the lexer', 'now the tests']);
  expect((await printed(mem, 'events', id, '--around', '0')).map(({event_id}) => event_id)).toEqual([id]);
  const {stdout} = await mem.run(['events', id, '--around', '1']);
  expect(stdout).toContain('the parser drops a comma');
  expect(stdout).not.toContain('paints a button');
});

test('--around is refused without the id of one event, and beside a filter', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LOG);
  const {status, stderr} = await mem.run(['events', '2024-01-15', '--around', '1']);
  expect({status, stderr}).toEqual({status: 64, stderr: expect.stringContaining('--around needs the id of one event')});
  expect((await mem.run(['events', '--around', '1', '--role', 'user'])).status).toBe(64);
  expect((await mem.run(['events', '01HM66VK00000000000000000A', '--around', '1'])).status).toBe(66);
});

test('a session is named by a beginning of its id that no other has', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([...LOG, anEvent({at: at(5), session: 'aa-12', text: 'a parser of another session'})]);
  for (const command of [['events'], ['search', 'parser']]) {
    const sessions = async (id: string) => [...new Set((await printed(mem, ...command, '--session', id)).map((event) => event.session_id))];
    expect(await sessions('ab')).toEqual(['ab-2']);
    expect(await sessions('ab…')).toEqual(['ab-2']);
    // A whole id is clear, even where others begin with it.
    expect(await sessions('aa-1')).toEqual(['aa-1']);
    expect(await sessions('zz')).toEqual([]);
    const {status, stdout, stderr} = await mem.run([...command, '--session', 'a']);
    expect({status, stdout}).toEqual({status: 64, stdout: ''});
    expect(stderr).toContain('3 sessions begin with "a": "aa-1", "aa-12", "ab-2"');
  }
});

test('events are those of the project that is named, whole or by its last part', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LOG);
  expect((await printed(mem, 'events', '--project', 'web')).map(({text}) => text)).toEqual(['the parser paints a button']);
  expect(await printed(mem, 'events', '--project', 'acme/web', '--project', 'api')).toHaveLength(5);
  const {status, stderr} = await mem.run(['events', '--project', 'nowhere']);
  expect({status, stderr}).toEqual({status: 64, stderr: expect.stringContaining('mem: hint: there are: acme/api, acme/web')});
});

test('the table of contents is composed of one project where one is named, and of one agent', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([
    ...LOG,
    anEvent({at: '2024-02-01T12:00:00Z', session: 'w', project: 'acme/web', text: 'The harbour page shows the gauge.'}),
    anEvent({at: '2024-03-05T12:00:00Z', session: 'c', agent: 'codex', project: 'acme/api', text: 'The release notes are written.'}),
  ]);
  await mem.rollUp();
  const show = async (...args: string[]) => (await mem.run(['toc', 'show', '2024', '--depth', '1', ...args, '--json'])).stdout;
  const months = (text: string) => (JSON.parse(text) as {children: {node_id: string}[]}).children.map(({node_id}) => node_id);
  expect(months(await show('--project', 'web'))).toEqual(['toc:month:2024:01', 'toc:month:2024:02']);
  expect(await show('--project', 'web')).not.toContain('release notes');
  expect(months(await show('--agent', 'Codex'))).toEqual(['toc:month:2024:03']);
  expect(months(await show('--project', 'api', '--project', 'acme/web'))).toHaveLength(3);

  const list = async (...args: string[]) => (await printed(mem, 'toc', 'list', ...args)) as unknown as {node_id: string; title: string}[];
  // The week of February 1 begins in January: it is one node, composed of both its parts.
  const web = await list('--project', 'web');
  expect(web.map(({node_id}) => node_id.replace(/^(toc:segment:.{10}).*/, '$1'))).toEqual([
    'toc:year:2024',
    'toc:month:2024:01',
    'toc:week:2024:W03',
    'toc:day:2024-01-15',
    'toc:segment:2024-01-15',
    'toc:week:2024:W05',
    'toc:month:2024:02',
    'toc:day:2024-02-01',
    'toc:segment:2024-02-01',
  ]);
  expect(JSON.stringify(web)).not.toMatch(/release notes|comma|lexer/);
  expect((await list('--agent', 'codex', '--level', 'day')).map(({node_id}) => node_id)).toEqual(['toc:day:2024-03-05']);
});

test('a project that does not exist, and a period with nothing of one, are said', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LOG);
  for (const command of [
    ['toc', 'show', '2024'],
    ['toc', 'list'],
    ['search', 'parser'],
  ]) {
    const {status, stdout, stderr} = await mem.run([...command, '--project', 'nowhere']);
    expect({command, status, stdout}).toEqual({command, status: 64, stdout: ''});
    expect(stderr).toContain('no project is called "nowhere" [USAGE]\nmem: hint: there are: acme/api, acme/web');
  }
  expect(await mem.run(['toc', 'show', '2023', '--project', 'api'])).toEqual({
    status: 0,
    stdout: 'Nothing that passes these filters was recorded in 2023.\n',
    stderr: '',
  });
});
