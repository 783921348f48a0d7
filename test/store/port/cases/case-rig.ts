import {expect} from 'vitest';
import type {AgentEvent, EpochMs} from '../../../../src/domain/event/event.js';
import {decodeEvent} from '../../../../src/domain/event/event-record.js';
import {sessionKeyOf} from '../../../../src/domain/event/identity/event-id.js';
import type {Store, StoreGate} from '../../../../src/store/port/store.js';
import {anEvent, at, inFile} from '../../leveldb/store-rig.js';

export const PATIENCE_MS = 60_000;
export const KEY = sessionKeyOf('claude-code', 'session-1');

export const eventsNamed = (from: number, count: number): readonly AgentEvent[] =>
  Array.from({length: count}, (_, n) => anEvent({time: at(1_700_000_000_000 + from + n), text: `event ${from + n}`}));

export async function textsIn(store: Store): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let from: EpochMs | undefined = at(0); from !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await store.events(from, at(2 ** 48));
    for (const {record} of page.events) texts.push(decodeEvent(record).text);
    from = page.next;
  }
  return texts;
}

/** That each event is there once, is counted once, and waits for a rollup. */
export async function expectWhole(gate: StoreGate, events: readonly AgentEvent[]): Promise<void> {
  await gate.use(PATIENCE_MS, async (store) => {
    expect([...(await textsIn(store))].sort()).toEqual(events.map(({text}) => text).sort());
    expect((await store.counters()).events).toBe(events.length);
    const days = await store.sessionDays({});
    expect(days.reduce((sum, {count}) => sum + count, 0)).toBe(events.length);
    const times = events.map(({time}) => time);
    expect(Math.min(...days.map(({first}) => first))).toBe(Math.min(...times));
    expect(Math.max(...days.map(({last}) => last))).toBe(Math.max(...times));
    const marked = await store.sessionDayMarksOf(days);
    expect(marked.every((mark) => mark !== undefined)).toBe(true);
  });
}

export const drain = (gate: StoreGate, events: readonly AgentEvent[]) =>
  gate.use(PATIENCE_MS, (store) => store.drain([inFile(events)], at(1_800_000_000_000)));
