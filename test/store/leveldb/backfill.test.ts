import {rmSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {tombstoneLine} from '../../../src/domain/event/tombstone.js';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import {linesOf} from '../../../src/operations/care/journal-lines.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {aRig, event, type JournalledStore, lineOf} from './journalled-store.js';
import {anEvent, at} from './store-rig.js';

const DAY = 'toc:day:2023-11-14' as PeriodId;

async function backfillAll(rig: JournalledStore): Promise<void> {
  while (await rig.gate.maintenance?.journal?.backfill(at(5))) {
    // The next slice.
  }
}

test('what was stored before there was a journal is written to it in slices, events and versions of nodes', async () => {
  using rig = await aRig();
  const journalled = rig.gate;
  rig.gate = openStoreGate(rig.home.path);
  const many = Array.from({length: 2_500}, (_, n) => anEvent({text: `event ${n}`, time: at(1_700_000_000_000 + n)}));
  await rig.drain(many);
  await rig.commitNode(DAY, 1);
  await rig.commitNode(DAY, 2);
  rig.gate = journalled;
  await rig.drain([event('new')]);
  await rig.use(async (store) => expect(store.journal?.backfill).toEqual({written: 0, of: 2_501}));
  expect(rig.lines()).toEqual([lineOf(event('new'))]);
  await rig.gate.maintenance?.journal?.backfill(at(5), 0);
  await rig.use(async (store) => expect(store.journal?.backfill).toEqual({written: 1_000, of: 2_501}));
  await backfillAll(rig);
  await rig.use(async (store) => expect(store.journal?.backfill).toBeUndefined());
  expect(new Set(rig.lines())).toEqual(new Set([...many, event('new')].map(lineOf)));
  expect(rig.lines('node').map((line) => JSON.parse(line).version)).toEqual([1, 2]);
});

test('a store without events needs no backfill, and a journal that is gone is written again', async () => {
  using rig = await aRig();
  await rig.drain([event('a'), event('b')]);
  await rig.use(async (store) => expect(store.journal?.backfill).toBeUndefined());
  rmSync(join(rig.home.path, 'journal'), {recursive: true});
  await rig.use(async (store) => expect(store.journal).toMatchObject({backfill: {written: 0, of: 2}, shortSince: expect.any(Number)}));
  await backfillAll(rig);
  expect(rig.lines().toSorted()).toEqual(['a', 'b'].map((text) => lineOf(event(text))).toSorted());
  await rig.use(async (store) => expect(store.journal).toMatchObject({backfill: undefined, shortSince: undefined}));
});

test('a journal that is cut while all is written to it again has all of it in the end', async () => {
  using rig = await aRig();
  const many = Array.from({length: 1_500}, (_, n) => event(`${n}`));
  await rig.drain(many);
  rmSync(join(rig.home.path, 'journal'), {recursive: true});
  await rig.gate.maintenance?.journal?.backfill(at(5), 0);
  await rig.use(async (store) => expect(store.journal?.backfill).toEqual({written: 1_000, of: 1_500}));
  const [file] = rig.journal.list().files;
  truncateSync(file?.path ?? '', 100);
  await backfillAll(rig);
  // What the cut left of a member is no line.
  const parts = rig.journal.list().files.flatMap((journalFile) => [...rig.journal.read(journalFile)]);
  const lines = parts.flatMap((part) => (part.kind === 'member' ? linesOf(part.lines) : []));
  expect(new Set(lines)).toEqual(new Set(many.map(lineOf)));
  await rig.use(async (store) => expect(store.journal).toMatchObject({backfill: undefined, shortSince: undefined}));
});

test('what was forgotten is written to a journal that was begun later', async () => {
  using rig = await aRig();
  const tombstone = {id: event('a').id, at: at(1), alias: '', words: []};
  await rig.drain([event('b')]);
  await rig.use((store) => store.commit([{kind: 'tombstone', tombstone}], at(1), {sync: true}));
  rmSync(join(rig.home.path, 'journal'), {recursive: true});
  await backfillAll(rig);
  expect(rig.lines('forgotten')).toEqual([tombstoneLine(tombstone)]);
});
