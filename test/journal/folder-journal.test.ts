import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {cpSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openJournal} from '../../src/journal/folder-journal.js';
import {FEBRUARY, JANUARY, JournalRig} from './journal-rig.js';

test('what was appended is read again, member by member, each behind the one before', async () => {
  using rig = new JournalRig();
  await rig.append(['a', 'b']);
  await rig.append(['c']);
  expect(rig.told()).toEqual(['a,b', 'c']);
  expect(rig.names()).toEqual(['2024-01-001.jsonl.gz']);
});

test('zcat of what the shell finds gives the events only, in lines', async () => {
  using rig = new JournalRig();
  await rig.append(['{"text":"ä"}', '{"text":"b"}']);
  rig.end = undefined;
  await rig.append(['{"node":1}'], {kind: 'node'});
  rig.end = undefined;
  await rig.append(['{"gone":1}'], {kind: 'forgotten'});
  const text = execFileSync('sh', ['-c', 'cat journal/*/*.jsonl.gz | zcat'], {cwd: rig.home, encoding: 'utf8'});
  expect(text).toBe('{"text":"ä"}\n{"text":"b"}\n');
  expect(rig.names()).toEqual(['2024-01-001.forgotten.gz', '2024-01-001.jsonl.gz', 'nodes-2024-01-001.nodes.gz']);
});

test('lines make members of at most 256 KiB, and a longer one is a member of its own', async () => {
  using rig = new JournalRig();
  const line = (length: number) => 'x'.repeat(length - 1);
  await rig.append([line(200 * 1024), line(56 * 1024), line(1), line(300 * 1024), line(10)]);
  expect(rig.parts().map((part) => part.kind === 'member' && part.lines.length)).toEqual([256 * 1024, 1, 300 * 1024, 10]);
});

test('another month begins another file, and numbers count on', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  await rig.append(['b'], {at: FEBRUARY});
  await rig.append(['c'], {at: FEBRUARY});
  await rig.append(['d']);
  expect(rig.names()).toEqual(['2024-01-001.jsonl.gz', '2024-01-003.jsonl.gz', '2024-02-002.jsonl.gz']);
  expect([rig.told(0), rig.told(1), rig.told(2)]).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('a file of 8 MiB takes no more', async () => {
  using rig = new JournalRig();
  const noise = Array.from({length: 50}, () => randomBytes(128 * 1024).toString('base64'));
  for (let n = 0; n < 2; n++) await rig.append(noise);
  await rig.append(['small']);
  const sizes = rig.journal.list().files.map(({bytes}) => bytes);
  expect(sizes[0]).toBeGreaterThan(8 * 1024 * 1024 - 1);
  expect(sizes.slice(1)).toEqual([statSync(rig.file(1).path).size]);
  expect(rig.told(1)).toEqual(['small']);
});

test('what stands behind the known end is not written over', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  await rig.append(['b']);
  await expect(rig.journal.append('event', ['c'], {after: first, at: JANUARY, sync: true})).rejects.toMatchObject({code: 'IO_ERROR'});
  expect(rig.told()).toEqual(['a', 'b']);
});

test('a copied home gets a writer of its own, the copied one keeps its name', async () => {
  using rig = new JournalRig();
  using other = new JournalRig();
  const end = await rig.append(['a']);
  cpSync(join(rig.home, 'journal'), join(other.home, 'journal'), {recursive: true});
  expect(other.journal.ownWriter()).toBeUndefined();
  await other.journal.append('event', ['b'], {after: end, at: JANUARY, sync: true});
  expect(other.writer).not.toBe(rig.writer);
  expect(
    other.journal
      .list()
      .files.map(({writer}) => writer)
      .sort(),
  ).toEqual([rig.writer, other.writer].sort());
  expect(openJournal(rig.home).ownWriter()).toBe(end.writer);
  expect(openJournal(other.home).ownWriter()).toBe(other.writer);
});

test('a home that was moved keeps its writer', async () => {
  using rig = new JournalRig();
  using other = new JournalRig();
  const {writer} = await rig.append(['a']);
  renameSync(join(rig.home, 'journal'), join(other.home, 'journal'));
  expect(other.journal.ownWriter()).toBe(writer);
});

test('what is no file of a journal is refused by its name', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const folder = join(rig.home, 'journal', rig.writer);
  const names = [
    '2024-13-001.jsonl.gz',
    '2024-01-1.jsonl.gz',
    'nodes-2024-01-001.jsonl.gz',
    '2024-01-001.nodes.gz',
    'x.jsonl.gz',
    '2024-01-0001.jsonl.gz',
  ];
  for (const name of names) writeFileSync(join(folder, name), '');
  symlinkSync('/etc/passwd', join(folder, '2024-01-009.jsonl.gz'));
  mkdirSync(join(folder, '2024-01-008.jsonl.gz'));
  mkdirSync(join(rig.home, 'journal', 'No Writer'));
  symlinkSync(folder, join(rig.home, 'journal', 'abcdefgh1234'));
  const large = join(folder, '2024-01-007.jsonl.gz');
  writeFileSync(large, '');
  truncateSync(large, 64 * 1024 * 1024 + 1);
  const {files, refused} = rig.journal.list();
  expect(files.map(({name}) => name)).toEqual(['2024-01-001.jsonl.gz']);
  expect(refused.map(({path}) => path.slice(folder.length - rig.writer.length)).sort()).toEqual(
    [
      ...[...names, '2024-01-009.jsonl.gz', '2024-01-008.jsonl.gz', '2024-01-007.jsonl.gz'].map((name) => `${rig.writer}/${name}`),
      'No Writer',
      'abcdefgh1234',
    ].sort(),
  );
});

test('a link in the place of a file or a folder is not written through', async () => {
  using rig = new JournalRig();
  using other = new JournalRig();
  await other.append(['theirs']);
  const end = await rig.append(['a']);
  const {path} = rig.file();
  renameSync(path, `${path}.away`);
  symlinkSync(other.file().path, path);
  await expect(rig.append(['b'])).rejects.toMatchObject({code: 'NOT_WRITTEN'});
  const folder = join(rig.home, 'journal', end.writer);
  renameSync(folder, `${folder}-away`);
  symlinkSync(join(other.home, 'journal', other.writer), folder);
  await expect(rig.append(['b'])).rejects.toMatchObject({code: 'NOT_WRITTEN'});
  expect(other.told()).toEqual(['theirs']);
});

test('files and folders are for their owner alone', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect([mode(rig.file().path), mode(join(rig.home, 'journal')), mode(join(rig.home, 'journal', 'writer'))]).toEqual([
    '600',
    '700',
    '600',
  ]);
});

test('where nothing was journalled there are no files, and nothing is made', () => {
  using rig = new JournalRig();
  expect(rig.journal.hasFiles()).toBe(false);
  expect(rig.journal.list()).toEqual({files: [], replaced: [], refused: []});
  expect(rig.journal.behind('event', 'abcdefgh', undefined)).toEqual({kind: 'nothing'});
  expect(readdirSync(rig.home)).toEqual([]);
});
