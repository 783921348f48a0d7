import {appendFile, mkdir, readdir, readFile, rm, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {findInHome} from '../operations/forget/find-in-home.js';
import {anEvent, MemRig} from './mem-rig.js';

const events = (from: number, count: number) =>
  Array.from({length: count}, (_, n) =>
    anEvent({at: `2024-01-15T10:${10 + from + n}:00Z`, text: `Salt the water of basin ${from + n} before noon.`}),
  );

/** Events and nodes of a home, as they are printed. */
async function told(mem: MemRig, home: string): Promise<readonly string[]> {
  const runs = [await mem.run(['events', '--json', '--store', home]), await mem.run(['toc', 'list', '--json', '--store', home])];
  expect(runs.map(({status}) => status)).toEqual([0, 0]);
  return runs.map(({stdout}) => stdout);
}

test('a restored home has the same events and nodes, pays nothing again, and goes on', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(0, 5));
  await mem.run(['rollup']);
  await mem.run(['config', 'set', 'keep_versions', '9']);
  await mem.run(['config', 'set', 'openai.api_key_env', 'CANARY_VARIABLE']);
  const [dir, home] = [join(mem.folder, 'backup'), join(mem.folder, 'restored')];
  expect(await mem.run(['backup', dir])).toMatchObject({status: 0, stderr: ''});
  expect(findInHome(dir, ['CANARY_VARIABLE'])).toEqual([]);
  const {status, stdout} = await mem.run(['restore', dir, '--home', home]);
  expect({status, stdout}).toEqual({status: 0, stdout: expect.stringContaining('restored, 5 events')});
  expect(await readdir(home)).not.toContain('restore.tmp');
  expect(await readFile(join(home, 'restored-settings.toml'), 'utf8')).toBe('keep_versions = 9\n');
  expect(await told(mem, home)).toEqual(await told(mem, mem.home));
  expect((await mem.run(['rollup', '--dry-run', '--json', '--store', home])).stdout).toBe('');
  expect(await mem.run(['check', '--full', '--store', home])).toMatchObject({status: 0});
  // The restored memory is the same one: it backs up into the same folder.
  await mem.run(['ingest', '--drain', '--store', home], `${JSON.stringify(events(30, 1)[0])}\n`);
  expect(await mem.run(['backup', dir, '--store', home])).toMatchObject({status: 0});
});

test('a second backup copies only what is new, and the first one can still be restored', async () => {
  await using mem = await MemRig.create();
  const dir = join(mem.folder, 'backup');
  await mem.ingest(events(0, 3));
  await mem.run(['backup', dir]);
  const before = await told(mem, mem.home);
  await mem.run(['ingest'], `${JSON.stringify(events(30, 1)[0])}\n`);
  expect(JSON.parse((await mem.run(['backup', dir, '--json'])).stdout)).toMatchObject({added: {files: 1}, removed_files: 0});
  expect(JSON.parse((await mem.run(['backup', dir, '--json'])).stdout)).toMatchObject({added: {files: 0}, removed_files: 0});
  const [first = ''] = await readdir(join(dir, 'manifests'));
  await mem.run(['restore', dir, '--home', join(mem.folder, 'first'), '--manifest', first]);
  expect(await told(mem, join(mem.folder, 'first'))).toEqual(before);
  // The open file as it was before is named by no backup that is kept.
  expect(JSON.parse((await mem.run(['backup', dir, '--json', '--keep', '1'])).stdout)).toMatchObject({removed_files: 1});
  await mem.run(['restore', dir, '--home', join(mem.folder, 'last')]);
  expect(await told(mem, join(mem.folder, 'last'))).toEqual(await told(mem, mem.home));
});

test('an earlier backup brings nothing back that a later one knows to be forgotten', async () => {
  await using mem = await MemRig.create();
  const [dir, home] = [join(mem.folder, 'backup'), join(mem.folder, 'restored')];
  await mem.ingest([...events(0, 3), anEvent({at: '2024-01-15T11:00:00Z', text: 'The vqxzjk was told to nobody but the kwpqrv.'})]);
  await mem.run(['rollup']);
  await mem.run(['backup', dir]);
  expect(await mem.run(['forget', 'vqxzjk', '--yes'])).toMatchObject({status: 0});
  await mem.run(['backup', dir]);
  const [first = ''] = await readdir(join(dir, 'manifests'));
  const {stdout} = await mem.run(['restore', dir, '--home', home, '--manifest', first, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({forgotten_again: 1, tombstones: 1, store: {events: 3}});
  expect(findInHome(home, ['vqxzjk', 'kwpqrv'])).toEqual([]);
  expect((await told(mem, home))[0]).toBe((await told(mem, mem.home))[0]);
  expect(await mem.run(['check', '--full', '--store', home])).toMatchObject({status: 0});
});

test('a home that has forgotten all it held takes a backup from before, without what was forgotten', async () => {
  await using mem = await MemRig.create();
  const dir = join(mem.folder, 'backup');
  await mem.ingest([anEvent({at: '2024-01-15T11:00:00Z', text: 'The vqxzjk was told to nobody but the kwpqrv.'})]);
  await mem.run(['backup', dir]);
  await mem.run(['forget', 'vqxzjk', '--yes']);
  const {status, stdout} = await mem.run(['restore', dir, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({forgotten_again: 1, tombstones: 1, store: {events: 0}});
  const left = findInHome(mem.home, ['vqxzjk', 'kwpqrv']).filter((found) => !found.startsWith('db.damaged-'));
  expect(left).toEqual([]);
});

test('a folder in the home, a foreign one and one of another memory are refused, each by name', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(0, 1));
  const [other, dir] = [join(mem.folder, 'other'), join(mem.folder, 'backup')];
  await mem.run(['ingest', '--drain', '--store', other], `${JSON.stringify(events(1, 1)[0])}\n`);
  await mem.run(['backup', dir, '--store', other]);
  await mkdir(join(mem.folder, 'photos'));
  await writeFile(join(mem.folder, 'photos', 'sea.jpg'), '');
  const said = async (args: readonly string[]) => {
    const {status, stderr} = await mem.run(args);
    return [status, stderr.split('\n')[0]];
  };
  const before = await readdir(mem.home);
  expect(await said(['backup', join(mem.home, 'inside')])).toEqual([64, expect.stringContaining('lies in the home')]);
  expect(await said(['backup', join(mem.folder, 'photos')])).toEqual([
    64,
    expect.stringContaining('is no backup of mem: "sea.jpg" is in it'),
  ]);
  expect(await said(['backup', dir])).toEqual([64, expect.stringContaining('holds backups of another memory')]);
  expect(await said(['restore', join(mem.folder, 'photos')])).toEqual([66, expect.stringContaining('is no backup of mem')]);
  expect(await said(['restore', dir])).toEqual([64, expect.stringContaining('holds events; nothing was changed')]);
  expect(await readdir(join(mem.folder, 'photos'))).toEqual(['sea.jpg']);
  expect((await readdir(mem.home)).filter((name) => name !== 'locks')).toEqual(before.filter((name) => name !== 'locks'));
});

test('a damaged file and a manifest that is not whole are named, and no home is made', async () => {
  await using mem = await MemRig.create();
  const [dir, home] = [join(mem.folder, 'backup'), join(mem.folder, 'restored')];
  await mem.ingest(events(0, 2));
  await mem.run(['backup', dir]);
  const file = (await readdir(join(dir, 'files'))).find((name) => name.endsWith('.jsonl.gz')) ?? '';
  const bytes = await readFile(join(dir, 'files', file));
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  await rm(join(dir, 'files', file));
  await writeFile(join(dir, 'files', file), bytes);
  const damaged = await mem.run(['restore', dir, '--home', home]);
  expect(damaged).toMatchObject({status: 74, stderr: expect.stringMatching(/is damaged \[BACKUP_DAMAGED\]/)});
  await appendFile(join(dir, 'files', file), 'x');
  expect(await mem.run(['restore', dir, '--dry-run', '--home', home])).toMatchObject({status: 74});
  await rm(join(dir, 'files', file));
  expect((await mem.run(['restore', dir, '--home', home])).stderr).toContain('is missing');
  const [manifest = ''] = await readdir(join(dir, 'manifests'));
  await truncate(join(dir, 'manifests', manifest), 100);
  expect(await mem.run(['restore', dir, '--home', home])).toMatchObject({
    status: 66,
    stderr: expect.stringContaining('has no whole backup'),
  });
  await expect(readdir(home)).rejects.toThrow('ENOENT');
});
