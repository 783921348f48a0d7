import {expect, test} from 'vitest';
import type {Store} from '../../../src/store/port/store.js';
import {anEvent, aSourceEvent, at, aUlidEvent, inFile, stored} from '../leveldb/store-rig.js';
import {type MakeStore, withStore as withStoreOf} from './make-store.js';

const ALL = [at(0), at(8_640_000_000_000_000)] as const;

/** What becomes of events that are drained. */
export function testDrain(makeStore: MakeStore): void {
  const withStore = (work: (store: Store) => Promise<void>): Promise<void> => withStoreOf(makeStore, work);

  test('finds the same event however its second delivery looks', async () => {
    const derived = anEvent();
    const ulid = aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_600_000_000_000)});
    const ulidAtOwnTime = aUlidEvent('01HF7YAT01ABCDEFGHJKMNPQRS', {time: at(1_700_000_000_001)});
    const source = aSourceEvent('source-1', {time: at(1_650_000_000_000)});
    await withStore(async (store) => {
      await store.commit([derived, ulid, ulidAtOwnTime, source].map(stored), at(5), {sync: false});
      const drained = async (...events: Parameters<typeof inFile>[0]) => (await store.drain([inFile(events)], at(6)))[0];
      const known = {stored: 0, duplicates: 1, conflicts: []};
      expect(await drained(derived)).toEqual(known);
      expect(await drained(ulid)).toEqual(known);
      expect(await drained(ulidAtOwnTime)).toEqual(known);
      expect(await drained(aSourceEvent('source-1', {time: at(1_690_000_000_000)}))).toEqual(known);
      // A ULID names an event: with another content it is no second delivery.
      const conflict = {stored: 0, duplicates: 0, conflicts: [0]};
      expect(await drained(aUlidEvent(ulid.event.id, {time: at(1_500_000_000_000), text: 'other'}))).toEqual(conflict);
      const fresh = [
        aSourceEvent('source-1', {time: at(1_690_000_000_000), text: 'another text'}),
        aSourceEvent('source-2', {time: at(1_650_000_000_000)}),
        anEvent({text: 'new'}),
      ];
      expect(await drained(...fresh, ...fresh)).toEqual({stored: 3, duplicates: 3, conflicts: []});
      expect((await store.events(...ALL)).events).toHaveLength(7);
    });
  });

  test('tells file by file what became of the events of a batch', async () => {
    const ulid = (text: string) => aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_700_000_000_000), text});
    const [one, two] = [anEvent({text: 'one'}), anEvent({text: 'two', time: at(1_700_000_500_000)})];
    await withStore(async (store) => {
      const files = [inFile([one, ulid('first')], at(40)), inFile([ulid('second'), two, one], at(900)), inFile([ulid('third')], at(50))];
      expect(await store.drain(files, at(500))).toEqual([
        {stored: 2, duplicates: 0, conflicts: []},
        {stored: 1, duplicates: 1, conflicts: [0]},
        {stored: 0, duplicates: 0, conflicts: [0]},
      ]);
      // Not later than the drain, though a clock was ahead.
      expect(await store.counters()).toEqual({events: 3, duplicates: 1, lastIngestAt: 500});
      expect(await store.sessionDays({})).toMatchObject([
        {date: '2023-11-14', agent: 'claude-code', sessionId: 'session-1', first: 1_700_000_000_000, last: 1_700_000_500_000, count: 3},
      ]);
      expect(await store.markedDates()).toEqual(['2023-11-14']);
    });
  });

  test('sorts what it drains into the days of its zone', async () => {
    const late = Date.parse('2024-01-15T23:30:00Z');
    await withStore(async (store) => {
      await store.drain([inFile([anEvent({time: at(late)})])], at(6));
      await store.commit([{kind: 'time-zone', timeZone: 'UTC'}], at(7), {sync: false});
      await store.drain([inFile([anEvent({time: at(late), text: 'after the change'})])], at(8));
      expect((await store.sessionDays({})).map(({date: day, count}) => [day, count])).toEqual([
        ['2024-01-15', 1],
        ['2024-01-16', 1],
      ]);
    });
  });
}
