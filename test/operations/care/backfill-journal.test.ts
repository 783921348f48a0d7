import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {backfillJournal} from '../../../src/operations/care/backfill-journal.js';
import {compact} from '../../../src/operations/care/compact.js';
import {readStatus} from '../../../src/operations/care/read-status.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {aLine, HomeRig} from '../home-rig.js';

/** A home as a mem without a journal leaves it, with drained files. */
async function anOldHome(events = 1_500): Promise<HomeRig> {
  const rig = new HomeRig();
  const {store} = rig.mem;
  rig.mem = {...rig.mem, store: openStoreGate(rig.home)};
  await rig.ingest(Array.from({length: events}, (_, n) => aLine({text: `The old gauge was read ${n} times.`, seq: n})));
  rig.mem = {...rig.mem, store};
  const done = join(rig.home, 'inbox', 'done', '2024-01');
  mkdirSync(done, {recursive: true});
  writeFileSync(join(done, '01HM5TZZ00ABCDEFGHJKMNPQRS.ev'), 'kept');
  return rig;
}

const journalled = (rig: HomeRig) => rig.mem.journal.list().files.filter(({kind}) => kind === 'event').length;

test('an ingest and a reader write nothing of what was stored before, a rollup does, and then the kept files go', async () => {
  await using rig = await anOldHome();
  await rig.ingest([aLine({text: 'New.'})]);
  const {journal} = await readStatus(rig.mem);
  expect(journal).toMatchObject({backfill: {written: 0, of: 1_501}, oldFiles: {files: 1}});
  await rig.rollUp();
  expect((await readStatus(rig.mem)).journal).toMatchObject({backfill: undefined, oldFiles: {files: 0}});
  expect(readdirSync(join(rig.home, 'inbox'))).not.toContain('done');
});

test('a compaction writes all of it, also where nothing is to be rolled up', async () => {
  await using rig = await anOldHome();
  writeFileSync(join(rig.home, 'witness'), '7\n');
  expect(journalled(rig)).toBe(0);
  const {inbox} = await compact(rig.mem, {dryRun: false});
  expect(inbox).toEqual({files: 1, bytes: 4});
  expect(readdirSync(rig.home)).not.toContain('witness');
  expect(journalled(rig)).toBe(1);
  expect((await readStatus(rig.mem)).journal.backfill).toBeUndefined();
});

test('a dry run of a compaction writes nothing and removes no file', async () => {
  await using rig = await anOldHome();
  expect((await compact(rig.mem, {dryRun: true})).inbox).toEqual({files: 1, bytes: 4});
  expect([journalled(rig), rig.mem.inbox.oldFiles().files]).toEqual([0, 1]);
});

test('a backfill that was stopped goes on the next time, and the files stay until then', async () => {
  await using rig = await anOldHome(3_000);
  await rig.mem.store.maintenance?.journal?.backfill(rig.now, 0);
  const {journal} = await readStatus(rig.mem);
  expect(journal).toMatchObject({backfill: {written: 1_000, of: 3_000}, oldFiles: {files: 1}});
  expect(await backfillJournal(rig.mem, 60_000)).toEqual({files: 1, bytes: 4});
  expect((await readStatus(rig.mem)).journal.backfill).toBeUndefined();
});

test('the kept files stay as long as the journal lacks what it had', async () => {
  await using rig = await anOldHome();
  await compact(rig.mem, {dryRun: false});
  mkdirSync(join(rig.home, 'inbox', 'done', '2024-01'), {recursive: true});
  writeFileSync(join(rig.home, 'inbox', 'done', '2024-01', '01HM5TZZ00ABCDEFGHJKMNPQRS.ev'), 'kept');
  const [file] = rig.mem.journal.list().files;
  writeFileSync(file?.path ?? '', '');
  const {alarms} = await readStatus(rig.mem);
  expect(alarms[0]).toContain('mem repair');
  await compact(rig.mem, {dryRun: false});
  expect(rig.mem.inbox.oldFiles().files).toBe(1);
});
