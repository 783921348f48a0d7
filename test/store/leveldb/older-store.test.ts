import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import {Sealer, unseal} from '../../../src/store/leveldb/checksum.js';
import {openDb} from '../../../src/store/leveldb/db.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {ChangeCursor, StoreGate} from '../../../src/store/port/store.js';
import {HomeRig} from '../../operations/home-rig.js';
import {at, temporaryHome} from './store-rig.js';

/**
 * What a mem wrote that numbered its marks by commits and did not record what a commit changed: eight events on two days and on the day
 * of its making, all rolled up but for one that came later, a paused job. Keys and values as they lay in LevelDB.
 */
const ROWS = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/store-format-1.json'), 'utf8')) as [string, string][];

async function olderStore(home: string, rows = ROWS): Promise<StoreGate> {
  const db = await openDb(join(home, 'db'), {create: true});
  await db.write(
    (batch) => {
      for (const [key, value] of rows) batch.put(key, Buffer.from(value, 'base64'));
    },
    {sync: true},
  );
  await db.close();
  return openStoreGate(home);
}

const count = (prefix: string): number => ROWS.filter(([key]) => key.startsWith(prefix)).length;

test('reads all that an older mem stored', async () => {
  using home = temporaryHome();
  const gate = await olderStore(home.path);
  await gate.use(0, async (store) => {
    expect(store.header).toMatchObject({timeZone: 'Europe/Berlin', formatVersion: 1});
    expect(await store.counters()).toMatchObject({events: count('e'), duplicates: 7});
    const {events} = await store.events(at(0), at(2 ** 48));
    expect(events.map(({record}) => decodeEvent(record).text)).toContain('The parser accepts empty rows now and all tests pass.');
    expect(events).toHaveLength(count('e'));
    const days = await store.sessionDays({});
    expect(days.reduce((sum, day) => sum + day.count, 0)).toBe(count('e'));
    for (const [tocLevel, letter] of [
      ['year', 'y'],
      ['month', 'm'],
      ['week', 'w'],
      ['day', 'd'],
      ['segment', 's'],
    ] as const) {
      const pointers = await store.pointers(tocLevel, {});
      expect(pointers).toHaveLength(count(`p${letter}`));
      expect((await store.nodes(pointers.map(({id}) => id))).map((node) => node?.id)).toEqual(pointers.map(({id}) => id));
    }
    expect(await store.jobStates(['rollup-week'])).toEqual([expect.objectContaining({paused: expect.anything()})]);
    expect(await store.history?.records()).toMatchObject({first: 1, last: count('c'), count: count('c')});
  });
});

test('reads a time zone that an older mem kept as TZ spelled it', async () => {
  using home = temporaryHome();
  const respelled = (value: string) => {
    const header = unseal('!header', Buffer.from(value, 'base64'), home.path).toString().replace('Europe/Berlin', 'europe/berlin');
    return new Sealer().seal('!header', Buffer.from(header)).toString('base64');
  };
  const gate = await olderStore(
    home.path,
    ROWS.map(([key, value]) => [key, key === '!header' ? respelled(value) : value]),
  );
  expect(await gate.use(0, async ({header}) => header.timeZone)).toBe('Europe/Berlin');
});

test('knows the deliveries of an older store again', async () => {
  using home = temporaryHome();
  const gate = await olderStore(home.path);
  await gate.use(0, async (store) => {
    const {events} = await store.events(at(0), at(2 ** 48));
    expect(await store.drain([{records: events, writtenAt: at(1)}], at(2))).toEqual([
      {stored: 0, duplicates: events.length, conflicts: []},
    ]);
  });
});

test('takes the marks of an older store for marks, and replaces their tokens', async () => {
  using home = temporaryHome();
  const gate = await olderStore(home.path);
  await gate.use(0, async (store) => {
    const marks = await store.sessionDayMarks({});
    expect(marks).toHaveLength(count('m'));
    const [mark] = marks;
    if (mark === undefined) throw new Error('one is left');
    const {date, sessionKey} = mark;
    await store.commit([{kind: 'mark-session-day', date, sessionKey}], at(1), {sync: false});
    const unmark = {kind: 'unmark-session-day', date, sessionKey} as const;
    expect((await store.commit([unmark], at(1), {sync: false, expect: {sessionDayMarks: [mark]}})).kind).toBe('stale');
    const [now] = await store.sessionDayMarks({});
    expect(now && (await store.commit([unmark], at(1), {sync: false, expect: {sessionDayMarks: [now]}}))).toEqual({kind: 'done'});
  });
});

test('answers too-old for what an older mem did not record, and all that comes after its first own commit', async () => {
  using home = temporaryHome();
  const gate = await olderStore(home.path);
  await gate.use(0, async (store) => {
    for (const cursor of ['0.', '3.', `${count('c')}.`, await store.changeCursor()]) {
      expect(await store.changesSince(cursor as ChangeCursor)).toBe('too-old');
    }
    await store.commit([{kind: 'mark-node', id: 'toc:year:2024' as PeriodId}], at(1), {sync: true});
    const cursor = await store.changeCursor();
    expect(await store.changesSince(cursor)).toEqual({sessionDays: [], nodes: [], cursor});
    await store.commit([{kind: 'unmark-node', id: 'toc:year:2024' as PeriodId}], at(1), {sync: true});
    expect(await store.changesSince(cursor)).toMatchObject({nodes: ['toc:year:2024']});
    expect(await store.changesSince('0.' as ChangeCursor)).toBe('too-old');
  });
});

test('rolls up what an older mem left marked', async () => {
  await using rig = new HomeRig();
  await olderStore(rig.home);
  const outcomes = await rig.rollUp();
  expect(outcomes.filter(({kind}) => kind === 'made').length).toBeGreaterThanOrEqual(2);
  expect((await rig.rollUp()).filter(({kind}) => kind === 'made')).toEqual([]);
});
