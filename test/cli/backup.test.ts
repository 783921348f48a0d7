import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFile, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {restoreParts} from '../../src/entries/backups.js';
import {exportEvents} from '../../src/operations/care/export-events.js';
import {restore} from '../../src/operations/care/restore.js';
import {anEvent, MemRig} from './mem-rig.js';
import {nodesOf, statusOf} from './model-rig.js';
import {memAt, rollUpHere} from './prepare.js';

const KILLS = process.env['MEM_PROOFS'] === '1' ? 60 : 3;
const WATCH = join(import.meta.dirname, '../crash/watched-fs.cjs');
const BIN = join(import.meta.dirname, '../../bin/mem.js');

const events = (count: number, day = 15) =>
  Array.from({length: count}, (_, n) =>
    anEvent({at: `2024-01-${String(day).padStart(2, '0')}T10:${10 + n}:00Z`, text: `Salt the water ${day} ${n} times.`}),
  );

/** What a reader sees of a home: what `mem export` and `mem toc list --json` print, read in this process. */
async function told({env}: MemRig, home: string): Promise<readonly unknown[]> {
  const pages: (readonly string[])[] = [];
  for await (const page of exportEvents(memAt({home, tz: env['TZ']}), {})) pages.push(page);
  return [pages.flat(), await nodesOf({home, env})];
}

/** The tree, without when it was made. */
async function rolledUp({env}: MemRig, home: string): Promise<readonly unknown[]> {
  await rollUpHere({home, tz: env['TZ']});
  return (await nodesOf({home, env})).map((node) => ({...node, created_at: undefined}));
}

/** How many events are in a backup, which is whole: what `mem restore --dry-run` tells, in this process. */
async function eventsIn({home}: MemRig, backup: string): Promise<number> {
  const open = () => Promise.reject(new Error('it only looks'));
  const {manifest} = await restore({...restoreParts(home, backup), open}, {dryRun: true});
  return manifest.events;
}

test('a home that is made of a backup has the same events, nodes and marks, and nothing to do', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([...events(20), anEvent({at: '2024-01-16T10:00:00Z', text: `The key is ghp_${'a1B2'.repeat(9)}.`})]);
  await mem.rollUp();
  const [backup, again] = [join(mem.folder, 'kept'), join(mem.folder, 'again')];
  expect(await mem.run(['backup', backup])).toMatchObject({status: 0, stderr: ''});
  expect((await mem.run(['restore', backup, '--store', again])).stdout).toContain(
    `Restored in ${again}: 21 events; time zone Europe/Berlin`,
  );
  expect(await told(mem, again)).toEqual(await told(mem, mem.home));
  expect((await mem.run(['rollup', '--dry-run', '--json', '--store', again])).stdout).toBe('');
  expect(await readFile(join(again, 'redact-key'), 'utf8')).toBe(await readFile(join(mem.home, 'redact-key'), 'utf8'));
  expect((await mem.run(['check', '--full', '--store', again])).status).toBe(0);
});

// A power cut could leave files without the one that tells a folder of ours.
test('a first backup says whose the folder is, for good, before it copies anything', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(2));
  const backup = join(mem.folder, 'kept');
  await mkdir(backup);
  await writeFile(join(backup, 'README.txt.tmp'), 'A backup');
  const {told} = await runWatched(mem, ['backup', backup], 0);
  const at = (start: string): number => told.findIndex((line) => line.startsWith(start));
  const synced = told.indexOf('fsyncSync kept', at('renameSync kept/README.txt'));
  expect(synced).toBeGreaterThan(0);
  expect(synced).toBeLessThan(at('openSync kept/journal'));
});

test('a second backup copies only what is new, and what waits in the inbox is in it', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(20));
  await mem.rollUp();
  const backup = join(mem.folder, 'kept');
  await mem.run(['backup', backup]);
  expect(JSON.parse((await mem.run(['backup', backup, '--json'])).stdout)).toMatchObject({copied_files: 0, is_whole: true});
  await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-17T10:00:00Z', text: 'One more.'}))}\n`);
  expect(JSON.parse((await mem.run(['backup', backup, '--json'])).stdout)).toMatchObject({copied_files: 1});
  expect(execFileSync('sh', ['-c', `zcat "${backup}"/journal/*/*.jsonl.gz`], {encoding: 'utf8'})).toContain('One more.');
});

test('what is forgotten leaves the backup with the next one', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([...events(5), anEvent({at: '2024-01-16T10:00:00Z', text: 'The parrot is called Hieronymus.'})]);
  const backup = join(mem.folder, 'kept');
  const words = () => execFileSync('sh', ['-c', `zcat "${backup}"/journal/*/*.gz`], {encoding: 'utf8'});
  await mem.run(['backup', backup]);
  expect(words()).toContain('Hieronymus');
  await mem.run(['forget', 'Hieronymus', '--yes']);
  await mem.run(['backup', backup]);
  expect(words()).not.toContain('Hieronymus');
  expect(await mem.run(['restore', backup, '--store', join(mem.folder, 'again')])).toMatchObject({status: 0});
});

test('a memory whose time zone was changed can be restored', async () => {
  await using mem = await MemRig.create();
  // The last one is of another day then.
  await mem.ingest([...events(3), anEvent({at: '2024-01-20T22:30:00Z', text: 'The soup is for the guests of tomorrow.'})]);
  await mem.rollUp();
  expect(await mem.run(['config', 'set', 'time_zone', 'Asia/Tokyo'])).toMatchObject({status: 0});
  const [backup, again] = [join(mem.folder, 'kept'), join(mem.folder, 'again')];
  for (const when of ['before the days are made again', 'after it']) {
    await mem.run(['backup', backup]);
    expect(await mem.run(['restore', backup, '--store', again]), when).toMatchObject({status: 0});
    expect(await told(mem, again), when).toEqual(await told(mem, mem.home));
    expect(await statusOf({home: again, env: mem.env})).toMatchObject({
      alarms: [],
      store: {time_zone: 'Asia/Tokyo'},
    });
    expect(await rolledUp(mem, again), when).toEqual(await rolledUp(mem, mem.home));
    await rm(again, {recursive: true});
  }
});

test('no setting that says where a key is leaves the machine, and the own rules for secrets come along', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(1));
  const config = join(mem.folder, '.config', 'mem');
  await mkdir(config, {recursive: true});
  await writeFile(join(config, 'config.toml'), 'keep_versions = 9\nopenai.api_key_command = ["printf", "canary-9931"]\n');
  await mem.run(['config', 'set', 'redact.patterns', '["heron-[0-9]{6}"]']);
  const [backup, again] = [join(mem.folder, 'kept'), join(mem.folder, 'again')];
  expect(await mem.run(['backup', backup])).toMatchObject({status: 0});
  expect(await readFile(join(backup, 'config.toml'), 'utf8')).toBe('keep_versions = 9\nredact.patterns = ["heron-[0-9]{6}"]\n');
  await mem.run(['restore', backup, '--store', again]);
  await mem.run(['note', 'We met heron-123456 at noon.', '--store', again]);
  const [exported] = await told(mem, again);
  expect(exported).toHaveLength(2);
  expect(String(exported)).not.toContain('heron-123456');
});

test('folders with something else in them, damage, and homes that are in use are refused, and nothing is made', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(5));
  const [backup, again, other] = [join(mem.folder, 'kept'), join(mem.folder, 'again'), join(mem.folder, 'other')];
  await mkdir(other);
  await writeFile(join(other, 'letter.txt'), 'Dear all');
  expect(await mem.run(['backup', other])).toMatchObject({status: 64, stderr: expect.stringContaining('holds other files')});
  expect(await readdir(other)).toEqual(['letter.txt']);
  expect(await mem.run(['backup', join(mem.home, 'kept')])).toMatchObject({status: 64, stderr: expect.stringContaining('may not lie in')});
  expect(await mem.run(['restore', backup, '--store', again])).toMatchObject({status: 66});
  await mem.run(['backup', backup]);
  expect(await mem.run(['restore', backup])).toMatchObject({status: 64, stderr: expect.stringContaining('is not empty')});
  await mem.run(['init', '--store', other.replace('other', 'second')]);
  expect(await mem.run(['backup', backup, '--store', other.replace('other', 'second')])).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('the backup of another memory'),
  });
  const [writer = ''] = await readdir(join(backup, 'journal'));
  const [file = ''] = await readdir(join(backup, 'journal', writer));
  const path = join(backup, 'journal', writer, file);
  const bytes = await readFile(path);
  // It only looks, so a home may be in use.
  expect((await mem.run(['restore', backup, '--dry-run'])).stdout).toMatch(/It is whole.\n$/);
  // More than the list says is of a backup that was not finished.
  await appendFile(path, 'a later line');
  expect(await mem.run(['restore', backup, '--dry-run', '--store', again])).toMatchObject({status: 0});
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
  await writeFile(path, bytes);
  expect(await mem.run(['restore', backup, '--store', again])).toMatchObject({status: 74, stderr: expect.stringContaining(path)});
  const manifest = join(backup, 'manifest.json');
  const list = await readFile(manifest, 'utf8');
  await writeFile(manifest, list.replace(`journal/${writer}/${file}`, '../../../evil'));
  expect(await mem.run(['restore', backup, '--store', again])).toMatchObject({status: 65});
  expect((await readdir(mem.folder)).filter((name) => name.startsWith('again'))).toEqual([]);
});

test('damage of the home does not get into a backup, and what the home lost stays there', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(events(5));
  const [backup, again] = [join(mem.folder, 'kept'), join(mem.folder, 'again')];
  await mem.run(['backup', backup]);
  await mem.ingest(events(5, 16));
  const [writer = ''] = (await readdir(join(mem.home, 'journal'))).filter((name) => name !== 'writer');
  const [file = ''] = await readdir(join(mem.home, 'journal', writer));
  const path = join(mem.home, 'journal', writer, file);
  const bytes = await readFile(path);
  await writeFile(path, Buffer.from(bytes).fill(7, 60, 70));
  expect(await mem.run(['backup', backup])).toMatchObject({status: 74, stderr: expect.stringContaining('hint: run: mem repair')});
  expect(await mem.run(['restore', backup, '--dry-run'])).toMatchObject({status: 0});
  for (const name of await readdir(mem.home)) if (name !== 'redact-key') await rm(join(mem.home, name), {recursive: true});
  await mem.ingest(events(1, 17));
  expect(await mem.run(['backup', backup])).toMatchObject({status: 0});
  expect((await mem.run(['restore', backup, '--store', again])).stdout).toContain('6 events');
});

test('a memory in a database is refused by its name', async () => {
  await using mem = await MemRig.create();
  const env = {MEM_STORE_URL: 'postgres://nobody@127.0.0.1:1/nothing'};
  const [kept, peer] = [join(mem.folder, 'kept'), join(mem.folder, 'peer')];
  expect(await mem.run(['backup', kept], '', env)).toMatchObject({status: 78, stderr: expect.stringContaining('pg_dump')});
  expect(await mem.run(['sync', peer], '', env)).toMatchObject({status: 78, stderr: expect.stringContaining('is not synced')});
  expect((await readdir(mem.folder)).filter((name) => name === 'kept' || name === 'peer')).toEqual([]);
});

test('a backup and a restore can be killed at each of their file operations: a whole backup stands, and a home is there whole or not at all', async () => {
  await using mem = await MemRig.create();
  const [backup, again] = [join(mem.folder, 'kept'), join(mem.folder, 'again')];
  await mem.ingest(events(40));
  await mem.rollUp();
  await mem.run(['backup', backup]);
  for (const command of ['backup', 'restore'] as const) {
    const args = command === 'backup' ? ['backup', backup] : ['restore', backup, '--store', again];
    await mem.ingest(events(1));
    const {operations} = await runWatched(mem, args, 0);
    expect(operations).toBeGreaterThan(20);
    await rm(again, {recursive: true, force: true});
    for (let kill = 0; kill < KILLS; kill++) {
      await mem.ingest(events(1, 1 + (kill % 14)));
      const before = await eventsIn(mem, backup);
      const {isKilled} = await runWatched(mem, args, 1 + Math.floor(((kill + 0.5) * operations) / KILLS));
      expect({kill, isKilled}).toEqual({kill, isKilled: true});
      expect(await eventsIn(mem, backup)).toBeGreaterThanOrEqual(before);
      expect(await mem.run(['backup', backup])).toMatchObject({status: 0});
      // A kill after the last step has left the home, of the backup as it was then.
      if (command === 'restore' && (await readdir(mem.folder)).includes('again')) await rm(again, {recursive: true});
      expect(await mem.run(['restore', backup, '--store', again])).toMatchObject({status: 0});
      expect(await told(mem, again)).toEqual(await told(mem, mem.home));
      await rm(again, {recursive: true});
    }
  }
  expect((await readdir(mem.folder)).filter((name) => name.includes('.restoring-'))).toEqual([]);
});

/** Runs mem and ends it at the n-th of Node's file operations below the rig's folder. @param killAt 0: it only counts them */
async function runWatched(
  mem: MemRig,
  args: readonly string[],
  killAt: number,
): Promise<{operations: number; isKilled: boolean; told: readonly string[]}> {
  const store = args.includes('--store') ? [] : ['--store', mem.home];
  const child = spawn(process.execPath, ['--require', WATCH, BIN, ...args, ...store], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: {...mem.env, MEM_HOME: mem.folder, MEM_TEST_KILL_AT: String(killAt)},
  });
  let told = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    told += chunk;
  });
  const [, signal] = await once(child, 'close');
  return {operations: told.split('\n').length - 1, isKilled: signal === 'SIGKILL', told: told.split('\n')};
}
