import {existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {END_OF_TIME} from '../../../../src/domain/event/event.js';
import {sessionKeyOf} from '../../../../src/domain/event/identity/event-id.js';
import {localDate} from '../../../../src/domain/toc/node-id.js';
import {salvage} from '../../../../src/store/leveldb/care/salvage.js';
import {isSealed} from '../../../../src/store/leveldb/checksum.js';
import {openDb} from '../../../../src/store/leveldb/db.js';
import {openStoreGate} from '../../../../src/store/leveldb/gate.js';
import type {SessionDay, Store, StoreGate} from '../../../../src/store/port/store.js';
import {A_HEADER, anEvent, at, aUlidEvent, buildScript, inFile, nextLine, startScript, stored, temporaryHome} from '../store-rig.js';

const EVENTS = Array.from({length: 600}, (_, n) => anEvent({time: at(1000 + n), text: `event ${n} `.repeat(20)}));

/** Tables of several levels, and a log. */
async function aStoreIn(home: string): Promise<StoreGate> {
  const gate = openStoreGate(home);
  await gate.create(A_HEADER);
  for (let from = 0; from < EVENTS.length; from += 100) {
    await gate.use(0, (store) => store.drain([inFile(EVENTS.slice(from, from + 100))], at(from + 1)));
  }
  await gate.maintenance?.compact();
  for (const n of [1, 2, 3]) await gate.use(0, (store) => store.drain([inFile([anEvent({time: at(5000 + n)})])], at(9)));
  return gate;
}

const idsOf = (gate: StoreGate): Promise<readonly string[]> => gate.use(0, idsIn);
async function idsIn(store: Store): Promise<readonly string[]> {
  return (await store.events(at(0), END_OF_TIME, 10_000)).events.map(({head}) => head.id);
}

const files = (home: string, kind: RegExp): string[] =>
  readdirSync(join(home, 'db'))
    .filter((name) => kind.test(name))
    .map((name) => join(home, 'db', name))
    .sort((a, b) => statSync(b).size - statSync(a).size);

function flip(path: string, byte: number): void {
  const bytes = readFileSync(path);
  bytes[byte] = (bytes[byte] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}

/** Makes the store again from what can be read of it. */
async function makeAgain(gate: StoreGate) {
  const made = await gate.remake?.({salvages: true, headerOf: (old) => old, at: at(99)});
  if (made === undefined) throw new Error('nothing was made');
  const {keptAt} = await made.finish(undefined);
  return {keptAt, salvage: made.salvage};
}

test('reads from the files of a whole store what LevelDB reads', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  await gate.use(0, (store) => store.commit([{kind: 'unmark-session-day', ...A_DAY}], at(10), {sync: true}));
  const rows = [...salvage(join(home.path, 'db'), isSealed).rows()].map(({key, value}) => [key, value?.toString('hex')]);
  const db = await openDb(join(home.path, 'db'));
  const cursor = db.cursor({from: '', to: '\x7f'});
  const expected: unknown[] = [];
  for (let page = await cursor.next(1000); page.length > 0; page = await cursor.next(1000)) {
    for (const [key, value] of page) expected.push([key, value.toString('hex')]);
  }
  await cursor.finish();
  await db.close();
  expect(rows).toEqual(expected);
  expect(rows.some(([key]) => key?.startsWith('m'))).toBe(false);
});

/** A process of its own: a lock of this one does not stop this one. */
const OPENS = `
import {openStoreGate} from './src/store/leveldb/gate.js';
openStoreGate(process.argv[2] ?? '').use(0, async () => {}).catch(({code}) => process.stdout.write(code));
`;

const A_DAY: Pick<SessionDay, 'date' | 'sessionKey'> = {
  date: localDate('1970-01-01'),
  sessionKey: sessionKeyOf('claude-code', 'session-1'),
};

test('puts a new store in the place of a whole one, which is kept, and whoever opens it meanwhile finds it busy', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const ids = await idsOf(gate);
  const made = await gate.remake?.({salvages: true, headerOf: (old) => old, at: at(99)});
  const other = startScript(await buildScript(home.path, OPENS), [home.path]);
  expect(await nextLine(other)).toBe('STORE_BUSY');
  rmSync(join(home.path, 'script.cjs'));
  const kept = await made?.finish(undefined);
  expect(kept).toEqual({keptAt: join(home.path, 'db.damaged-19700101T000000Z')});
  expect(await idsOf(gate)).toEqual(ids);
  expect((await gate.use(0, (store) => store.counters())).events).toBe(603);
  expect(readdirSync(home.path).sort()).toEqual(['db', 'db.damaged-19700101T000000Z']);
});

test('leaves everything as it was when it is given up', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const ids = await idsOf(gate);
  const made = await gate.remake?.({salvages: true, headerOf: (old) => old, at: at(99)});
  await made?.abandon();
  expect(await idsOf(gate)).toEqual(ids);
  expect(readdirSync(home.path).sort()).toEqual(['db']);
});

test.each([
  ['CURRENT is cut', (home: string) => truncateSync(join(home, 'db', 'CURRENT'), 3)],
  ['CURRENT is missing', (home: string) => rmSync(join(home, 'db', 'CURRENT'))],
  ['the MANIFEST is flipped', (home: string) => flip(files(home, /^MANIFEST/)[0] ?? '', 9)],
  ['LOCK is missing', (home: string) => rmSync(join(home, 'db', 'LOCK'))],
  [
    'the footer of a table is flipped',
    (home: string) => flip(files(home, /ldb$/)[0] ?? '', statSync(files(home, /ldb$/)[0] ?? '').size - 3),
  ],
  [
    'the index of a table is flipped',
    (home: string) => flip(files(home, /ldb$/)[0] ?? '', statSync(files(home, /ldb$/)[0] ?? '').size - 70),
  ],
  [
    'the end of a table is cut off',
    (home: string) => truncateSync(files(home, /ldb$/)[0] ?? '', statSync(files(home, /ldb$/)[0] ?? '').size - 200),
  ],
])('has every event again where %s', async (_, harm) => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const ids = await idsOf(gate);
  harm(home.path);
  const {salvage: report} = await makeAgain(gate);
  expect(report?.lost).toEqual({});
  expect(await idsOf(gate)).toEqual(ids);
});

test('loses no more than the block of a table that a flip is in', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const ids = await idsOf(gate);
  flip(files(home.path, /ldb$/)[0] ?? '', 2000);
  const {salvage: report} = await makeAgain(gate);
  const left = await idsOf(gate);
  expect(report?.damage).toEqual([expect.stringMatching(/^\d+\.ldb: the block at byte \d+ has a wrong checksum$/)]);
  expect(left.length).toBeLessThan(ids.length);
  expect(left.length).toBeGreaterThan(ids.length - 40);
  expect(left.filter((id) => !ids.includes(id))).toEqual([]);
});

test('loses no more than the record of a log that a flip is in', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  await gate.use(0, async (store) => {
    for (const n of [1, 2, 3]) await store.drain([inFile([anEvent({time: at(6000 + n)})])], at(9));
  });
  const ids = await idsIn0(home.path);
  flip(files(home.path, /log$/)[0] ?? '', 100);
  await makeAgain(gate);
  expect(await idsOf(gate)).toHaveLength(ids - 1);
});

/** Without opening it: that writes the log into a table. */
async function idsIn0(home: string): Promise<number> {
  return [...salvage(join(home, 'db'), isSealed).rows()].filter(({key}) => key.startsWith('e')).length;
}

test('goes on from the store that was kept where a kill came between the two renames', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const ids = await idsOf(gate);
  const {keptAt} = await makeAgain(gate);
  rmSync(join(home.path, 'db'), {recursive: true});
  expect(gate.maintenance?.lostStore()?.code).toBe('STORE_DAMAGED');
  expect((await makeAgain(gate)).keptAt).toBe(keptAt);
  expect(await idsOf(gate)).toEqual(ids);
  expect(existsSync(keptAt ?? '')).toBe(true);
});

test('makes the aliases of events again', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const event = aUlidEvent('01HZZZZZZZZZZZZZZZZZZZZZZZ', {time: at(7000)});
  await gate.use(0, (store) => store.commit([stored(event)], at(10), {sync: true}));
  const db = await openDb(join(home.path, 'db'));
  await db.write((batch) => batch.del(`a${event.event.id}`), {sync: true});
  await db.close();
  await makeAgain(gate);
  expect((await gate.use(0, (store) => store.eventsOf([event.event.id])))[0]?.time).toBe(7000);
});
