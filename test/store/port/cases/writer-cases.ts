import {expect} from 'vitest';
import type {AgentEvent} from '../../../../src/domain/event/event.js';
import type {LocalDate} from '../../../../src/domain/toc/node-id.js';
import type {StoreGate} from '../../../../src/store/port/store.js';
import {at, inFile} from '../../leveldb/store-rig.js';
import type {MakeStore, StoreCase} from '../make-store.js';
import {drain, eventsNamed, expectWhole, KEY, PATIENCE_MS, textsIn} from './case-rig.js';

/* Many write at once, or one of them dies. */

async function twoWriters(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const events = eventsNamed(0, 60);
  // Each has half of the other's: which of them stores an event is open, that one of them does is not.
  const first = eventsNamed(0, 40);
  const second = eventsNamed(20, 40);
  const write = async (gate: StoreGate, own: readonly AgentEvent[]) => {
    let [stored, duplicates] = [0, 0];
    for (let from = 0; from < own.length; from += 8) {
      const [outcome] = await drain(gate, own.slice(from, from + 8));
      stored += outcome?.stored ?? 0;
      duplicates += outcome?.duplicates ?? 0;
    }
    return {stored, duplicates};
  };
  const outcomes = await Promise.all([write(place.gate(), first), write(place.gate(), second)]);
  expect(outcomes.reduce((sum, {stored}) => sum + stored, 0)).toBe(60);
  expect(outcomes.reduce((sum, {duplicates}) => sum + duplicates, 0)).toBe(20);
  await expectWhole(place.gate(), events);
  await place.gate().use(PATIENCE_MS, async (store) => expect((await store.counters()).duplicates).toBe(20));
}

async function addsAtOnce(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const [date] = ['2024-01-15' as LocalDate];
  const add = (time: number) => ({
    kind: 'session-day-add' as const,
    sessionDay: {date, sessionKey: KEY, agent: 'claude-code', sessionId: 'session-1', first: at(time), last: at(time), count: 1},
  });
  const commit = (gate: StoreGate, time: number) =>
    gate.use(PATIENCE_MS, (store) =>
      store.commit([add(time), {kind: 'count', events: 1, duplicates: 2, lastIngestAt: at(time)}], at(time + 100), {sync: false}),
    );
  await Promise.all(Array.from({length: 12}, (_, n) => commit(place.gate(), 100 + ((n * 5) % 12))));
  await place.gate().use(PATIENCE_MS, async (store) => {
    expect(await store.sessionDaysOf([{date, sessionKey: KEY}])).toMatchObject([{first: 100, last: 111, count: 12}]);
    expect(await store.counters()).toEqual({events: 12, duplicates: 24, lastIngestAt: 111});
  });
}

async function killedWriter(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const batches = Array.from({length: 40}, (_, n) => eventsNamed(n * 5, 5));
  const acknowledged = await place.killWriter(batches, 3);
  expect(acknowledged).toBeGreaterThanOrEqual(3);
  const gate = place.gate();
  await gate.use(PATIENCE_MS, async (store) => {
    const there = new Set(await textsIn(store));
    for (const {text} of batches.slice(0, acknowledged).flat()) expect(there.has(text), `${text} was acknowledged`).toBe(true);
    // A batch that was under way is there as a whole or not at all.
    for (const batch of batches) expect([0, 5]).toContain(batch.filter(({text}) => there.has(text)).length);
  });
  for (const batch of batches) await drain(gate, batch);
  await expectWhole(gate, batches.flat());
}

async function replay(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const events = eventsNamed(0, 10);
  const gate = place.gate();
  expect(await drain(gate, events)).toEqual([{stored: 10, duplicates: 0, conflicts: []}]);
  const before = await gate.use(PATIENCE_MS, (store) => store.sessionDays({}));
  expect(await drain(place.gate(), events)).toEqual([{stored: 0, duplicates: 10, conflicts: []}]);
  expect(await drain(gate, [...events.slice(5), ...events.slice(5)])).toEqual([{stored: 0, duplicates: 10, conflicts: []}]);
  await expectWhole(gate, events);
  await gate.use(PATIENCE_MS, async (store) => {
    expect(await store.sessionDays({})).toEqual(before);
    expect(await store.counters()).toMatchObject({events: 10, duplicates: 20});
  });
}

async function jobUpdates(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const count = (state: unknown) => ({n: ((state as {n: number} | undefined)?.n ?? 0) + 1});
  const updates = new Map([
    ['a', count],
    ['b', count],
  ]);
  await Promise.all(
    Array.from({length: 10}, () => place.gate().use(PATIENCE_MS, (store) => store.updateJobStates(updates, at(1), {sync: false}))),
  );
  await place.gate().use(PATIENCE_MS, async (store) => {
    expect(await store.jobStates(['a', 'never', 'b'])).toEqual([{n: 10}, undefined, {n: 10}]);
    const before = store.work.keysWritten;
    await store.updateJobStates(new Map([['a', (state: unknown) => state]]), at(2), {sync: true});
    expect(store.work.keysWritten).toBe(before);
  });
}

async function turnsOfTwo(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const write = (gate: StoreGate, from: number) =>
    gate.inTurns(PATIENCE_MS, async function* (current) {
      for (let n = 0; n < 5; n++) {
        await current().drain([inFile(eventsNamed(from + n, 1))], at(1));
        yield;
      }
      return from;
    });
  expect(await Promise.all([write(place.gate(), 0), write(place.gate(), 5)])).toEqual([0, 5]);
  await expectWhole(place.gate(), eventsNamed(0, 10));
}

export const WRITER_CASES: readonly StoreCase[] = [
  {name: 'lets two writers drain at once what they share, and counts each event once', run: twoWriters},
  {name: 'adds what many add at once, and loses none of it', run: addsAtOnce},
  {name: 'holds what a killed writer was told is stored, whole batches only, and takes the rest again', run: killedWriter},
  {name: 'changes nothing but the number of duplicates when a batch is drained again', run: replay},
  {name: 'loses no change of a job state when many change it at once', run: jobUpdates},
  {name: 'lets two long pieces of work take turns', run: turnsOfTwo},
];
