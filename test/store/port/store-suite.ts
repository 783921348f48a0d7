import {describe, expect, test} from 'vitest';
import type {EpochMs, EventId, SessionKey} from '../../../src/domain/event/event.js';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import type {LocalDate, NodeId} from '../../../src/domain/toc/node-id.js';
import type {EventPage, SessionDay, Store, StoreGate} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, anEvent, aSourceEvent, at, aUlidEvent, headOf, stored, temporaryHome} from '../leveldb/store-rig.js';
import {testMoney} from './money-suite.js';

const date = (text: string): LocalDate => text as LocalDate;
const session = (digit: string): SessionKey => digit.repeat(16) as SessionKey;
const node = (text: string): NodeId => text as NodeId;
const ALL = [at(0), at(8_640_000_000_000_000)] as const;

/** What a store must do, whatever lies below it. */
export function testStore(backend: string, openGate: (home: string) => StoreGate): void {
  async function withGate(work: (gate: StoreGate) => Promise<void>): Promise<void> {
    using home = temporaryHome();
    const gate = openGate(home.path);
    await gate.create(A_HEADER);
    await work(gate);
  }
  const withStore = (work: (store: Store) => Promise<void>): Promise<void> => withGate((gate) => gate.use(0, work));

  describe(`a store on ${backend}`, () => {
    test('keeps what it was created with', async () => {
      await withStore(async (store) => {
        expect(store.header).toEqual({...A_HEADER, storeId: expect.stringMatching(/^.{20,}$/), formatVersion: 1});
        expect(store.counters).toEqual({events: 0, duplicates: 0, holes: 0, lastCommit: 0, lastIngestAt: 0});
        expect(await store.dateSpan()).toBeUndefined();
        expect(await store.commitRecords()).toEqual({first: 0, last: 0, count: 0, records: []});
      });
    });

    test('gives an event back as it was, by id and by time', async () => {
      const event = anEvent({text: 'Grüße, 世界 \u{1f980}', metadata: {speaker: 'Ann'}});
      await withStore(async (store) => {
        await store.commit([stored(event)], at(5), {sync: true});
        expect(await store.event(event.id)).toEqual(event);
        const page = await store.events(...ALL);
        expect(page.events.map(({record}) => decodeEvent(record))).toEqual([event]);
        expect(page.next).toBeUndefined();
      });
    });

    test('finds an event by a ULID that was made at another time than the event', async () => {
      const {event, ...rest} = aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_600_000_000_000)});
      await withStore(async (store) => {
        await store.commit([stored({event, ...rest})], at(5), {sync: false});
        expect(await store.event(event.id)).toEqual(event);
        expect(await store.eventTimes([event.id, anEvent().id])).toEqual([1_600_000_000_000, 1_700_000_000_000]);
        expect((await store.events(at(1_600_000_000_000), at(1_600_000_000_001))).events).toHaveLength(1);
      });
    });

    test('finds the same event however its second delivery looks', async () => {
      const derived = anEvent();
      const ulid = aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_600_000_000_000)});
      const ulidAtOwnTime = aUlidEvent('01HF7YAT01ABCDEFGHJKMNPQRS', {time: at(1_700_000_000_001)});
      const source = aSourceEvent('source-1', {time: at(1_650_000_000_000)});
      await withStore(async (store) => {
        await store.commit([derived, ulid, ulidAtOwnTime, source].map(stored), at(5), {sync: false});
        const again = [
          derived,
          ulid,
          aUlidEvent(ulid.event.id, {time: at(1_500_000_000_000), text: 'other'}),
          ulidAtOwnTime,
          aUlidEvent(ulidAtOwnTime.event.id, {time: at(1)}),
          aSourceEvent('source-1', {time: at(1_690_000_000_000)}),
          aSourceEvent('source-1', {time: at(1_690_000_000_000), text: 'another text'}),
          aSourceEvent('source-2', {time: at(1_650_000_000_000)}),
          anEvent({text: 'new'}),
        ].map(headOf);
        const ids = (await store.findSame(again)).map((same) => (same === undefined || same === 'forgotten' ? same : same.head.id));
        const [d, u, o, s] = [derived.id, ulid.event.id, ulidAtOwnTime.event.id, source.event.id];
        expect(ids).toEqual([d, u, u, o, o, s, undefined, undefined, undefined]);
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
        const commit = await store.commit(
          days.flatMap((sessionDay) => [
            {kind: 'session-day', sessionDay},
            {kind: 'mark-session-day', date: sessionDay.date, sessionKey: sessionDay.sessionKey},
          ]),
          at(5),
          {sync: false},
        );
        expect(await store.sessionDays({})).toEqual([days[2], days[1], days[0], days[3]]);
        expect(await store.sessionDays({from: date('2024-01-02'), to: date('2024-02-01')})).toEqual([days[0]]);
        expect((await store.sessionDaysOf([{date: date('2024-01-01'), sessionKey: session('B')}]))[0]).toEqual(days[1]);
        expect(await store.dateSpan()).toEqual({first: '2024-01-01', last: '2024-02-01'});
        const newest = await store.sessionDayMarks({}, {limit: 2, newestFirst: true});
        expect(newest).toEqual([
          {date: '2024-02-01', sessionKey: session('A'), commit},
          {date: '2024-01-02', sessionKey: session('B'), commit},
        ]);
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
          commit: commit + 1,
        });
        expect(await store.sessionDayMarks({to: date('2024-01-02')})).toHaveLength(2);
      });
    });

    test('appends versions of nodes, points to the latest and refuses one that does not follow', async () => {
      const day = node('toc:day:2024-01-15');
      const segment = node(`toc:segment:2024-01-15:${'0'.repeat(26)}`);
      await withStore(async (store) => {
        await store.commit(
          [
            {kind: 'node', node: aNode(day, 1)},
            {kind: 'node', node: aNode(segment, 1)},
          ],
          at(5),
          {sync: false},
        );
        await store.commit([{kind: 'node', node: aNode(day, 2, {status: 'retracted', replacedBy: [segment]})}], at(6), {sync: false});
        expect((await store.versions(day)).map(({version}) => version)).toEqual([1, 2]);
        expect(await store.nodes([segment, node('toc:year:2024'), day])).toEqual([
          aNode(segment, 1),
          undefined,
          aNode(day, 2, {status: 'retracted', replacedBy: [segment]}),
        ]);
        const [pointer] = await store.pointers('day', {});
        expect(pointer).toMatchObject({id: day, version: 2, status: 'retracted', replacedBy: [segment]});
        expect((await store.pointersOf([segment]))[0]?.sessionKey).toBe(aNode(segment, 1).segment?.sessionKey);
        await store.commit([{kind: 'no-node-version', id: day, version: 1}], at(7), {sync: false});
        expect((await store.versions(day)).map(({version}) => version)).toEqual([2]);
        await expect(store.commit([{kind: 'node', node: aNode(day, 2)}], at(8), {sync: false})).rejects.toThrow('does not follow 2');
      });
    });

    test('lists marks and pointers of one TOC level by period', async () => {
      const ids = ['toc:month:2023:12', 'toc:month:2024:01', 'toc:month:2024:02', 'toc:year:2024', 'toc:week:2024:W03'].map(node);
      await withStore(async (store) => {
        const commit = await store.commit(
          ids.flatMap((id) => [
            {kind: 'mark-node', id},
            {kind: 'node', node: aNode(id, 1)},
          ]),
          at(5),
          {sync: false},
        );
        expect(await store.nodeMarks('month')).toEqual(ids.slice(0, 3).map((id) => ({id, commit})));
        expect(await store.nodeMarks('month', {from: '2024:01', to: '2024:02'})).toEqual([{id: ids[1], commit}]);
        expect((await store.pointers('month', {from: '2024:01'}, 1)).map(({id}) => id)).toEqual([ids[1]]);
        expect((await store.pointers('week', {})).map(({id}) => id)).toEqual(['toc:week:2024:W03']);
        await store.commit([{kind: 'unmark-node', id: node('toc:year:2024')}], at(6), {sync: false});
        expect((await store.nodeMarksOf([node('toc:year:2024')]))[0]).toBeUndefined();
        expect((await store.nodeMarksOf([node('toc:week:2024:W03')]))[0]).toEqual({id: 'toc:week:2024:W03', commit});
      });
    });

    test('numbers and records its commits, and keeps counters, header and job state over a reopening', async () => {
      await withGate(async (gate) => {
        const header = await gate.use(0, async (store) => {
          await store.commit([{kind: 'counters', counters: {events: 2, lastIngestAt: at(9)}}], at(5), {sync: true});
          await store.commit([{kind: 'counters', counters: {duplicates: 1}}], at(6), {sync: false});
          await store.commit([{kind: 'job-state', job: 'rollup-day', state: {paused: true}}], at(7), {sync: true});
          await store.commit([{kind: 'no-commit-record', commit: 1}], at(8), {sync: true});
          await store.commit([{kind: 'header', header: {...store.header, timeZone: 'UTC'}}], at(9), {sync: true});
          return store.header;
        });
        await gate.use(0, async (store) => {
          expect(store.counters).toEqual({events: 2, duplicates: 1, holes: 0, lastCommit: 5, lastIngestAt: 9});
          expect(store.header).toEqual({...header, timeZone: 'UTC'});
          expect(await store.jobState('rollup-day')).toEqual({paused: true});
          expect(await store.jobState('rollup-week')).toBeUndefined();
          const records = [6, 7, 8, 9].map((time, n) => ({commit: n + 2, at: time}));
          expect(await store.commitRecords()).toEqual({first: 2, last: 5, count: 4, records});
        });
      });
    });

    testMoney(withGate);

    test('holds all it held after it was compacted step by step', async () => {
      const events = Array.from({length: 500}, (_, n) => anEvent({time: at(1000 + n)}));
      await withStore(async (store) => {
        for (const event of events) await store.commit([stored(event)], at(5), {sync: false});
        for (const step of await store.compactionSteps()) await store.compact(step);
        await store.settle();
        expect((await store.events(...ALL)).events.map(({head}) => head.id)).toEqual(events.map(({id}): EventId => id));
        expect(store.counters.lastCommit).toBe(500);
      });
    });
  });
}
