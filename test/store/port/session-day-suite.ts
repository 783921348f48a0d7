import {expect, test} from 'vitest';
import type {SessionKey} from '../../../src/domain/event/event.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';
import type {Store} from '../../../src/store/port/store.js';
import {at} from '../leveldb/store-rig.js';
import {type MakeStore, withStore as withStoreOf} from './make-store.js';

const date = (text: string): LocalDate => text as LocalDate;
const session = (digit: string): SessionKey => digit.repeat(16) as SessionKey;

/** What becomes of a session-day in one commit and over several. */
export function testSessionDays(makeStore: MakeStore): void {
  const withStore = (work: (store: Store) => Promise<void>): Promise<void> => withStoreOf(makeStore, work);

  test('replaces a session-day by removing it and adding to it in one commit', async () => {
    const sessionDay = {
      date: date('2024-01-01'),
      sessionKey: session('A'),
      agent: 'a',
      sessionId: 's',
      first: at(5),
      last: at(6),
      count: 2,
    };
    await withStore(async (store) => {
      await store.commit([{kind: 'session-day-add', sessionDay}], at(1), {sync: false});
      await store.commit([{kind: 'session-day-add', sessionDay: {...sessionDay, agent: 'b', last: at(9)}}], at(2), {sync: false});
      expect(await store.sessionDays({})).toEqual([{...sessionDay, last: 9, count: 4}]);
      const {date: of, sessionKey} = sessionDay;
      const added = {...sessionDay, first: at(7), last: at(8)};
      await store.commit(
        [
          {kind: 'no-session-day', date: of, sessionKey},
          {kind: 'session-day-add', sessionDay: added},
          {kind: 'session-day-add', sessionDay: added},
        ],
        at(3),
        {sync: false},
      );
      expect(await store.sessionDays({})).toEqual([{...added, count: 4}]);
    });
  });

  test('keeps what was counted of a session-day until events are added to it', async () => {
    const {date: of, sessionKey} = {date: date('2024-01-01'), sessionKey: session('A')};
    const sessionDay = {date: of, sessionKey, agent: 'a', sessionId: 's', first: at(5), last: at(6), count: 2};
    const activity = {events: 1, hours: [[9, 1] as const], projects: [['', 1] as const]};
    await withStore(async (store) => {
      await store.commit([{kind: 'session-day-add', sessionDay}], at(1), {sync: false});
      await store.commit(
        [
          {kind: 'session-day-activity', date: of, sessionKey, activity},
          {kind: 'session-day-activity', date: of, sessionKey: session('B'), activity},
        ],
        at(2),
        {sync: false},
      );
      expect(await store.sessionDays({})).toEqual([{...sessionDay, activity}]);
      await store.commit([{kind: 'session-day-add', sessionDay}], at(3), {sync: false});
      expect(await store.sessionDays({})).toEqual([{...sessionDay, count: 4}]);
    });
  });
}
