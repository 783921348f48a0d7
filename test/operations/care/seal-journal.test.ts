import {readFileSync, writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {compact} from '../../../src/operations/care/compact.js';
import {aLine, HomeRig} from '../home-rig.js';

const DAYS = 86_400_000;

/** A home with a file of January and one of March. */
async function twoMonths(): Promise<HomeRig> {
  const rig = new HomeRig();
  for (let n = 0; n < 20; n++) await rig.ingest([aLine({text: `The first gauge was read ${n} times and more.`, seq: n})]);
  rig.now = (rig.now + 60 * DAYS) as EpochMs;
  await rig.ingest([aLine({text: 'The second gauge was read.'})]);
  return rig;
}

const names = (rig: HomeRig) => rig.mem.journal.list().files.map(({name}) => name.replace(/[0-9a-f]{32}/, 'HASH'));

test('a compaction seals the files that are not appended to any more, and what is appended goes on', async () => {
  await using rig = await twoMonths();
  const {journal} = await compact(rig.mem, {dryRun: false});
  expect(journal).toMatchObject({files: 1, damagedFiles: 0});
  expect(journal.savedBytes).toBeGreaterThan(1_000);
  expect(names(rig)).toEqual(['2030-01-001.1.HASH.jsonl.gz', '2030-03-002.jsonl.gz']);
  await rig.ingest([aLine({text: 'The third gauge was read.'})]);
  expect((await compact(rig.mem, {dryRun: false})).journal).toEqual({files: 0, savedBytes: 0, damagedFiles: 0});
  expect(names(rig)).toEqual(['2030-01-001.1.HASH.jsonl.gz', '2030-03-002.jsonl.gz']);
  const {events} = await rig.mem.store.use(0, (store) => store.events(0 as EpochMs, 2e12 as EpochMs));
  expect(events).toHaveLength(22);
});

test('a dry run says how many would be sealed', async () => {
  await using rig = await twoMonths();
  expect((await compact(rig.mem, {dryRun: true})).journal).toMatchObject({files: 1});
  expect(names(rig)).toEqual(['2030-01-001.jsonl.gz', '2030-03-002.jsonl.gz']);
});

test('a damaged file is left as it is, and counted', async () => {
  await using rig = await twoMonths();
  const path = rig.mem.journal.list().files[0]?.path ?? '';
  const bytes = readFileSync(path);
  bytes[100] = (bytes[100] ?? 0) ^ 255;
  writeFileSync(path, bytes);
  expect((await compact(rig.mem, {dryRun: false})).journal).toMatchObject({files: 0, damagedFiles: 1});
  expect(readFileSync(path)).toEqual(bytes);
});
