import {mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {backUp} from '../../../../src/operations/care/backup/back-up.js';
import {sealJournal} from '../../../../src/operations/care/seal-journal.js';
import {aLine, HomeRig} from '../../home-rig.js';

const folder = mkdtempSync(join(tmpdir(), 'mem-backup-'));
afterAll(() => rmSync(folder, {recursive: true}));

const back = (rig: HomeRig, name: string) => backUp(rig.mem, {folder: join(folder, name), keep: 7, dryRun: false, settings: undefined});

test('a sealed file is linked on the same disk, and the open one copied', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  await rig.mem.store.maintenance?.journal?.endFiles(rig.mem.clock());
  expect(await sealJournal(rig.mem, {dryRun: false})).toMatchObject({files: 1});
  await rig.ingest([aLine({session_id: 's2', text: 'The weir was closed for the winter.'})]);
  expect(await back(rig, 'links')).toMatchObject({files: {files: 3}, added: {files: 3}, problems: []});
  const files = readdirSync(join(folder, 'links', 'files')).filter((name) => name.endsWith('.jsonl.gz'));
  expect(files.map((name) => statSync(join(folder, 'links', 'files', name)).nlink).sort()).toEqual([1, 2]);
  expect(await back(rig, 'links')).toMatchObject({added: {files: 0}});
});

test('of two backups at once one is told to wait, and nothing is half done', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  const both = await Promise.allSettled([back(rig, 'twice'), back(rig, 'twice')]);
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toEqual([expect.objectContaining({code: 'LOCK_BUSY'})]);
  expect(readdirSync(join(folder, 'twice', 'manifests'))).toHaveLength(1);
});

test('while a manifest cannot be read no file is removed', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  await back(rig, 'damaged');
  const [first = ''] = readdirSync(join(folder, 'damaged', 'manifests'));
  writeFileSync(join(folder, 'damaged', 'manifests', first), 'nothing');
  await rig.ingest([aLine({session_id: 's2', text: 'The weir was closed for the winter.'})]);
  await backUp(rig.mem, {folder: join(folder, 'damaged'), keep: 1, dryRun: false, settings: undefined});
  // The open file of the journal before and after, and the key.
  expect(readdirSync(join(folder, 'damaged', 'files'))).toHaveLength(3);
  expect(readdirSync(join(folder, 'damaged', 'manifests'))).toContain(first);
});
