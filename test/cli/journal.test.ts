import {execFileSync} from 'node:child_process';
import {cpSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const LINES = [
  anEvent({at: '2024-01-10T09:00:00Z', text: 'The ferry is late.', project: 'acme/ferry'}),
  anEvent({at: '2024-01-11T09:00:00Z', text: '\u001b[2J\u202e end, and a \ud800 half', project: 'acme/web'}),
  {session_id: 's2', role: 'user', text: 'No time of its own, no id.', agent: 'codex'},
];

/** As a person without mem reads a journal. */
const zcat = (home: string): string => execFileSync('sh', ['-c', 'cat journal/*/*.jsonl.gz | zcat'], {cwd: home, encoding: 'utf8'});

const parsed = (lines: string): readonly unknown[] =>
  lines
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

test('what zcat reads of the journal makes the same memory elsewhere, before a file is sealed and after', async () => {
  await using mem = await MemRig.create();
  await using other = await MemRig.create();
  for (const line of LINES) await mem.ingest([line]);
  const {stdout: exported} = await mem.run(['export']);
  // Export escapes what could do harm on a terminal.
  expect(parsed(zcat(mem.home))).toEqual(parsed(exported));
  expect((await other.run(['ingest', '--drain'], zcat(mem.home))).status).toBe(0);
  expect((await other.run(['export'])).stdout).toBe(exported);
  // A month later the file takes no more lines, and is sealed.
  await mem.runAt(
    '2034-05-01 12:00:00',
    ['ingest', '--drain'],
    `${JSON.stringify(anEvent({at: '2024-01-12T09:00:00Z', text: 'The last one.'}))}\n`,
  );
  const {stdout} = await mem.runAt('2034-05-01 12:01:00', ['compact']);
  expect(stdout).toMatch(/^Journal: 1 file sealed, /m);
  await using third = await MemRig.create();
  await third.run(['ingest', '--drain'], zcat(mem.home));
  expect((await third.run(['export'])).stdout).toBe((await mem.run(['export'])).stdout);
});

test('events that the store lost are there again with the next command, and nobody has to do anything', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([LINES[0] ?? {}]);
  const [db, kept] = [join(mem.home, 'db'), join(mem.folder, 'kept')];
  cpSync(db, kept, {recursive: true});
  await mem.ingest(LINES.slice(1));
  const {stdout} = await mem.run(['export']);
  rmSync(db, {recursive: true});
  cpSync(kept, db, {recursive: true});
  expect((await mem.run(['export'])).stdout).toBe(stdout);
  expect(JSON.parse((await mem.run(['status', '--json'])).stdout)).toMatchObject({alarms: [], store: {events: 3, duplicates: 0}});
});

test('where the store is gone and the journal is not, no empty store takes its place', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LINES);
  rmSync(join(mem.home, 'db'), {recursive: true});
  const {status, stderr} = await mem.run(['events']);
  expect({status, stderr}).toEqual({status: 74, stderr: expect.stringContaining('mem: hint: run: mem rebuild')});
  expect((await mem.run(['ingest'], `${JSON.stringify(anEvent({at: '2024-01-12T09:00:00Z', text: 'It waits.'}))}\n`)).status).toBe(0);
});

test('status tells of the journal, and what is none of its files', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LINES);
  expect((await mem.run(['status'])).stdout).toMatch(/^Journal +1 file \(\d+ bytes\)$/m);
  const {journal} = JSON.parse((await mem.run(['status', '--json'])).stdout);
  expect(journal).toEqual({files: 1, bytes: expect.any(Number), backfill: null, short_since: null, refused: [], old_inbox_files: 0});
});
