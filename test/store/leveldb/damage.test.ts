import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {ClassicLevel} from 'classic-level';
import {expect, test, vi} from 'vitest';
import {SealedBatch} from '../../../src/store/leveldb/commit/sealed-batch.js';
import {type Db, openDb} from '../../../src/store/leveldb/db.js';
import {openError} from '../../../src/store/leveldb/db-errors.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {eventKey, HEADER_KEY} from '../../../src/store/leveldb/keys.js';
import {STORE_FORMAT} from '../../../src/store/leveldb/read/read-start.js';
import {formatJson} from '../../../src/store/leveldb/records.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, anEvent, at, inFile, stored, temporaryHome} from './store-rig.js';

const EVENTS = Array.from({length: 300}, (_, n) => anEvent({time: at(1000 + n), text: `event ${n} `.repeat(20)}));
const read = async (): Promise<string> => 'read';

async function aStoreIn(home: string): Promise<StoreGate> {
  const gate = openStoreGate(home);
  await gate.create(A_HEADER);
  await gate.use(0, (store) => store.commit(EVENTS.map(stored), at(1), {sync: true}));
  await gate.use(0, read);
  return gate;
}

/** Where the events are. */
function largestTable(home: string): string {
  const folder = join(home, 'db');
  const tables = readdirSync(folder).filter((name) => name.endsWith('.ldb'));
  const bySize = tables.map((name) => join(folder, name)).sort((a, b) => statSync(b).size - statSync(a).size);
  return bySize[0] ?? '';
}

/** Writes into the database beside the store. */
async function behindItsBack(home: string, work: (db: Db) => Promise<void>): Promise<void> {
  const db = await openDb(join(home, 'db'));
  await work(db);
  await db.close();
}

test('names the key of a value with a flipped bit, and what to do, at each way to read it', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const [event] = EVENTS;
  if (event === undefined) throw new Error('no events');
  const key = eventKey(event.time, event.id);
  await behindItsBack(home.path, async (db) => {
    const [value] = await db.getMany([key]);
    if (value === undefined) throw new Error('no value');
    value[40] = (value[40] ?? 0) ^ 4;
    await db.write((batch) => batch.put(key, value), {sync: false});
  });
  const damage = {
    code: 'STORE_DAMAGED',
    exitStatus: 74,
    message: expect.stringContaining(key),
    hint: 'run: mem repair',
  };
  await gate.use(0, async (store) => {
    await expect(store.eventsOf([event.id])).rejects.toMatchObject(damage);
    await expect(store.events(at(0), at(5000))).rejects.toMatchObject(damage);
  });
  for (const delivered of [[event], EVENTS]) {
    await expect(gate.use(0, (store) => store.drain([inFile(delivered)], at(9)))).rejects.toMatchObject(damage);
  }
});

test('never gives a wrong event out, whichever byte of a table is damaged', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const table = largestTable(home.path);
  const whole = readFileSync(table);
  let noticed = 0;
  // Only the blocks: LevelDB aborts the process on some damage of the index behind them.
  const blocks = Math.floor(whole.length * 0.8);
  for (let n = 0; n < 60; n++) {
    const damaged = Buffer.from(whole);
    const place = Math.floor((n * blocks) / 60);
    damaged[place] = (damaged[place] ?? 0) ^ (1 << (n % 8));
    writeFileSync(table, damaged);
    try {
      const texts = await gate.use(0, async (store) => Promise.all(EVENTS.map(async ({id}) => (await store.eventsOf([id]))[0])));
      for (const [at, event] of texts.entries()) if (event !== undefined) expect(event, `byte ${place}`).toEqual(EVENTS[at]);
      if (texts.includes(undefined)) noticed += 1;
    } catch (error) {
      expect(error).toMatchObject({exitStatus: 74});
      noticed += 1;
    }
  }
  writeFileSync(table, whole);
  expect(noticed).toBeGreaterThan(20);
});

test('fails a page with a hole in the middle, though LevelDB reads over it', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const table = largestTable(home.path);
  const bytes = readFileSync(table);
  writeFileSync(table, bytes.fill(0xff, Math.floor(bytes.length * 0.15), Math.floor(bytes.length * 0.25)));
  // The page ends long before the range does.
  const page = gate.use(0, (store) => store.events(at(1000), at(9000), 100));
  await expect(page).rejects.toMatchObject({code: 'STORE_DAMAGED'});
});

test('refuses a store without CURRENT and removes nothing of it', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const folder = join(home.path, 'db');
  rmSync(join(folder, 'CURRENT'));
  const tables = (): string[] => readdirSync(folder).filter((name) => /\.(ldb|log)$|^MANIFEST/.test(name));
  const before = tables();
  expect(before.length).toBeGreaterThan(1);
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_DAMAGED', exitStatus: 74});
  await gate.create(A_HEADER);
  expect(tables()).toEqual(before);
});

test.each([
  ['CURRENT without a line end', (folder: string) => writeFileSync(join(folder, 'CURRENT'), 'MANIFEST-000001')],
  ['CURRENT of no MANIFEST', (folder: string) => writeFileSync(join(folder, 'CURRENT'), 'MANIFEST-000999\n')],
  ['a missing table', (folder: string) => rmSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.ldb')) ?? ''))],
  ['an empty folder', (folder: string) => readdirSync(folder).map((name) => rmSync(join(folder, name)))],
])('calls %s damage', async (_, damage) => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  damage(join(home.path, 'db'));
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_DAMAGED', hint: 'run: mem repair'});
});

test('calls a store without its header damaged, and refuses one of a newer format', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const header = {...A_HEADER, storeId: 'x', formatVersion: STORE_FORMAT + 1, holdsFormerIds: false};
  await behindItsBack(home.path, (db) =>
    db.write((batch) => new SealedBatch(batch, {valuesRead: 0, keysWritten: 0}).put(HEADER_KEY, formatJson(header)), {sync: false}),
  );
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'FORMAT_NEWER', exitStatus: 78, hint: 'install a newer mem'});
  await behindItsBack(home.path, (db) => db.write((batch) => batch.del(HEADER_KEY), {sync: false}));
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_DAMAGED', message: expect.stringContaining('"!header" is missing')});
});

const failure = (code: string, message: string): Error =>
  Object.assign(new Error('Database failed to open', {cause: Object.assign(new Error(message), {code})}), {
    code: 'LEVEL_DATABASE_NOT_OPEN',
  });

test.each([
  ['LEVEL_IO_ERROR', 'IO error: /h/db/000007.ldb: No space left on device', 'NOT_WRITTEN', 73],
  ['LEVEL_IO_ERROR', 'IO error: /h/db/LOCK: Permission denied', 'NOT_WRITTEN', 73],
  ['LEVEL_IO_ERROR', 'IO error: /h/db/LOCK: Read-only file system', 'NOT_WRITTEN', 73],
  ['EACCES', "EACCES: permission denied, mkdir '/h/db'", 'NOT_WRITTEN', 73],
  ['LEVEL_LOCKED', 'IO error: lock /h/db/LOCK: No locks available', 'IO_ERROR', 74],
  ['LEVEL_IO_ERROR', 'IO error: /h/db/000007.ldb: Input/output error', 'IO_ERROR', 74],
  ['LEVEL_CORRUPTION', 'Corruption: 1 missing files; e.g.: /h/db/000005.ldb', 'STORE_DAMAGED', 74],
])('takes %s "%s" at an opening for %s', (code, message, expected, exitStatus) => {
  expect(openError(failure(code, message), '/h/db')).toMatchObject({code: expected, exitStatus, message: expect.stringContaining('/h/db')});
});

test('says of a full disk that the store cannot even be read', () => {
  const error = openError(failure('LEVEL_IO_ERROR', 'IO error: /h/db/LOG: No space left on device'), '/h/db');
  expect(error).toMatchObject({hint: expect.stringContaining('cannot even read')});
});

test('takes a second opening in one process for a bug', () => {
  const error = failure('LEVEL_LOCKED', 'IO error: lock /h/db/LOCK: already held by process');
  expect(openError(error, '/h/db')).toBe(error);
});

test('closes the store after a write that failed and refuses all that follows', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  await gate.use(0, async (store) => {
    rmSync(join(home.path, 'db'), {recursive: true});
    const big = Array.from({length: 6}, (_, n) => stored(anEvent({text: `${n}`.repeat(1_000_000)})));
    const commit = () => store.commit(big, at(2), {sync: false});
    // LevelDB needs a new log for the second one, in a folder that is gone.
    await commit();
    const failed = await commit().catch((error: unknown) => error);
    expect(failed).toMatchObject({code: 'IO_ERROR', exitStatus: 74});
    await expect(store.commit([], at(3), {sync: false})).rejects.toBe(failed);
    await expect(store.sessionDays({})).rejects.toThrow('not open');
  });
});

test('asks LevelDB to sync what must be on disk, and nothing else', async () => {
  using home = temporaryHome();
  const asked: unknown[] = [];
  const makeBatch = ClassicLevel.prototype.batch as unknown as () => {write(options: unknown): Promise<void>};
  // A kill cannot show a missing sync: what was written survives it in the page cache. So this listens at the border.
  const spy = vi.spyOn(ClassicLevel.prototype, 'batch').mockImplementation(function (this: unknown) {
    const batch = makeBatch.call(this);
    const write = batch.write.bind(batch);
    batch.write = (options) => {
      asked.push(options);
      return write(options);
    };
    return batch as never;
  });
  try {
    const gate = openStoreGate(home.path);
    await gate.create(A_HEADER);
    await gate.use(0, (store) => store.commit([stored(anEvent())], at(1), {sync: true}));
    await gate.use(0, (store) => store.commit([], at(2), {sync: false}));
  } finally {
    spy.mockRestore();
  }
  expect(asked).toEqual([{sync: true}, {sync: true}, {sync: false}]);
});

test('reads no further when a commit did not follow what is stored, and writes nothing of it', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const late = anEvent({text: 'late'});
  const commit = gate.use(0, (store) => store.commit([stored(late), {kind: 'node', node: aNode('toc:year:2024', 2)}], at(2), {sync: true}));
  await expect(commit).rejects.toThrow('version 2 of toc:year:2024 does not follow 0');
  expect(await gate.use(0, (store) => store.eventsOf([late.id]))).toEqual([undefined]);
});
