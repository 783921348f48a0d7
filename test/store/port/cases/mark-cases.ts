import {expect} from 'vitest';
import type {SessionKey} from '../../../../src/domain/event/event.js';
import type {LocalDate} from '../../../../src/domain/toc/node-id.js';
import type {Store, StoreGate} from '../../../../src/store/port/store.js';
import {anEvent, at} from '../../leveldb/store-rig.js';
import type {MakeStore, StoreCase} from '../make-store.js';
import {drain, eventsNamed, KEY, PATIENCE_MS} from './case-rig.js';

/* What tells a writer that others wrote meanwhile. */

const markOf = async (gate: StoreGate, date: LocalDate, sessionKey: SessionKey) =>
  (await gate.use(PATIENCE_MS, (store) => store.sessionDayMarksOf([{date, sessionKey}])))[0];

async function tokens(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const [date, id] = ['2024-01-15' as LocalDate, 'toc:day:2024-01-15' as const];
  const seen = new Set<string>();
  for (let n = 0; n < 10; n++) {
    const gate = place.gate();
    await gate.use(PATIENCE_MS, (store) =>
      store.commit(
        [
          {kind: 'mark-session-day', date, sessionKey: KEY},
          {kind: 'mark-node', id: id as never},
        ],
        at(1),
        {sync: n % 2 === 0},
      ),
    );
    const [node] = await gate.use(PATIENCE_MS, (store) => store.nodeMarksOf([id as never]));
    const day = await markOf(place.gate(), date, KEY);
    expect(day?.token).toBe((await markOf(gate, date, KEY))?.token);
    expect(seen.has(`day ${day?.token}`)).toBe(false);
    expect(seen.has(`node ${node?.token}`)).toBe(false);
    seen.add(`day ${day?.token}`).add(`node ${node?.token}`);
    // Removed in between: a counter that is kept with the mark would begin again.
    if (n % 3 === 0) {
      await gate.use(PATIENCE_MS, (store) =>
        store.commit(
          [
            {kind: 'unmark-session-day', date, sessionKey: KEY},
            {kind: 'unmark-node', id: id as never},
          ],
          at(1),
          {sync: false},
        ),
      );
      expect(await markOf(gate, date, KEY)).toBeUndefined();
    }
  }
}

async function staleExpectation(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const [mine, other] = [place.gate(), place.gate()];
  const [event] = eventsNamed(0, 1);
  if (event === undefined) throw new Error('no event');
  await drain(mine, [event]);
  const [mark] = await mine.use(PATIENCE_MS, (store) => store.sessionDayMarks({}));
  if (mark === undefined) throw new Error('a drain marks');
  const unmark = {kind: 'unmark-session-day', date: mark.date, sessionKey: mark.sessionKey} as const;
  const noted = {kind: 'job-state', job: 'rollup', state: {noted: true}} as const;
  const finish = () =>
    mine.use(PATIENCE_MS, (store) => store.commit([unmark, noted], at(2), {sync: true, expect: {sessionDayMarks: [mark]}}));
  await drain(other, eventsNamed(1, 1));
  expect(await finish()).toEqual({kind: 'stale', stale: {sessionDayMarks: [mark], nodeMarks: []}});
  await mine.use(PATIENCE_MS, async (store) => {
    expect(await store.jobStates(['rollup'])).toEqual([undefined]);
    expect(await store.sessionDayMarks({})).toHaveLength(1);
    const [now] = await store.sessionDayMarks({});
    if (now === undefined) throw new Error('it keeps its mark');
    const expected = {sessionDayMarks: [now]};
    expect(await store.commit([unmark, noted], at(3), {sync: true, expect: expected})).toEqual({kind: 'done'});
    // It is gone: what expects it comes too late.
    expect((await store.commit([unmark], at(4), {sync: true, expect: expected})).kind).toBe('stale');
    expect(await store.jobStates(['rollup'])).toEqual([{noted: true}]);
  });
}

async function nothingSince(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const gate = place.gate();
  const cursor = await gate.use(PATIENCE_MS, (store) => store.changeCursor());
  await drain(place.gate(), eventsNamed(0, 1));
  const setZone = (unchangedSince: typeof cursor) =>
    gate.use(PATIENCE_MS, (store) => store.commit([{kind: 'time-zone', timeZone: 'UTC'}], at(2), {sync: true, expect: {unchangedSince}}));
  expect((await setZone(cursor)).kind).toBe('stale');
  expect(await gate.use(PATIENCE_MS, async (store) => store.header.timeZone)).not.toBe('UTC');
  const now = await gate.use(PATIENCE_MS, (store) => store.changeCursor());
  expect(await setZone(now)).toEqual({kind: 'done'});
  expect(await place.gate().use(PATIENCE_MS, async (store) => store.header.timeZone)).toBe('UTC');
}

async function feed(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const [reader, writer] = [place.gate(), place.gate()];
  const read = (cursor: Awaited<ReturnType<Store['changeCursor']>>) => reader.use(PATIENCE_MS, (store) => store.changesSince(cursor));
  let cursor = await reader.use(PATIENCE_MS, (store) => store.changeCursor());
  const seen = new Set<string>();
  const written = new Set<string>();
  let isTooOld = 0;
  // Reads at odd moments, among writers of all kinds: what was written by then has been told by then.
  for (let n = 0; n < 12; n++) {
    const events = [anEvent({time: at(1_700_000_000_000 + n * 86_400_000), text: `day ${n}`})];
    await drain(writer, events);
    const id = `toc:day:2024-02-${10 + n}`;
    await writer.use(PATIENCE_MS, (store) => store.commit([{kind: 'mark-node', id: id as never}], at(1), {sync: false}));
    written.add(id);
    if (n % 2 === 1) await writer.use(PATIENCE_MS, (store) => store.commit([{kind: 'unmark-node', id: id as never}], at(1), {sync: false}));
    for (const {date, sessionKey} of await writer.use(PATIENCE_MS, (store) => store.sessionDays({}))) written.add(date + sessionKey);
    if (n % 3 !== 2) continue;
    const changes = await read(cursor);
    if (changes === 'too-old') {
      isTooOld++;
      cursor = await reader.use(PATIENCE_MS, (store) => store.changeCursor());
      for (const name of written) seen.add(name);
      continue;
    }
    for (const {date, sessionKey} of changes.sessionDays) seen.add(date + sessionKey);
    for (const node of changes.nodes) seen.add(node);
    cursor = changes.cursor;
    expect([...seen].sort()).toEqual([...written].sort());
  }
  // A store that does not know answers `too-old` each time, not now and then.
  expect([0, 4]).toContain(isTooOld);
  const quiet = await read(cursor);
  if (quiet !== 'too-old') expect(quiet).toEqual({sessionDays: [], nodes: [], cursor});
  expect(await read('of another store' as typeof cursor)).toBe('too-old');
}

async function stamps(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const watching = place.gate();
  const before = await watching.changeStamp();
  expect(before).not.toBe('');
  await drain(place.gate(), eventsNamed(0, 1));
  expect(await watching.changeStamp()).not.toBe(before);
}

export const MARK_CASES: readonly StoreCase[] = [
  {name: 'never gives a mark a token that it had', run: tokens},
  {name: 'changes nothing by a commit that expects a mark that was set again or removed, and says which', run: staleExpectation},
  {name: 'changes nothing by a commit that expects no other commit since', run: nothingSince},
  {name: 'tells what changed since a cursor, and misses nothing', run: feed},
  {name: 'has another stamp after a change', run: stamps},
];
