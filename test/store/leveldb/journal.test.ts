import {truncateSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import {MemError} from '../../../src/errors.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {StoreJournal} from '../../../src/store/port/store.js';
import {aRig, bound, event, type JournalledStore, lineOf} from './journalled-store.js';
import {aNode, at, inFile} from './store-rig.js';

const DAY = 'toc:day:2023-11-14' as PeriodId;

test('what is drained stands in the journal, line by line, and a duplicate does not stand there twice', async () => {
  using rig = await aRig();
  await rig.drain([event('a'), event('b')]);
  await rig.drain([event('b'), event('c')]);
  expect(rig.lines()).toEqual(['a', 'b', 'c'].map((text) => lineOf(event(text))));
});

test('every version of a node stands in the journal, and none that says it is there', async () => {
  using rig = await aRig();
  await rig.commitNode(DAY, 1);
  await rig.commitNode(DAY, 2, {isJournalled: true});
  await rig.commitNode(DAY, 3, {sync: true});
  expect(rig.lines('node').map((line) => JSON.parse(line).version)).toEqual([1, 3]);
});

test('of several nodes in one commit, journal and store have each in the same words', async () => {
  using rig = await aRig();
  const nodes = [DAY, 'toc:day:2023-11-15' as PeriodId].map((id) => aNode(id, 1, {title: `All of ${id}`}));
  await rig.use((store) =>
    store.commit(
      nodes.map((node) => ({kind: 'node', node}) as const),
      at(5),
      {sync: false},
    ),
  );
  const stored = await rig.use((store) => store.nodes(nodes.map(({id}) => id)));
  expect(rig.lines('node').map((line) => JSON.parse(line))).toEqual(stored.map((node) => ({v: 2, ...node})));
  expect(stored.map((node) => node?.title)).toEqual(nodes.map(({title}) => title));
});

test('events that the journal has and the store lost are stored again, counted and marked, and not journalled twice', async () => {
  using rig = await aRig();
  await rig.drain([event('a')]);
  await rig.losing(() => rig.drain([event('b'), event('c')]));
  expect((await rig.texts()).toSorted()).toEqual(['a', 'b', 'c']);
  await rig.use(async (store) => {
    expect(await store.counters()).toMatchObject({events: 3, duplicates: 0});
    expect(await store.sessionDays({})).toMatchObject([{count: 3}]);
    expect(await store.sessionDayMarks({})).toHaveLength(1);
  });
  await rig.drain([event('c')]);
  expect(rig.lines()).toHaveLength(3);
});

test('a drain that was killed between the journal and the store is done again from the inbox, without doubling', async () => {
  using rig = await aRig();
  await rig.losing(() => rig.drain([event('a')]));
  await rig.drain([event('a'), event('b')]);
  expect((await rig.texts()).toSorted()).toEqual(['a', 'b']);
  expect(rig.lines()).toHaveLength(2);
});

test('a torn end is cut off, and the drain is done again', async () => {
  using rig = await aRig();
  await rig.drain([event('a')]);
  await rig.losing(() => rig.drain([event('b')]));
  const [file] = rig.journal.list().files;
  truncateSync(file?.path ?? '', (file?.bytes ?? 0) - 3);
  expect(await rig.texts()).toEqual(['a']);
  await rig.drain([event('b')]);
  expect(rig.lines()).toEqual(['a', 'b'].map((text) => lineOf(event(text))));
});

test('a version of a node that follows the latest is taken over with marks above it', async () => {
  using rig = await aRig();
  await rig.commitNode(DAY, 1);
  await rig.losing(async () => {
    await rig.commitNode(DAY, 2);
    await rig.commitNode('toc:year:2023' as PeriodId, 1);
  });
  await rig.use(async (store) => {
    expect((await store.versionsOf([DAY]))[0]?.map(({version}) => version)).toEqual([1, 2]);
    expect((await store.nodes(['toc:year:2023' as PeriodId]))[0]?.version).toBe(1);
    expect((await store.nodeMarks('week')).map(({id}) => id)).toEqual(['toc:week:2023:W46']);
    expect((await store.nodeMarks('month')).map(({id}) => id)).toEqual(['toc:month:2023:11']);
    await store.commit([{kind: 'node', node: aNode(DAY, 3)}], at(9), {sync: false});
  });
  expect(rig.lines('node')).toHaveLength(4);
});

test('a version that does not follow is left', async () => {
  using rig = await aRig();
  await rig.losing(async () => {
    await rig.commitNode(DAY, 1);
    await rig.commitNode(DAY, 2);
  });
  // The first line is made unreadable for a node: what is left does not follow.
  const [file] = rig.journal.list().files;
  if (file === undefined) throw new Error('no file');
  await rig.journal.rewrite(file, {line: (line) => (line.includes('"version":1,') ? undefined : line)});
  await rig.use(async (store) => expect(await store.versionsOf([DAY])).toEqual([[]]));
});

test('where the journal cannot be written, nothing is stored', async () => {
  using rig = await aRig();
  const full: StoreJournal = {
    ...bound(rig.journal),
    append: async () => {
      throw new MemError('NOT_WRITTEN', 'the disk is full');
    },
  };
  rig.gate = openStoreGate(rig.home.path, {journal: full});
  await expect(rig.drain([event('a')])).rejects.toMatchObject({code: 'NOT_WRITTEN'});
  rig.gate = openStoreGate(rig.home.path, {journal: rig.journal});
  expect(await rig.texts()).toEqual([]);
  await rig.drain([event('a')]);
  expect([await rig.texts(), rig.lines().length]).toEqual([['a'], 1]);
});

test('what was appended without a sync is synced by the next synced commit, else when the store is closed', async () => {
  using rig = await aRig();
  const calls: string[] = [];
  const told: StoreJournal = {
    ...bound(rig.journal),
    append: (kind, lines, options) => {
      calls.push(`append ${kind}${options.sync ? ' synced' : ''}`);
      return rig.journal.append(kind, lines, options);
    },
    sync: (kind, end) => {
      calls.push(`sync ${kind}`);
      rig.journal.sync(kind, end);
    },
  };
  rig.gate = openStoreGate(rig.home.path, {journal: told});
  await rig.commitNode(DAY, 1);
  expect(calls.splice(0)).toEqual(['append node', 'sync node']);
  await rig.use(async (store) => {
    await store.commit([{kind: 'node', node: aNode(DAY, 2)}], at(1), {sync: false});
    await store.drain([inFile([event('a')])], at(1));
    expect(calls.splice(0)).toEqual(['append node', 'append event synced', 'sync node']);
  });
  expect(calls).toEqual([]);
  await rig.commitNode(DAY, 3, {sync: true});
  expect(calls).toEqual(['append node synced']);
});

test('a journal that was cut is told of, and a new file is begun', async () => {
  using rig = await aRig();
  await rig.drain([event('a')]);
  await rig.drain([event('b')]);
  const [file] = rig.journal.list().files;
  truncateSync(file?.path ?? '', (file?.bytes ?? 0) - 3);
  await rig.use(async (store) => expect(store.journal?.shortSince).toBeGreaterThan(0));
  await rig.drain([event('c')]);
  expect(rig.journal.list().files.map(({number}) => number)).toEqual([1, 2]);
  await rig.use(async (store) => expect(store.journal).toMatchObject({shortSince: expect.any(Number), backfill: undefined}));
  await rig.gate.maintenance?.journal?.noteWhole(at(5));
  await rig.use(async (store) => expect(store.journal?.shortSince).toBeUndefined());
});

test('files that are ended are appended to no more', async () => {
  using rig = await aRig();
  await rig.drain([event('a')]);
  await rig.gate.maintenance?.journal?.endFiles(at(5));
  await rig.use(async (store) => expect(store.journal?.ends).toMatchObject([{kind: 'event', number: 2, bytes: 0}]));
  await rig.drain([event('b')]);
  await rig.use(async (store) => expect(store.journal?.ends).toMatchObject([{kind: 'event', number: 2}]));
  expect(rig.journal.list().files.map(({number}) => number)).toEqual([1, 2]);
});

/** The numbers of the files that are synced besides appends that sync. */
function withSyncs(rig: JournalledStore): {readonly synced: number[]; readonly journal: StoreJournal} {
  const synced: number[] = [];
  const parts = bound(rig.journal);
  const sync: StoreJournal['sync'] = (kind, end) => {
    synced.push(end.number);
    parts.sync(kind, end);
  };
  return {synced, journal: {...parts, sync}};
}

// Only the file that was written to last was synced: of the one before, a power cut could take what the store had.
test('what was appended without a sync is synced before a new file is begun', async () => {
  using rig = await aRig();
  const {synced, journal} = withSyncs(rig);
  rig.gate = openStoreGate(rig.home.path, {journal});
  await rig.use(async (store) => {
    await store.commit([{kind: 'node', node: aNode(DAY, 1)}], at(1_700_000_000_000), {sync: false});
    expect(synced).toEqual([]);
    await store.commit([{kind: 'node', node: aNode(DAY, 2)}], at(1_703_000_000_000), {sync: false});
    expect(synced).toEqual([1]);
  });
  expect(synced).toEqual([1, 2]);
});

// LevelDB's next opening makes what was committed before durable; the journal stayed behind it.
test('what was appended without a sync is synced after a commit that failed, too', async () => {
  using rig = await aRig();
  const {synced, journal} = withSyncs(rig);
  let isFull = false;
  const append: StoreJournal['append'] = async (...args) => {
    if (isFull) throw new MemError('NOT_WRITTEN', 'the disk is full');
    return journal.append(...args);
  };
  rig.gate = openStoreGate(rig.home.path, {journal: {...journal, append}});
  const work = rig.use(async (store) => {
    await store.commit([{kind: 'node', node: aNode(DAY, 1)}], at(1_700_000_000_000), {sync: false});
    isFull = true;
    await store.commit([{kind: 'node', node: aNode(DAY, 2)}], at(1_700_000_000_000), {sync: false});
  });
  await expect(work).rejects.toThrow('the disk is full');
  expect(synced).toEqual([1]);
});
