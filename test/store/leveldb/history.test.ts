import {randomBytes} from 'node:crypto';
import {cpSync, readdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {addDays} from '../../../src/domain/time/local-date.js';
import type {LocalDate, PeriodId} from '../../../src/domain/toc/node-id.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {ChangeCursor, StoreGate} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, anEvent, at, inFile, temporaryHome} from './store-rig.js';

const DAY_MS = 86_400_000;
const mark = (id: string) => ({kind: 'mark-node', id: id as PeriodId}) as const;
const commit = (gate: StoreGate, id: string, time = 1, sync = true) => gate.use(0, (store) => store.commit([mark(id)], at(time), {sync}));
const cursorOf = (gate: StoreGate) => gate.use(0, (store) => store.changeCursor());
const since = (gate: StoreGate, cursor: ChangeCursor) => gate.use(0, (store) => store.changesSince(cursor));

async function aStore(home: string): Promise<StoreGate> {
  const gate = openStoreGate(home);
  await gate.create(A_HEADER);
  return gate;
}

test('numbers its commits and records when they were made', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  await gate.use(0, async ({history}) => expect(await history?.records()).toEqual({first: 0, last: 0, count: 0, records: []}));
  for (const time of [5, 6, 7]) await commit(gate, 'toc:year:2024', time);
  await gate.use(0, async ({history}) => {
    expect(history?.lastCommit).toBe(3);
    const records = [5, 6, 7].map((time, n) => ({commit: n + 1, at: time}));
    expect(await history?.records()).toEqual({first: 1, last: 3, count: 3, records});
  });
});

test('tells by session-day and node what each commit changed, from the empty store on', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  const empty = await cursorOf(gate);
  const event = anEvent();
  await gate.use(0, (store) => store.drain([inFile([event])], at(1)));
  const [day] = await gate.use(0, (store) => store.sessionDays({}));
  const drained = await since(gate, empty);
  expect(drained).toMatchObject({sessionDays: [{date: day?.date, sessionKey: day?.sessionKey}], nodes: []});
  if (drained === 'too-old' || day === undefined) throw new Error('all of it is recorded');
  const id = 'toc:day:2024-01-15' as PeriodId;
  const {date, sessionKey} = day;
  await gate.use(0, async (store) => {
    await store.commit([{kind: 'unmark-session-day', date, sessionKey}], at(2), {sync: false});
    await store.commit([{kind: 'node', node: aNode(id, 1)}, mark('toc:week:2024:W03')], at(2), {sync: false});
    await store.commit([{kind: 'job-state', job: 'rollup', state: 1}], at(2), {sync: false});
    await store.commit([{kind: 'redo-node', pointer: {id}}], at(2), {sync: true});
  });
  expect(await since(gate, drained.cursor)).toMatchObject({sessionDays: [{date, sessionKey}], nodes: [id, 'toc:week:2024:W03']});
});

test('calls a cursor too old once the record of its commit was pruned', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  const old = await cursorOf(gate);
  await commit(gate, 'toc:year:2020', 1);
  const kept = await cursorOf(gate);
  await commit(gate, 'toc:year:2021', 40 * DAY_MS);
  expect(await since(gate, old)).toMatchObject({nodes: ['toc:year:2020', 'toc:year:2021']});
  const before = await gate.maintenance?.pruneCommitRecords(at(41 * DAY_MS), {dryRun: true});
  expect(before).toEqual({removed: 1, kept: 1});
  expect(await since(gate, old)).not.toBe('too-old');
  expect(await gate.maintenance?.pruneCommitRecords(at(41 * DAY_MS), {dryRun: false})).toEqual({removed: 1, kept: 1});
  expect(await since(gate, old)).toBe('too-old');
  expect(await since(gate, kept)).toBe('too-old');
  expect(await since(gate, await cursorOf(gate))).toMatchObject({nodes: [], sessionDays: []});
});

/** Puts the database back as `work` found it, as a power cut may that takes back what was not synced. */
async function losing(home: string, work: () => Promise<void>): Promise<void> {
  const kept = join(home, 'kept');
  cpSync(join(home, 'db'), kept, {recursive: true});
  await work();
  rmSync(join(home, 'db'), {recursive: true});
  cpSync(kept, join(home, 'db'), {recursive: true});
  rmSync(kept, {recursive: true});
}

test('calls a cursor of a lost commit too old, though another commit has its number now', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  await commit(gate, 'toc:year:2020');
  const before = await cursorOf(gate);
  let lost = '' as ChangeCursor;
  await losing(home.path, async () => {
    await commit(gate, 'toc:year:2021', 1, false);
    lost = await cursorOf(gate);
  });
  await commit(gate, 'toc:year:2022', 1, false);
  await gate.use(0, async ({history}) => expect(history?.lastCommit).toBe(2));
  expect(await since(gate, lost)).toBe('too-old');
  expect(await since(gate, before)).toMatchObject({nodes: ['toc:year:2022']});
});

test('gives a mark another token than that of a lost commit that had the same number', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  const token = async () => (await gate.use(0, (store) => store.nodeMarks('year')))[0]?.token;
  let lost: string | undefined;
  await losing(home.path, async () => {
    await commit(gate, 'toc:year:2021', 1, false);
    lost = await token();
  });
  await commit(gate, 'toc:year:2021', 1, false);
  expect(lost).toMatch(/./);
  expect(await token()).not.toBe(lost);
});

test('holds all it held after it was compacted, and is tidied only after much was removed', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  const events = Array.from({length: 300}, (_, n) => anEvent({time: at(1000 + n)}));
  await gate.use(0, async (store) => {
    for (const event of events) await store.drain([inFile([event])], at(5));
  });
  await gate.maintenance?.compact();
  const ids = await gate.use(0, async (store) => (await store.events(at(0), at(5000))).events.map(({head}) => head.id));
  expect(ids).toEqual(events.map(({id}) => id));
  expect(await gate.maintenance?.size()).toBeGreaterThan(0);
  const opened = await gate.changeStamp();
  await gate.maintenance?.tidy();
  expect(await gate.changeStamp()).toBe(opened);
  const days = Array.from({length: 2_000}, (_, n) => `toc:day:${addDays('2020-01-01' as LocalDate, n)}` as PeriodId);
  await gate.use(0, async (store) => {
    await store.commit(
      days.map((id) => mark(id)),
      at(6),
      {sync: false},
    );
    await store.commit(
      days.map((id) => ({kind: 'unmark-node', id})),
      at(7),
      {sync: false},
    );
  });
  const unmarked = await gate.changeStamp();
  await gate.maintenance?.tidy();
  expect(await gate.changeStamp()).not.toBe(unmarked);
  await gate.use(0, async (store) => expect(await store.nodeMarks('day')).toEqual([]));
});

test('what entries of the search index leave that waited is removed after much was merged', async () => {
  using home = temporaryHome();
  const gate = await aStore(home.path);
  const keys = Array.from({length: 2_000}, (_, n) => `p${addDays('2020-01-01' as LocalDate, n)}${'A'.repeat(16)}`);
  const row = randomBytes(1_000);
  const changes = (kept: Buffer | undefined) => keys.map((key) => ({kind: 'search-row' as const, key, row: kept}));
  await gate.use(0, async (store) => {
    await store.commit(changes(row), at(6), {sync: false});
    await store.commit(changes(undefined), at(7), {sync: false});
  });
  // Until it is compacted, what is gone lies in the log or in tables.
  const bytes = () => readdirSync(join(home.path, 'db')).reduce((sum, name) => sum + statSync(join(home.path, 'db', name)).size, 0);
  expect(bytes()).toBeGreaterThan(2_000_000);
  await gate.maintenance?.tidy();
  await gate.use(0, async (store) => expect(await store.searchRows('p')).toEqual([]));
  expect(bytes()).toBeLessThan(500_000);
});
