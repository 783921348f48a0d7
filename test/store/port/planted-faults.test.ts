import {expect, test} from 'vitest';
import {addSpending, grantWithin, NOTHING_SPENT, type Spending} from '../../../src/domain/rollup/budget.js';
import type {Change, SessionDay, Store, StoreGate} from '../../../src/store/port/store.js';
import {at} from '../leveldb/store-rig.js';
import {makeMemoryStore} from '../memory/make-memory-store.js';
import type {MakeStore} from './make-store.js';
import {SHARED_CASES} from './shared-cases.js';
import {withMembers, wrappedGate} from './wrapped-gate.js';

/** Stores in memory, each opening of which is shown through `wrap`. */
function faulty(wrap: (store: Store) => Store): MakeStore {
  return async () => {
    const place = await makeMemoryStore();
    return {
      gate: (): StoreGate => wrappedGate(place.gate(), wrap),
      killWriter: (batches, enough) => place.killWriter(batches, enough),
      [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
    };
  };
}

/** The names of the shared cases that such stores do not pass. */
async function failedBy(makeStore: MakeStore): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const {name, run} of SHARED_CASES) await run(makeStore).catch(() => failed.push(name));
  return failed;
}

/** Reads a session-day, adds to it outside of the store, and writes the sum. */
const writesTotals = (store: Store): Store =>
  withMembers(store, {
    commit: async (changes, at, options) => {
      const all: Change[] = [];
      for (const change of changes) {
        if (change.kind !== 'session-day-add') {
          all.push(change);
          continue;
        }
        const {sessionDay} = change;
        const [known] = await store.sessionDaysOf([sessionDay]);
        const {date, sessionKey} = sessionDay;
        all.push({kind: 'no-session-day', date, sessionKey}, {kind: 'session-day-add', sessionDay: sumOf(known, sessionDay)});
      }
      return store.commit(all, at, options);
    },
  });

function sumOf(known: SessionDay | undefined, added: SessionDay): SessionDay {
  if (known === undefined) return added;
  const first = at(Math.min(known.first, added.first));
  return {...known, first, last: at(Math.max(known.last, added.last)), count: known.count + added.count};
}

/** Counts a mark's tokens up, and begins again where the mark was removed. */
function countsTokens(): (store: Store) => Store {
  const counts = new Map<string, number>();
  const tokenOf = (key: string): string => String(counts.get(key) ?? 0);
  return (store) =>
    withMembers(store, {
      commit: (changes, at, options) => {
        for (const change of changes) {
          if (change.kind === 'mark-session-day') counts.set(change.sessionKey, (counts.get(change.sessionKey) ?? 0) + 1);
          else if (change.kind === 'unmark-session-day') counts.delete(change.sessionKey);
        }
        return store.commit(changes, at, options);
      },
      sessionDayMarksOf: async (wanted) =>
        (await store.sessionDayMarksOf(wanted)).map((mark) => mark && {...mark, token: tokenOf(mark.sessionKey)}),
    });
}

/** Reads what was spent, decides, and writes what it gave. */
const readsBeforeItReserves = (store: Store): Store =>
  withMembers(store, {
    reserve: async (date, {asked, limits, run, settled}, at) => {
      const before = (await store.spentOn(date)) ?? NOTHING_SPENT;
      const day = settled.reduce((sum, {added}) => addSpending(sum, added), before);
      const granted = grantWithin(limits, run, day, asked);
      const booked: readonly {date: typeof date; added: Spending}[] = asked.filter((_, n) => granted[n]).map((added) => ({date, added}));
      await store.commit(
        [...settled, ...booked].map((part): Change => ({kind: 'spend', ...part})),
        at,
        {sync: true},
      );
      return granted;
    },
  });

test('the cases pass where no fault is planted', async () => {
  expect(await failedBy(faulty((store) => store))).toEqual([]);
});

test.each([
  ['a total in the place of what is added', writesTotals, 'adds what many add at once, and loses none of it'],
  ['a token that comes again', countsTokens(), 'never gives a mark a token that it had'],
  ['a reservation that is read before it is written', readsBeforeItReserves, 'gives the last of a budget to one of those who race for it'],
])('finds %s', async (_, wrap, found) => {
  expect(await failedBy(faulty(wrap))).toEqual([found]);
});
