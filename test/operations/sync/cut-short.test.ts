import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {sync} from '../../../src/operations/sync/sync.js';
import {openFolderPeer} from '../../../src/sync/folder-peer.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import {findInHome} from '../forget/find-in-home.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {exported, Folder} from './sync-rig.js';

const said = (day: number, text = `The lantern of the quay, part ${day}.`): LineFields =>
  aLine({timestamp: `2024-01-${10 + day}T12:00:00Z`, session_id: `s${day % 3}`, text});

async function forgetWhere({mem}: HomeRig, query: string): Promise<void> {
  const {events} = await planForgetting(mem, {query});
  await forget(mem, {kind: 'events', events}, {signal: new AbortController().signal});
}

test('what came and was not yet taken, as a sync was stopped, is no damage, and the next sync takes it', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await b.ingest([said(9)]);
  await a.ingest([said(1), said(2)]);
  await folder.sync(a);
  const stop = new AbortController();
  const options = {mem: b.mem, files: openHomeFiles(b.home), dryRun: false, signal: stop.signal, onProgress: () => stop.abort()};
  await sync(openFolderPeer(folder.path), options);
  expect(await exported(b)).toHaveLength(1);
  const {cure, verdicts} = await check(b.mem, {depth: 'full'});
  expect(cure).toBeUndefined();
  expect(verdicts.find(({part}) => part === 'journal-events')?.remarks).toEqual([
    '2 that came from another machine are not in the store yet; the next sync takes them',
  ]);
  await folder.sync(b);
  expect(await exported(b)).toHaveLength(3);
  expect((await check(b.mem, {depth: 'full'})).verdicts.flatMap(({remarks}) => remarks)).toEqual([]);
});

test('where a file that came cannot take its place at once, and a forgetting drops it, every stored event is in the journal', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([said(1), said(2)]);
  for (const rig of [a, b]) await folder.sync(rig);
  // From here on the first home has another version of that file, with more in it.
  await a.ingest([said(3), said(4, 'The ferryman is called Balthasar.')]);
  await forgetWhere(a, 'Balthasar');
  await folder.sync(a);
  const compacting = b.mem.locks.acquire('compact', {trigger: 'hand'});
  expect((await folder.sync(b)).received.left).toContain('a compaction is already running');
  if (compacting.kind === 'acquired') compacting.release();
  await forgetWhere(b, '"part 1"');
  const {cure, verdicts} = await check(b.mem, {depth: 'full'});
  expect(verdicts.flatMap(({examples}) => examples)).toEqual([]);
  expect(cure).toBeUndefined();
  for (const rig of [b, a, b]) await folder.sync(rig);
  expect((await exported(b)).map((line) => JSON.parse(line).text)).toEqual([2, 3].map((part) => said(part)['text']));
  expect(await exported(b)).toEqual(await exported(a));
});

test('an earlier copy from a file that does not stay is in the journal, too', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([
    {...said(1), project: 'quay'},
    {...said(2), project: 'hut'},
  ]);
  for (const rig of [a, b]) await folder.sync(rig);
  await a.ingest([{...said(3), project: 'quay'}]);
  b.now = (b.now + 1_000) as typeof b.now;
  await b.ingest([{...said(3), project: 'quay'}]);
  // What comes now lacks what stands there already.
  await folder.sync(a, (project) => project === 'quay');
  await folder.sync(b);
  const {cure, verdicts} = await check(b.mem, {depth: 'full'});
  expect(verdicts.flatMap(({examples}) => examples)).toEqual([]);
  expect(cure).toBeUndefined();
  const line = (await exported(a)).find((each) => each.includes('part 3'));
  expect(await exported(b)).toContain(line);
});

test('a sync goes on with the forgetting in which the one before it was killed', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([said(1), said(2, 'The ferryman is called Balthasar.')]);
  for (const rig of [a, b]) await folder.sync(rig);
  await forgetWhere(a, 'Balthasar');
  await folder.sync(a);
  const {journal} = b.mem;
  journal.rewrite = () => Promise.reject(new Error('killed'));
  await expect(folder.sync(b)).rejects.toThrow('killed');
  Reflect.deleteProperty(journal, 'rewrite');
  await folder.sync(b);
  const {cure, verdicts} = await check(b.mem, {depth: 'full'});
  expect(cure).toBeUndefined();
  expect(verdicts.flatMap(({remarks}) => remarks)).toEqual([]);
  expect(findInHome(b.home, ['Balthasar'])).toEqual([]);
  // The other one gets what was made in between, and from then on there is nothing new.
  await folder.sync(a);
  for (const rig of [a, b]) expect(await folder.sync(rig)).toMatchObject({received: {files: 0}, sent: {files: 0}, refused: []});
});

test('a file that came and was not taken in gives way to one without what was forgotten, and nothing is sent again and again', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await b.ingest([said(9)]);
  await folder.sync(b);
  await a.ingest([said(2, 'The ferryman is called Balthasar.')]);
  await folder.sync(a);
  const stop = new AbortController();
  const options = {mem: b.mem, files: openHomeFiles(b.home), dryRun: false, signal: stop.signal, onProgress: () => stop.abort()};
  await sync(openFolderPeer(folder.path), options);
  await a.ingest([said(3)]);
  await forgetWhere(a, 'Balthasar');
  for (const rig of [a, b, a, b]) await folder.sync(rig);
  for (const rig of [a, b]) expect(await folder.sync(rig)).toMatchObject({received: {files: 0}, sent: {files: 0}, refused: []});
  expect(await exported(b)).toEqual(await exported(a));
  expect(findInHome(b.home, ['Balthasar'])).toEqual([]);
  expect((await check(b.mem, {depth: 'full'})).cure).toBeUndefined();
});
