import {expect, test} from 'vitest';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {encodeEvent, type NewEvent} from '../../../src/domain/event/event-record.js';
import {marksOf, type Tombstone} from '../../../src/domain/event/tombstone.js';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import type {Change, Store} from '../../../src/store/port/store.js';
import {aNode, anEvent, aSourceEvent, at, aUlidEvent, derived, inFile, stored} from '../leveldb/store-rig.js';
import {type MakeStore, markWords, withStore as withStoreOf} from './make-store.js';

const DAY = 'toc:day:2024-01-01' as PeriodId;
const WORDS = 'The password of the harbour gate is written on the buoy.';

function tombstoneOf({event, sourceAlias}: NewEvent): Tombstone {
  return {id: event.id, at: at(7), alias: sourceAlias, words: marksOf(event, markWords)};
}

function forgetting(from: AgentEvent | NewEvent): readonly Change[] {
  const event = 'event' in from ? from : derived(from);
  const record = encodeEvent(event);
  return [
    {kind: 'tombstone', tombstone: tombstoneOf(event)},
    {kind: 'no-event', record},
  ];
}

/** What is taken out for ever. */
export function testForgetting(makeStore: MakeStore): void {
  const withStore = (work: (store: Store) => Promise<void>): Promise<void> => withStoreOf(makeStore, work);
  const drained = async (store: Store, ...events: Parameters<typeof inFile>[0]) => (await store.drain([inFile(events)], at(9)))[0];
  const DROPPED = {stored: 0, duplicates: 1, conflicts: []};

  test('takes an event out by whatever it was found', async () => {
    const all = [
      anEvent({text: 'short'}),
      aUlidEvent('01HF7YAT00ABCDEFGHJKMNPQRS', {time: at(1_600_000_000_000), text: 'a ULID'}),
      aSourceEvent('source-1', {text: 'no time'}),
    ];
    const kept = anEvent({text: 'kept'});
    await withStore(async (store) => {
      await store.commit([...all, kept].map(stored), at(5), {sync: false});
      await store.commit(all.flatMap(forgetting), at(7), {sync: true});
      const ids = all.map((event) => ('event' in event ? event.event.id : event.id));
      expect(await store.recordsOf([...ids, kept.id])).toEqual([undefined, undefined, undefined, expect.objectContaining({})]);
      expect((await store.events(at(0), at(2 ** 48))).events.map(({head}) => head.id)).toEqual([kept.id]);
      // Its source gave no time: this delivery has another one, and so another id.
      const [short, ulid] = all;
      const later = aSourceEvent('source-1', {text: 'no time', time: at(1_800_000_000_000)});
      for (const event of [short, ulid, later]) if (event) expect(await drained(store, event)).toEqual(DROPPED);
      expect((await store.tombstones()).map(({id}) => id)).toEqual(ids.toSorted());
    });
  });

  test('drops the words of a forgotten event under any other id in its session, and in no other', async () => {
    const event = anEvent({text: WORDS});
    await withStore(async (store) => {
      await store.commit([stored(event)], at(5), {sync: false});
      await store.commit(forgetting(event), at(7), {sync: true});
      const copies = [{time: at(1_700_000_999_000)}, {seq: 4}, {text: `  ${WORDS}\n`}, {metadata: {cwd: '/x'}}];
      for (const copy of copies) expect(await drained(store, anEvent({text: WORDS, ...copy}))).toEqual(DROPPED);
      const others = [{sessionId: 'session-2'}, {agent: 'codex'}, {type: 'assistant_message'} as const, {text: `${WORDS} Or is it?`}];
      for (const other of others) expect(await drained(store, anEvent({text: WORDS, ...other}))).toMatchObject({stored: 1});
    });
  });

  test('knows too few words by their id alone', async () => {
    const event = anEvent({text: 'yes, do that please'});
    await withStore(async (store) => {
      await store.commit(forgetting(event), at(7), {sync: true});
      expect(await drained(store, event)).toEqual(DROPPED);
      expect(await drained(store, anEvent({text: event.text, seq: 1}))).toMatchObject({stored: 1});
    });
  });

  test('gives tombstones back as they were stored', async () => {
    const event = aSourceEvent('source-1', {text: WORDS, type: 'tool_result', role: 'tool'});
    const tombstone = tombstoneOf(event);
    await withStore(async (store) => {
      await store.commit([{kind: 'tombstone', tombstone}], at(7), {sync: true});
      expect(await store.tombstones()).toEqual([tombstone]);
      // A subagent's last message is also the result of the tool that ran it.
      expect(tombstone.words).toHaveLength(2);
    });
  });

  test('takes a node out whole, and counts its versions from 1 again', async () => {
    await withStore(async (store) => {
      const one: Change[] = [{kind: 'node', node: aNode(DAY, 1)}];
      const others: Change[] = [
        {kind: 'node', node: aNode(DAY, 2)},
        {kind: 'mark-node', id: DAY},
        {kind: 'retry', retry: {id: DAY, reason: 'timeout', tries: 1, dueAt: at(9)}},
        {kind: 'node', node: aNode('toc:day:2024-01-02', 1)},
      ];
      await store.commit(one, at(1), {sync: false});
      await store.commit(others, at(2), {sync: false});
      const before = await store.changeCursor();
      await store.commit([{kind: 'no-node', id: DAY}], at(3), {sync: false});
      expect(await store.versionsOf([DAY])).toEqual([[]]);
      expect(await store.pointers('day', {})).toMatchObject([{id: 'toc:day:2024-01-02'}]);
      expect(await store.nodeMarks('day')).toEqual([]);
      expect(await store.retries()).toEqual([]);
      expect(await store.changesSince(before)).toMatchObject({nodes: [DAY]});
      await store.commit([{kind: 'no-node', id: DAY}, ...one], at(4), {sync: false});
      expect((await store.versionsOf([DAY]))[0]).toEqual([aNode(DAY, 1)]);
    });
  });

  test('puts another record in the place of an event', async () => {
    const event = anEvent({text: 'before'});
    await withStore(async (store) => {
      await store.commit([stored(event)], at(5), {sync: false});
      await store.commit([stored({...derived(event), event: {...event, text: 'after'}, isAltered: true})], at(6), {sync: true});
      expect(await store.eventsOf([event.id])).toEqual([{...event, text: 'after'}]);
      expect((await store.events(at(0), at(2 ** 48))).events).toHaveLength(1);
      expect(await drained(store, event)).toEqual(DROPPED);
    });
  });
}
