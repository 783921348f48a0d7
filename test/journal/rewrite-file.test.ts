import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {JournalRig} from './journal-rig.js';

const zcat = (path: string) => execFileSync('sh', ['-c', 'zcat < "$1"', 'sh', path], {encoding: 'utf8', maxBuffer: 1e8});
const lines = (count: number, length = 100) => Array.from({length: count}, (_, n) => `${n} ${'word '.repeat(length / 5)}`);

test('a sealed file has full members, and its name tells number, generation and hash of the lines', async () => {
  using rig = new JournalRig();
  const all = lines(8_000);
  for (let n = 0; n < all.length; n += 500) await rig.append(all.slice(n, n + 500));
  const sealed = await rig.journal.rewrite(rig.file(), {});
  const text = `${all.join('\n')}\n`;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  expect(rig.names()).toEqual([`2024-01-001.1.${hash}.jsonl.gz`]);
  expect(rig.file()).toEqual(sealed);
  expect(zcat(sealed.path)).toBe(text);
  const parts = rig.parts();
  expect(parts.every((part) => part.kind === 'member' && part.follows === 'yes')).toBe(true);
  expect(parts).toHaveLength(Math.ceil(text.length / 256 / 1024));
  expect(parts.slice(0, -1).every((part) => part.kind === 'member' && part.lines.length > 255 * 1024)).toBe(true);
});

test('lines are replaced and removed in the next generation, and the old one is gone', async () => {
  using rig = new JournalRig();
  await rig.append(['a', 'b', 'c']);
  await rig.journal.rewrite(rig.file(), {});
  const second = await rig.journal.rewrite(rig.file(), {line: (line) => (line === 'b' ? undefined : line.toUpperCase())});
  expect(second.generation).toBe(2);
  expect(rig.told()).toEqual(['A,C']);
  expect(rig.names()).toEqual([second.name]);
});

test('a sealed file that nothing changes keeps its generation', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const sealed = await rig.journal.rewrite(rig.file(), {});
  expect(await rig.journal.rewrite(sealed, {line: (line) => line})).toEqual(sealed);
  expect(rig.names()).toEqual([sealed.name]);
});

test('a file that loses all lines stays, and zcat reads nothing from it', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const emptied = await rig.journal.rewrite(rig.file(), {line: () => undefined});
  expect(zcat(emptied.path)).toBe('');
  expect(rig.told()).toEqual(['']);
});

test('a damaged file is not written again unless it is said what becomes of the damage', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const {bytes} = await rig.append(['b']);
  await rig.append(['c']);
  rig.change((file) => void file.writeUInt8(77, bytes - 1));
  const before = readFileSync(rig.file().path);
  await expect(rig.journal.rewrite(rig.file(), {})).rejects.toMatchObject({code: 'JOURNAL_DAMAGED'});
  expect([rig.names(), readFileSync(rig.file().path).equals(before)]).toEqual([['2024-01-001.jsonl.gz'], true]);
  let told: string | undefined;
  await rig.journal.rewrite(rig.file(), {
    damage: ({fault}, next) => {
      told = `${fault} before ${next?.lines}`;
      return ['B'];
    },
  });
  expect([told, rig.told()]).toEqual(['checksum before c\n', ['a,B,c']]);
});

// They kept the damaged file for good, because the lines that are left are those that its name tells of.
test.each([
  ['in the hash of what stands before', ['a'], 25],
  ['of a member without lines', [], 0],
])('a sealed file is written again where the damage is %s, and whole then', async (_, kept, at) => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const sealed = await rig.journal.rewrite(rig.file(), {line: (line) => (kept.includes(line) ? line : undefined)});
  rig.change((file) => void file.writeUInt8(file.readUInt8(at) ^ 1, at));
  const again = await rig.journal.rewrite(sealed, {damage: () => []});
  expect(again).toMatchObject({generation: 2, hash: sealed.hash});
  expect(rig.parts()).toEqual([
    expect.objectContaining({kind: 'member', follows: 'yes', lines: Buffer.from(kept.map((line) => `${line}\n`).join(''))}),
  ]);
  expect(rig.names()).toEqual([again.name]);
});

test('a sealed file that was cut to nothing, and had no lines, is one that zcat reads again', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const sealed = await rig.journal.rewrite(rig.file(), {line: () => undefined});
  truncateSync(sealed.path);
  expect(zcat((await rig.journal.rewrite(rig.file(), {damage: () => []})).path)).toBe('');
});

test('what a kill left of a rewriting is swept', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const {path, name} = rig.file();
  const folder = join(rig.home, 'journal', rig.writer);
  copyFileSync(path, join(rig.home, 'old'));
  const sealed = await rig.journal.rewrite(rig.file(), {});
  copyFileSync(join(rig.home, 'old'), join(folder, name));
  writeFileSync(join(folder, '.2024-01-001.jsonl.gz.tmp'), 'half');
  const {files, replaced} = rig.journal.list();
  expect([files.map((file) => file.name), replaced.map((file) => file.name)]).toEqual([[sealed.name], [name]]);
  expect(rig.journal.sweep()).toBe(2);
  expect(rig.names()).toEqual([sealed.name]);
});
