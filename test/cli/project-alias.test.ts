import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

/** A project that was renamed: a segment with events of both names, and one without a node yet. */
async function renamed(): Promise<MemRig> {
  const mem = await MemRig.create();
  await mem.ingest([
    anEvent({at: '2024-01-15T12:00:00Z', text: 'We fixed the parser.', project: 'acme/old.js'}),
    anEvent({at: '2024-01-15T12:01:00Z', text: 'We renamed the repository.', project: 'acme/new'}),
  ]);
  expect((await mem.run(['rollup'])).status).toBe(0);
  return mem;
}

const linesOf = (stdout: string) => stdout.split('\n').filter((line) => line !== '');
const projectsOf = (stdout: string) => linesOf(stdout).map((line) => (JSON.parse(line) as {project: string}).project);
const segmentOf = async (mem: MemRig, ...more: readonly string[]) =>
  JSON.parse((await mem.run(['toc', 'list', '--level', 'segment', '--json', ...more])).stdout) as {node_id: string; projects: string[]};

test('two projects are read as one, and an empty name parts them again', async () => {
  await using mem = await renamed();
  expect((await segmentOf(mem)).projects).toEqual(['acme/new', 'acme/old.js']);
  expect(await mem.run(['config', 'set', 'projects.alias."acme/old.js"', 'acme/new'])).toMatchObject({status: 0, stderr: ''});

  expect(projectsOf((await mem.run(['events', '--json'])).stdout)).toEqual(['acme/new', 'acme/new']);
  expect((await mem.run(['events'])).stdout).not.toContain('acme/old.js');
  const segment = await segmentOf(mem);
  expect(segment.projects).toEqual(['acme/new']);
  expect(JSON.parse((await mem.run(['toc', 'log', segment.node_id, '--json'])).stdout)).toMatchObject({projects: ['acme/new']});
  const shown = JSON.parse((await mem.run(['toc', 'show', '2024-01-15', '--depth', '1', '--json'])).stdout);
  expect(shown.children).toMatchObject([{projects: ['acme/new']}]);
  const text = (await mem.run(['toc', 'show', segment.node_id])).stdout;
  expect(text).toContain('acme/new');
  expect(text).not.toContain('acme/old.js');
  expect((await mem.run(['config', 'get', 'projects.alias.acme/old.js'])).stdout).toBe('acme/new\n');

  // Nothing is made again for it.
  expect(await mem.run(['rollup'])).toMatchObject({stdout: ''});
  expect((await mem.run(['config', 'set', 'projects.alias.acme/old.js', ''])).status).toBe(0);
  expect((await segmentOf(mem)).projects).toEqual(['acme/new', 'acme/old.js']);
});

test('what has no node yet is joined, too', async () => {
  await using mem = await renamed();
  await mem.ingest([anEvent({at: '2024-03-01T12:00:00Z', session: 's-2', text: 'And the tests.', project: 'acme/old.js'})]);
  mem.env['MEM_PROJECTS_ALIAS'] = '{"acme/old.js": "acme/new"}';
  expect((await segmentOf(mem, '--provisional', '--from', '2024-03-01')).projects).toEqual(['acme/new']);
});

test('the file holds a table, of which the rest stays as it is', async () => {
  await using mem = await MemRig.create();
  await mem.run(['config', 'set', 'projects.alias.acme/a.b+c', 'acme/x']);
  await mem.run(['config', 'set', 'projects.alias.plain', 'acme/y']);
  await mem.run(['config', 'set', 'projects.alias.acme/a.b+c', 'acme/z']);
  const text = await readFile(join(mem.folder, '.config', 'mem', 'config.toml'), 'utf8');
  expect(text).toBe('[projects.alias]\n"acme/a.b+c" = "acme/z"\nplain = "acme/y"\n');
  expect((await mem.run(['config', 'get', 'projects.alias'])).stdout).toBe('{"acme/a.b+c":"acme/z","plain":"acme/y"}\n');
});

test('names that lead to each other are refused, and so is a whole table', async () => {
  await using mem = await MemRig.create();
  await mem.run(['config', 'set', 'projects.alias.a', 'b']);
  const circle = await mem.run(['config', 'set', 'projects.alias.b', 'a']);
  expect(circle).toMatchObject({status: 78, stderr: expect.stringContaining('projects.alias')});
  expect(await mem.run(['config', 'set', 'projects.alias', '{}'])).toMatchObject({
    status: 78,
    stderr: expect.stringContaining('mem config set projects.alias.OLD NEW'),
  });
  expect((await mem.run(['config', 'get', 'projects.alias'])).stdout).toBe('{"a":"b"}\n');
});
