import {appendFileSync, readFileSync, truncateSync, unlinkSync, writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {JournalEnd} from '../../src/domain/journal/journal-end.js';
import {FEBRUARY, JANUARY, JournalRig} from './journal-rig.js';

/** Reads what lies behind an end: the lines of members, then the last end. */
function rest(
  rig: JournalRig,
  end: JournalEnd | undefined,
  writer = rig.writer,
): {kind: string; lines?: string[]; end?: JournalEnd | undefined} {
  const behind = rig.journal.behind('event', writer, end);
  if (behind.kind !== 'more') return {...behind};
  const all = [...behind.members].map(({lines, end: to}) => ({text: lines.toString(), to}));
  return {kind: 'more', lines: all.map(({text}) => text).filter((text) => text !== ''), end: all.at(-1)?.to};
}

test('nothing lies behind the end of what was appended', async () => {
  using rig = new JournalRig();
  const end = await rig.append(['a']);
  expect(rest(rig, end)).toEqual({kind: 'nothing'});
});

test('what was appended behind a known end is read from there, in later files too', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  await rig.append(['b']);
  await rig.append(['c'], {at: FEBRUARY});
  expect(rest(rig, first)).toEqual({kind: 'more', lines: ['b\n', 'c\n'], end: rig.end});
  expect(rest(rig, undefined)).toEqual({kind: 'more', lines: ['a\n', 'b\n', 'c\n'], end: rig.end});
});

test.each([1, 30, 52, 60])('a tail that was torn behind %i bytes is cut off, and appending goes on', async (bytes) => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  await rig.append(['bbb']);
  const {path} = rig.file();
  truncateSync(path, first.bytes + bytes);
  expect(rest(rig, first)).toEqual({kind: 'more', lines: [], end: first});
  expect(readFileSync(path)).toHaveLength(first.bytes);
  await rig.journal.append('event', ['c'], {after: first, at: JANUARY, sync: true});
  expect(rig.told()).toEqual(['a', 'c']);
});

test('a new file whose first member was torn goes', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  await rig.append(['b'], {at: FEBRUARY});
  truncateSync(rig.file(1).path, 20);
  const {lines, end} = rest(rig, first);
  expect([lines, rig.names()]).toEqual([[], ['2024-01-001.jsonl.gz']]);
  await rig.journal.append('event', ['c'], {after: end, at: FEBRUARY, sync: true});
  expect([rig.told(0), rig.told(1)]).toEqual([['a'], ['c']]);
});

test('a new file that was made and not written goes, and is made again', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  writeFileSync(rig.file().path.replace('001', '002'), '');
  const {end} = rest(rig, first);
  expect(rig.names()).toEqual(['2024-01-001.jsonl.gz']);
  const second = await rig.journal.append('event', ['b'], {after: end, at: JANUARY, sync: true});
  expect([second.number, rig.told(1)]).toEqual([2, ['b']]);
});

test('the tail of another writer is left as it is', async () => {
  using rig = new JournalRig();
  await rig.append(['a']);
  const {path, bytes} = rig.file();
  appendFileSync(path, 'tail');
  unlinkSync(`${rig.home}/journal/writer`);
  expect(rest(rig, undefined, rig.file().writer).lines).toEqual(['a\n']);
  expect(readFileSync(path)).toHaveLength(bytes + 4);
});

test('a damaged member with a whole one behind it stays where it is', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  const second = await rig.append(['b']);
  await rig.append(['c']);
  const {path, bytes} = rig.file();
  const damaged = readFileSync(path);
  damaged[second.bytes - 1] = 77;
  writeFileSync(path, damaged);
  expect(rest(rig, first)).toEqual({kind: 'more', lines: ['c\n'], end: rig.end});
  expect(readFileSync(path)).toHaveLength(bytes);
});

test('a journal that is shorter than what is known says so', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  const second = await rig.append(['b']);
  truncateSync(rig.file().path, first.bytes);
  expect(rest(rig, second)).toEqual({kind: 'shorter', isGone: false});
  unlinkSync(rig.file().path);
  expect(rest(rig, second)).toEqual({kind: 'shorter', isGone: true});
});

test('an end in a file that need not exist yet is no loss', async () => {
  using rig = new JournalRig();
  const first = await rig.append(['a']);
  const closed: JournalEnd = {...first, number: 2, bytes: 0};
  expect(rest(rig, closed)).toEqual({kind: 'nothing'});
  await rig.journal.append('event', ['b'], {after: closed, at: FEBRUARY, sync: true});
  expect(rig.names()).toEqual(['2024-01-001.jsonl.gz', '2024-02-002.jsonl.gz']);
});
