import {describe, expect, test} from 'vitest';
import type {EpochMs, SessionKey} from '../../../src/domain/event/event.js';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import {sessionKeyOf} from '../../../src/domain/event/identity/event-id.js';
import type {LocalDate, PeriodId, SegmentId} from '../../../src/domain/toc/node-id.js';
import type {Change, EventPage, SessionDay, Store} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, anEvent, at, aUlidEvent, stored} from '../leveldb/store-rig.js';
import {testDrain} from './drain-suite.js';
import {testForgetting} from './forget-suite.js';
import {type MakeStore, withGate, withStore as withStoreOf} from './make-store.js';
import {testMoney} from './money-suite.js';
import {testSessionDays} from './session-day-suite.js';
import {SHARED_CASES} from './shared-cases.js';

const date = (text: string): LocalDate => text as LocalDate;
const session = (digit: string): SessionKey => digit.repeat(16) as SessionKey;
const node = (text: string): PeriodId => text as PeriodId;
const ALL = [at(0), at(8_640_000_000_000_000)] as const;

/** What a store must do, whatever lies below it. @param makeStore makes an empty one with `A_HEADER` */
export function testStore(backend: string, makeStore: MakeStore): void {
  const withStore = (work: (store: Store) => Promise<void>): Promise<void> => withStoreOf(makeStore, work);

  describe(`a store on ${backend}`, () => {
    test('keeps what it was created with', async () => {
      await withStore(async (store) => {
        expect(store.header).toEqual({...A_HEADER, storeId: expect.stringMatching(/^.{20,}$/), formatVersion: 3, holdsFormerIds: false});
        expect(await store.counters()).toEqual({events: 0, duplicates: 0, lastIngestAt: 0});
        expect(await store.dateSpan()).toBeUndefined();
      });
    });

    test('gives an event back as it was, by id and by time', async () => {
      const event = anEvent({text: 'Grüße, 世界 \u{1f980}', metadata: {speaker: 'Ann'}});
      await withStore(async (store) => {
        await store.commit([stored(event)], at(5), {sync: true});
        expect(await store.eventsOf([event.id])).toEqual([event]);
        const page = await store.events(...ALL);
        expect(page.events.map(({record}) => decodeEvent(record))).toEqual([event]);
        expect(page.next).toBeUndefined();
      });
    });

    test('finds an event by a ULID that was made at another time than the event', async () => {
      const {event, ...rest} = aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_600_000_000_000)});
      await withStore(async (store) => {
        await store.commit([stored({event, ...rest})], at(5), {sync: false});
        expect(await store.eventsOf([event.id])).toEqual([event]);
        expect(await store.eventTimes([event.id, anEvent().id])).toEqual([1_600_000_000_000, 1_700_000_000_000]);
        expect((await store.events(at(1_600_000_000_000), at(1_600_000_000_001))).events).toHaveLength(1);
      });
    });

    test('orders events of one millisecond by seq, type and id, and never parts them', async () => {
      const events = Array.from({length: 40}, (_, n) => anEvent({time: at(1000 + Math.floor(n / 10)), seq: (n * 7) % 10, text: `${n}`}));
      await withStore(async (store) => {
        await store.commit(events.map(stored), at(5), {sync: false});
        const seen: [number, number][] = [];
        const sizes: number[] = [];
        for (let from: EpochMs | undefined = at(0); from !== undefined; ) {
          const page: EventPage = await store.events(from, ALL[1], 12);
          seen.push(...page.events.map(({head}): [number, number] => [head.time, head.seq]));
          sizes.push(page.events.length);
          from = page.next;
        }
        expect(sizes).toEqual([10, 10, 10, 10]);
        expect(seen).toEqual(seen.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
        expect((await store.events(at(1001), at(1002), 3)).events).toHaveLength(10);
      });
    });

    test('ends a page at 4 MiB', async () => {
      const events = Array.from({length: 7}, (_, n) => anEvent({time: at(1000 + n), text: 'x'.repeat(1_000_000)}));
      await withStore(async (store) => {
        await store.commit(events.map(stored), at(5), {sync: false});
        const page = await store.events(...ALL);
        expect(page.events.length).toBe(4);
        expect(page.next).toBe(1004);
      });
    });

    test('keeps session-days and marks by date, and takes them away', async () => {
      const day = (text: string, key: string): SessionDay => ({
        date: date(text),
        sessionKey: session(key),
        agent: 'claude-code',
        sessionId: `session ${key}`,
        first: at(1),
        last: at(2),
        count: 3,
      });
      const days = [day('2024-01-02', 'B'), day('2024-01-01', 'B'), day('2024-01-01', 'A'), day('2024-02-01', 'A')];
      await withStore(async (store) => {
        await store.commit(
          days.flatMap((sessionDay) => [
            {kind: 'session-day-add', sessionDay},
            {kind: 'mark-session-day', date: sessionDay.date, sessionKey: sessionDay.sessionKey},
          ]),
          at(5),
          {sync: false},
        );
        expect(await store.sessionDays({})).toEqual([days[2], days[1], days[0], days[3]]);
        expect(await store.sessionDays({from: date('2024-01-02'), to: date('2024-02-01')})).toEqual([days[0]]);
        const names = (await store.sessionDayNames({to: date('2024-02-01')})).map((name) => [name.date, name.sessionKey]);
        expect(names).toEqual([days[2], days[1], days[0]].map((day) => [day?.date, day?.sessionKey]));
        expect((await store.sessionDaysOf([{date: date('2024-01-01'), sessionKey: session('B')}]))[0]).toEqual(days[1]);
        expect(await store.dateSpan()).toEqual({first: '2024-01-01', last: '2024-02-01'});
        const newest = await store.sessionDayMarks({}, {limit: 2, newestFirst: true});
        const token = newest[0]?.token;
        expect(newest).toEqual([
          {date: '2024-02-01', sessionKey: session('A'), token: expect.stringMatching(/./)},
          {date: '2024-01-02', sessionKey: session('B'), token: expect.stringMatching(/./)},
        ]);
        expect(await store.markedDates()).toHaveLength(3);
        await store.commit(
          [
            {kind: 'unmark-session-day', date: date('2024-02-01'), sessionKey: session('A')},
            {kind: 'mark-session-day', date: date('2024-01-02'), sessionKey: session('B')},
            {kind: 'no-session-day', date: date('2024-02-01'), sessionKey: session('A')},
          ],
          at(6),
          {sync: false},
        );
        expect((await store.sessionDaysOf([{date: date('2024-02-01'), sessionKey: session('A')}]))[0]).toBeUndefined();
        expect((await store.sessionDayMarksOf([{date: date('2024-02-01'), sessionKey: session('A')}]))[0]).toBeUndefined();
        expect((await store.sessionDayMarksOf([{date: date('2024-01-02'), sessionKey: session('B')}]))[0]).toEqual({
          date: '2024-01-02',
          sessionKey: session('B'),
          token: expect.not.stringMatching(`^${token}$`),
        });
        expect(await store.sessionDayMarks({to: date('2024-01-02')})).toHaveLength(2);
      });
    });

    test('appends versions of nodes, points to the latest and refuses one that does not follow', async () => {
      const day = node('toc:day:2024-01-15');
      const segment = `toc:segment:2024-01-15:${'0'.repeat(26)}` as SegmentId;
      const next = `toc:segment:2024-01-15:${'0'.repeat(25)}1` as SegmentId;
      await withStore(async (store) => {
        await store.commit(
          [
            {kind: 'node', node: aNode(day, 1)},
            {kind: 'node', node: aNode(segment, 1)},
          ],
          at(5),
          {sync: false},
        );
        const retracted = aNode(segment, 2, {status: 'retracted', replacedBy: [next]});
        await store.commit(
          [
            {kind: 'node', node: aNode(day, 2)},
            {kind: 'node', node: retracted},
          ],
          at(6),
          {sync: false},
        );
        expect((await store.versionsOf([day]))[0]?.map(({version}) => version)).toEqual([1, 2]);
        expect(await store.nodes([segment, node('toc:year:2024'), day])).toEqual([retracted, undefined, aNode(day, 2)]);
        expect((await store.pointers('day', {}))[0]).toMatchObject({id: day, version: 2, status: 'current'});
        const sessionKey = sessionKeyOf('a', 's');
        const pointer = {id: segment, version: 2, status: 'retracted', replacedBy: [next], sessionKey};
        expect(await store.pointers('segment', {})).toEqual([expect.objectContaining(pointer)]);
        await store.commit([{kind: 'no-node-version', id: day, version: 1}], at(7), {sync: false});
        expect((await store.versionsOf([day]))[0]?.map(({version}) => version)).toEqual([2]);
        await expect(store.commit([{kind: 'node', node: aNode(day, 2)}], at(8), {sync: false})).rejects.toThrow('does not follow 2');
      });
    });

    test('lists marks and pointers of one TOC level by period', async () => {
      const token = expect.stringMatching(/./);
      const ids = ['toc:month:2023:12', 'toc:month:2024:01', 'toc:month:2024:02', 'toc:year:2024', 'toc:week:2024:W03'].map(node);
      await withStore(async (store) => {
        await store.commit(
          ids.flatMap((id): Change[] => [
            {kind: 'mark-node', id},
            {kind: 'node', node: aNode(id, 1)},
          ]),
          at(5),
          {sync: false},
        );
        expect(await store.nodeMarks('month')).toEqual(ids.slice(0, 3).map((id) => ({id, token})));
        expect(await store.nodeMarks('month', {from: '2024:01', to: '2024:02'})).toEqual([{id: ids[1], token}]);
        expect((await store.pointers('month', {from: '2024:01'}, 1)).map(({id}) => id)).toEqual([ids[1]]);
        expect((await store.pointers('week', {})).map(({id}) => id)).toEqual(['toc:week:2024:W03']);
        await store.commit([{kind: 'unmark-node', id: node('toc:year:2024')}], at(6), {sync: false});
        expect((await store.nodeMarksOf([node('toc:year:2024')]))[0]).toBeUndefined();
        expect((await store.nodeMarksOf([node('toc:week:2024:W03')]))[0]).toEqual({id: 'toc:week:2024:W03', token});
      });
    });

    test('keeps counters, zone, rules and job states over a reopening', async () => {
      await withGate(makeStore, async (gate) => {
        const header = await gate.use(0, async (store) => {
          await store.commit([{kind: 'count', events: 2, duplicates: 0, lastIngestAt: at(9)}], at(5), {sync: true});
          await store.commit([{kind: 'count', events: 0, duplicates: 1, lastIngestAt: at(7)}], at(6), {sync: false});
          await store.commit([{kind: 'job-state', job: 'rollup-day', state: {paused: true}}], at(7), {sync: true});
          await store.commit([{kind: 'time-zone', timeZone: 'UTC'}], at(9), {sync: true});
          await store.commit([{kind: 'rules-version', rulesVersion: 7}], at(10), {sync: true});
          return store.header;
        });
        await gate.use(0, async (store) => {
          expect(await store.counters()).toEqual({events: 2, duplicates: 1, lastIngestAt: 9});
          expect(store.header).toEqual({...header, timeZone: 'UTC', rulesVersion: 7});
          expect(await store.jobStates(['rollup-day', 'rollup-week'])).toEqual([{paused: true}, undefined]);
        });
      });
    });

    testSessionDays(makeStore);
    testDrain(makeStore);
    testMoney(makeStore);
    testForgetting(makeStore);
    for (const {name, run} of SHARED_CASES) test(name, () => run(makeStore));
  });
}
