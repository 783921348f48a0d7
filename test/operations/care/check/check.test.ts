import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EventId} from '../../../../src/domain/event/event.js';
import type {NodeId} from '../../../../src/domain/toc/node-id.js';
import {check} from '../../../../src/operations/care/check/check.js';
import type {CheckDepth} from '../../../../src/operations/care/check/check-scope.js';
import {SealedBatch} from '../../../../src/store/leveldb/commit/sealed-batch.js';
import {type Db, openDb} from '../../../../src/store/leveldb/db.js';
import {nodeKey, pointerKey, sessionDayKey} from '../../../../src/store/leveldb/keys.js';
import {Reader} from '../../../../src/store/leveldb/read/reader.js';
import {aLine, HomeRig} from '../../home-rig.js';

/** Sessions of two days in two months, rolled up, with everything that an event can have. */
async function aHome(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('Europe/Berlin');
  await rig.ingest([
    ...Array.from({length: 30}, (_, n) =>
      aLine({seq: n, timestamp: `2024-01-15T12:${10 + n}:00Z`, text: `We fixed gate ${n} of the tide mill.`}),
    ),
    aLine({session_id: 's2', timestamp: '2024-02-20T08:00:00Z', agent: 'claude-code', event_id: 'source-1'}),
    aLine({session_id: 's2', timestamp: '2024-02-20T08:01:00Z', event_id: '01HQ2M5Z0Z0Z0Z0Z0Z0Z0Z0Z0Z'}),
    aLine({session_id: 's2', timestamp: undefined, event_id: 'source-2', agent: 'codex'}),
    aLine({session_id: 's2', timestamp: undefined, agent: 'codex'}),
    aLine({session_id: 's2', timestamp: '2024-02-20T08:02:00Z', text: `key ${['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_')}`}),
    aLine({
      session_id: 's2',
      timestamp: '2024-02-20T08:03:00Z',
      event_type: 'tool_result',
      metadata: {tool_name: 'x', n: 1.5, tool_input: {a: 'b'}},
    }),
  ]);
  await rig.rollUp();
  return rig;
}

async function faultsIn(rig: HomeRig, depth: CheckDepth = 'full'): Promise<Record<string, readonly string[]>> {
  const {verdicts, storeFault} = await check(rig.mem, {depth});
  const wrong = verdicts.filter(({faults}) => faults > 0).map(({part, examples}) => [part, examples]);
  return {...Object.fromEntries(wrong), ...(storeFault !== undefined && {storeFault: [storeFault]})};
}

/** Writes into the database beside the store, with right checksums. */
async function behindItsBack(
  rig: HomeRig,
  work: (batch: SealedBatch, read: (key: string) => Promise<Record<string, unknown>>, db: Db) => Promise<void>,
) {
  const db = await openDb(join(rig.home, 'db'));
  const reader = new Reader(db, {valuesRead: 0, keysWritten: 0});
  await db.write(
    (batch) => work(new SealedBatch(batch, {valuesRead: 0, keysWritten: 0}), async (key) => JSON.parse(String(await reader.get(key))), db),
    {sync: true},
  );
  await db.close();
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const keysIn = async (db: Db, from: string, to: string): Promise<readonly string[]> => {
  const cursor = db.cursor({from, to});
  const rows = await cursor.next(1000);
  await cursor.close();
  return rows.map(([key]) => key);
};

test.each(['fast', 'usual', 'full'] as const)('finds nothing wrong with a whole memory (%s)', async (depth) => {
  await using rig = await aHome();
  const report = await check(rig.mem, {depth});
  expect(await faultsIn(rig, depth)).toEqual({});
  expect(report.cure).toBeUndefined();
  expect(report.verdicts.filter(({looked, part}) => looked === 0 && part !== 'journal-events' && part !== 'journal-nodes')).toEqual([]);
});

test('looks at every event, node and line', async () => {
  await using rig = await aHome();
  const {verdicts} = await check(rig.mem, {depth: 'full'});
  const looked = Object.fromEntries(verdicts.map(({part, looked}) => [part, looked]));
  expect(looked).toMatchObject({events: 36, 'session-days': 4, 'journal-events': 36, nodes: (await rig.pointers()).length});
  expect(looked['journal-nodes']).toBe((await rig.pointers()).length);
});

test('finds a session-day that counts otherwise than its events, one that is missing, and one too many', async () => {
  await using rig = await aHome();
  const days = await rig.mem.store.use(0, (store) => store.sessionDays({}));
  await behindItsBack(rig, async (batch, read) => {
    const [a, b] = days;
    if (a === undefined || b === undefined) throw new Error();
    const key = sessionDayKey(a.date, a.sessionKey);
    batch.put(key, json({...(await read(key)), count: 29}));
    batch.del(sessionDayKey(b.date, b.sessionKey));
    batch.put(sessionDayKey('2024-02-21' as never, a.sessionKey), json(await read(key)));
  });
  expect(await faultsIn(rig)).toEqual({
    'session-days': [
      'the session s1 on 2024-01-15 is listed with 29 events, and 30 are there',
      'the session s1 on 2024-02-21 is listed with 30 events, and none is there',
      'the session s2 on 2024-02-20 has 1 event and is in no list',
    ],
  });
});

test('finds a pointer that points elsewhere, one without a version, and one that is missing', async () => {
  await using rig = await aHome();
  await behindItsBack(rig, async (batch, read) => {
    const day = pointerKey('toc:day:2024-01-15' as NodeId);
    batch.put(day, json({...(await read(day)), version: 7}));
    batch.del(pointerKey('toc:month:2024:01' as NodeId));
    batch.del(nodeKey('toc:year:2024' as NodeId, 1));
  });
  expect((await faultsIn(rig, 'fast'))['nodes']).toEqual(
    [
      'toc:year:2024 points to version 1, which is missing',
      'toc:year:2024 is made from toc:month:2024:01, which does not exist',
      'toc:month:2024:01 has a version and is in no list',
      'toc:day:2024-01-15 points to version 7, and its newest is 1',
    ].filter((line) => !line.includes('is made from')),
  );
});

test('finds an event that a node cites and the store lost, and that the journal still has', async () => {
  await using rig = await aHome();
  let key = '';
  await behindItsBack(rig, async (batch, _, db) => {
    key = (await keysIn(db, 'e', 'f'))[3] ?? '';
    batch.del(key);
  });
  const faults = await faultsIn(rig);
  const id = key.slice(11) as EventId;
  expect(faults['session-days']).toEqual(['the session s1 on 2024-01-15 is listed with 30 events, and 29 are there']);
  expect(faults['citations']?.[0]).toContain(`cites the event ${id}, which does not exist`);
  expect(faults['journal-events']?.[0]).toMatch(
    new RegExp(`^the event ${id} in [0-9a-z]+/2030-01-001.jsonl.gz at byte \\d+ is not in the store$`),
  );
  expect(Object.keys(faults).sort()).toEqual(['citations', 'journal-events', 'search', 'session-days']);
});

test('finds an event whose content is not that of its id, though its checksum is right', async () => {
  await using rig = await aHome();
  let id = '';
  await behindItsBack(rig, async (batch, _, db) => {
    const key = (await keysIn(db, 'e', 'f'))[3] ?? '';
    id = key.slice(11);
    const [value] = await db.getMany([key]);
    const record = Buffer.from(value?.subarray(5) ?? []);
    record[record.length - 4] = 0x58;
    batch.put(key, record);
  });
  const faults = await faultsIn(rig);
  expect(faults['events']).toEqual([`the event ${id} has an id that does not follow from its content`]);
  expect(faults['journal-events']).toEqual([`the event ${id} is another one in the journal than in the store`]);
});

test('finds an entry of the search index that has other words', async () => {
  await using rig = await aHome();
  await behindItsBack(rig, async (batch, _, db) => {
    for (const key of (await keysIn(db, 'xb2024-01', 'xc')).slice(0, 1)) batch.del(key);
    for (const key of (await keysIn(db, 'xe2024-02', 'xf')).slice(0, 1)) batch.put(key, Buffer.alloc(0));
  });
  expect((await faultsIn(rig))['search']).toEqual([
    'the search index of 2024-01 has a list of other words than its own',
    'the search index has other words of the session s1 on 2024-01-15 than its events',
    'the search index of 2024-02 cannot be read: the row ends within a number',
  ]);
});

test('finds a flipped bit in a table, and says what to do', async () => {
  await using rig = await aHome();
  await rig.mem.store.maintenance?.compact();
  const tables = readdirSync(join(rig.home, 'db')).filter((name) => name.endsWith('.ldb'));
  const path = join(rig.home, 'db', tables[0] ?? '');
  const bytes = readFileSync(path);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const report = await check(rig.mem, {depth: 'usual'});
  expect(report.verdicts[0]).toMatchObject({
    part: 'store-files',
    faults: 1,
    examples: [`${tables[0]}: the block at byte 0 has a wrong checksum`],
  });
  expect(report.cure).toBe('mem repair');
});

test('finds a flipped bit in the journal, and a file that is missing', async () => {
  await using rig = await aHome();
  const [file, nodes] = rig.mem.journal.list().files;
  if (file === undefined || nodes === undefined) throw new Error();
  const bytes = readFileSync(file.path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file.path, bytes);
  rmSync(nodes.path);
  const faults = await faultsIn(rig);
  expect(faults['journal']?.[0]).toContain('holds a member that is not what was written');
  expect(faults['journal-events']?.[0]).toContain('is in no file of the journal');
  expect(faults['journal-nodes']?.[0]).toContain('is in no file of the journal');
});

test('names mem rebuild where the store is gone', async () => {
  await using rig = await aHome();
  rmSync(join(rig.home, 'db'), {recursive: true});
  const report = await check(rig.mem, {depth: 'full'});
  expect(report.cure).toBe('mem rebuild');
  expect(report.storeFault).toContain('is gone');
});
