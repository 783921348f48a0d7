import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import type {NewEvent} from '../../../src/domain/event/event-record.js';
import {makeEventId} from '../../../src/domain/event/identity/event-id.js';
import {SealedBatch} from '../../../src/store/leveldb/commit/sealed-batch.js';
import {openDb} from '../../../src/store/leveldb/db.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {tombstoneKey} from '../../../src/store/leveldb/keys.js';
import type {EventPage, Store} from '../../../src/store/port/store.js';
import {A_HEADER, anEvent, aSourceEvent, at, aUlidEvent, derived, inFile, stored, temporaryHome} from './store-rig.js';

const BASE = 1_700_000_000_000;
const ulidOf = (n: number): string => makeEventId(at(BASE + n), 'ABCDEFGHJKMNPQRS');

/** A small world, so that things meet: 300 numbers, each an event of one of three kinds of identity, at one of a few times. */
const anyEvent = fc.tuple(fc.constantFrom('derived', 'ulid', 'source'), fc.nat(300), fc.nat(2)).map(([kind, n, shift]): NewEvent => {
  const time = at(BASE + n + shift * 100_000);
  if (kind === 'derived') return derived(anEvent({time, text: `event ${n}`}));
  return kind === 'ulid' ? aUlidEvent(ulidOf(n), {time}) : aSourceEvent(`source ${n}`, {time});
});

/** What makes two deliveries the same event. */
function sameness({event, identity, sourceAlias}: NewEvent): string {
  return identity === 'source-without-time' ? `source ${sourceAlias}` : `id ${event.id}`;
}

async function allIds(store: Store): Promise<EventId[]> {
  const ids: EventId[] = [];
  for (let from: EpochMs | undefined = at(0); from !== undefined; ) {
    const page: EventPage = await store.events(from, at(2 ** 48));
    ids.push(...page.events.map(({head}) => head.id));
    from = page.next;
  }
  return ids;
}

test('stores exactly what is new, in batches of any size and order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyEvent, {maxLength: 400, size: 'max'}), {maxLength: 5}),
      fc.boolean(),
      async (batches, inOrder) => {
        using home = temporaryHome();
        const gate = openStoreGate(home.path);
        await gate.create(A_HEADER);
        const known = new Map<string, string>();
        await gate.use(0, async (store) => {
          for (const batch of batches) {
            if (inOrder) batch.sort((a, b) => a.event.time - b.event.time);
            const fresh = new Map(batch.toReversed().map((event) => [sameness(event), event]));
            for (const key of known.keys()) fresh.delete(key);
            const [outcome] = await store.drain([inFile(batch)], at(1));
            expect(outcome?.stored).toBe(fresh.size);
            expect((outcome?.duplicates ?? 0) + (outcome?.conflicts.length ?? 0)).toBe(batch.length - fresh.size);
            for (const [key, {event}] of fresh) known.set(key, event.id);
            expect((await allIds(store)).sort()).toEqual([...known.values()].sort());
          }
        });
      },
    ),
    {numRuns: 12},
  );
});

test('reads nothing of the past for a batch that is later than all of it', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const events = (from: number) => Array.from({length: 500}, (_, n) => anEvent({time: at(from + n)}));
  await gate.use(0, async (store) => {
    await store.commit(events(1000).map(stored), at(1), {sync: false});
    const before = store.work.valuesRead;
    expect(await store.drain([inFile(events(5000))], at(1))).toEqual([{stored: 500, duplicates: 0, conflicts: []}]);
    // Their session-day alone.
    expect(store.work.valuesRead - before).toBeLessThanOrEqual(1);
  });
});

test('drops an event with a tombstone', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const [kept, gone, late] = [anEvent({text: 'kept'}), anEvent({text: 'gone'}), anEvent({text: 'late'})];
  await gate.use(0, (store) => store.commit([stored(kept)], at(1), {sync: false}));
  const db = await openDb(join(home.path, 'db'));
  await db.write((batch) => new SealedBatch(batch, {valuesRead: 0, keysWritten: 0}).put(tombstoneKey(gone.id), Buffer.from('{}')), {
    sync: false,
  });
  await db.close();
  await gate.use(0, async (store) => {
    const files = [[gone], [kept], [late], [kept, gone, late]].map((events) => inFile(events));
    const outcomes = await store.drain(files, at(2));
    expect(outcomes.map(({stored, duplicates}) => [stored, duplicates])).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [0, 3],
    ]);
    expect(await allIds(store)).toEqual([kept.id, late.id].sort());
  });
});

test('keeps the first of two ways to a ULID and never both', async () => {
  using home = temporaryHome();
  mkdirSync(join(home.path, 'inbox'));
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const elsewhere = aUlidEvent(ulidOf(7), {time: at(5)});
  await gate.use(0, async (store) => {
    await store.commit([stored(elsewhere)], at(1), {sync: false});
    await store.drain([inFile([aUlidEvent(ulidOf(7), {time: at(BASE + 7)})])], at(2));
    expect((await store.events(at(0), at(2 ** 48))).events.map(({head}) => head.time)).toEqual([5]);
  });
});
