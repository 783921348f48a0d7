import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {sealJournal} from '../../../src/operations/care/seal-journal.js';
import {HomePeer} from '../../../src/operations/sync/home-peer.js';
import {type SyncReport, sync} from '../../../src/operations/sync/sync.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {exported, Folder} from './sync-rig.js';

const said = (day: number): LineFields => aLine({timestamp: `2024-01-${10 + day}T12:00:00Z`, text: `The tide table, part ${day}.`});

test('a file that was sealed where it was written is sealed elsewhere without being carried again, and not sent back', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await using c = new HomeRig();
  const both = (): Promise<SyncReport> =>
    sync(new HomePeer({mem: b.mem, files: openHomeFiles(b.home)}), {mem: a.mem, files: openHomeFiles(a.home), dryRun: false});
  await a.create('UTC');
  await a.ingest([said(1), said(2)]);
  await a.mem.store.journalFiles?.endFiles(a.mem.clock());
  await a.ingest([said(3)]);
  await both();
  for (const rig of [a, c]) await folder.sync(rig);
  expect(await sealJournal(a.mem, {dryRun: false})).toMatchObject({files: 1});
  expect(await both()).toMatchObject({received: {files: 0}, sent: {files: 0}, refused: []});
  await a.ingest([said(4)]);
  expect(await both()).toMatchObject({received: {files: 0}, sent: {files: 1, events: 1}, refused: []});
  expect(await exported(b)).toEqual(await exported(a));
  const names = ({mem}: HomeRig) => mem.journal.list().files.map(({name}) => name);
  expect(names(b)).toEqual(names(a));
  expect(names(a)[0]).toMatch(/^\d{4}-\d\d-001\.1\./);
  // A third one has the open file from the folder, and finds it sealed there.
  for (const rig of [c, a, c]) await folder.sync(rig);
  expect(names(c)).toEqual(names(a));
  for (const rig of [b, a, c]) expect(await folder.sync(rig)).toMatchObject({received: {files: 0}, sent: {files: 0}});
  expect((await check(b.mem, {depth: 'full'})).cure).toBeUndefined();
});
