import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import type {PeerFile} from '../../../src/sync/peer.js';
import {findInHome} from '../forget/find-in-home.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {exported, Folder} from './sync-rig.js';

const isOpen = (project: string): boolean => project === 'acme/open';

/** Of projects in turn: an open one, one that stays, and none at all. */
function said(n: number): LineFields {
  const [project, word] =
    [
      ['acme/open', 'gauge'],
      ['acme/closed', 'vault'],
      ['', 'drawer'],
    ][n % 3] ?? [];
  return aLine({
    timestamp: `2024-01-${10 + n}T12:00:00Z`,
    session_id: `s${n % 3}`,
    text: `Part ${n} of the ${word}.`,
    ...(project && {project}),
  });
}

const several = (from: number, to: number): readonly LineFields[] => Array.from({length: to - from}, (_, n) => said(from + n));

async function textsIn(rig: HomeRig): Promise<readonly string[]> {
  return (await exported(rig)).map((line) => JSON.parse(line).text).sort();
}

const openTexts = (...numbers: readonly number[]): readonly string[] => numbers.map((n) => `Part ${n} of the gauge.`);
const NOTHING = {received: {files: 0, bytes: 0}, sent: {files: 0, bytes: 0}, refused: []};

test('only the projects that travel leave the home, what is new is sent once, and nothing of it comes back', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await a.create('UTC');
  await b.create('UTC');
  await a.ingest(several(0, 6));
  await b.ingest([aLine({timestamp: '2024-01-20T12:00:00Z', text: 'Of another project.', project: 'acme/else'})]);
  expect(await folder.sync(a, isOpen)).toMatchObject({sent: {files: 1}});
  expect(await folder.sync(b)).toMatchObject({received: {events: 2}, sent: {files: 1}});
  expect(await textsIn(b)).toEqual(['Of another project.', ...openTexts(0, 3)]);
  expect(await folder.sync(a, isOpen)).toMatchObject({received: {files: 1, events: 1}, sent: {files: 0}});
  expect(await folder.sync(a, isOpen)).toMatchObject(NOTHING);

  await a.ingest(several(6, 9));
  await a.mem.store.journalFiles?.endFiles(a.mem.clock());
  expect(await folder.sync(a, isOpen)).toMatchObject({received: {files: 0}, sent: {files: 1}});
  expect(await folder.sync(b)).toMatchObject({received: {events: 1}});
  expect(await textsIn(b)).toEqual(['Of another project.', ...openTexts(0, 3, 6)]);
  for (const rig of [a, b, a]) await folder.sync(rig, rig === a ? isOpen : undefined);
  expect(await folder.sync(a, isOpen)).toMatchObject(NOTHING);
  expect(await folder.sync(b)).toMatchObject(NOTHING);
  for (const where of [folder.path, b.home]) expect(findInHome(where, ['vault', 'drawer', 'acme/closed'])).toEqual([]);
  expect(folder.files().some((name) => name.includes('nodes'))).toBe(false);
  for (const rig of [a, b]) expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
});

test('more projects, then fewer, add what is missing and take nothing away; what is forgotten is, everywhere', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await a.create('UTC');
  await a.ingest(several(0, 6));
  const isNamed = (project: string): boolean => project !== '';
  await folder.sync(a, isOpen);
  await folder.sync(b);
  expect(await textsIn(b)).toHaveLength(2);
  await folder.sync(a, isNamed);
  expect(await folder.sync(b)).toMatchObject({received: {events: 2}});
  await folder.sync(a, isOpen);
  expect(await folder.sync(b)).toMatchObject({received: {events: 0}, refused: []});
  expect(await textsIn(b)).toHaveLength(4);
  const {events} = await planForgetting(a.mem, {query: '"Part 3"'});
  await forget(a.mem, {kind: 'events', events}, {signal: new AbortController().signal});
  for (const rig of [a, b, a]) await folder.sync(rig, rig === a ? isNamed : undefined);
  expect(await textsIn(b)).toEqual([...openTexts(0), 'Part 1 of the vault.', 'Part 4 of the vault.']);
  for (const where of [folder.path, b.home]) expect(findInHome(where, ['Part 3 of'])).toEqual([]);
  // All of them: as without the setting.
  await folder.sync(a);
  await folder.sync(b);
  expect(await textsIn(b)).toEqual(await textsIn(a));
  for (const rig of [a, b]) expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
});

test('a home that has all of it stays whole beside one that sends less', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using all = new HomeRig();
  await using b = new HomeRig();
  await a.create('UTC');
  await a.ingest(several(0, 6));
  for (const rig of [a, all]) await folder.sync(rig);
  await a.ingest(several(6, 9));
  await folder.sync(a, isOpen);
  // It is another machine's to send.
  expect(findInHome(folder.path, ['Part 1 of the vault'])).toHaveLength(1);
  for (const rig of [all, b, a, all, b]) await folder.sync(rig, rig === a ? isOpen : undefined);
  expect(await textsIn(all)).toHaveLength(7);
  expect(await textsIn(b)).toEqual(await textsIn(all));
  expect(await textsIn(a)).toHaveLength(9);
  for (const rig of [a, all, b]) expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
});

test('whoever asks for a file itself, or for more of one than was offered, does not get it', async () => {
  await using a = new HomeRig();
  await a.create('UTC');
  await a.ingest([said(0)]);
  const files = openHomeFiles(a.home, isOpen);
  const {files: whole} = await openHomeFiles(a.home).list();
  const [itself] = whole as readonly [PeerFile];
  const bytesOf = async (file: PeerFile): Promise<number> => {
    let bytes = 0;
    for await (const chunk of (await files.read({file, from: 0, digest: ''})).chunks) bytes += chunk.length;
    return bytes;
  };
  await expect(bytesOf(itself)).rejects.toMatchObject({code: 'USAGE', message: `${itself.writer}/${itself.name} was not offered`});
  // All of it travels, so far.
  expect((await files.list()).files).toEqual([itself]);
  expect(await bytesOf(itself)).toBe(itself.bytes);
  await a.ingest([said(1)]);
  expect(await bytesOf({...itself, bytes: 1_000_000})).toBe(itself.bytes);
  const [part] = (await files.list()).files as readonly [PeerFile];
  expect(part.name).toMatch(/^\d{4}-\d\d-001\.1\.[0-9a-f]{32}\.jsonl\.gz$/);
  expect(await bytesOf({...part, bytes: 1_000_000})).toBe(part.bytes);
  await expect(bytesOf(itself)).rejects.toMatchObject({code: 'USAGE'});
});
