import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareEvents, type EpochMs, EVENT_TYPES, type EventId, type EventType} from '../../../src/domain/event/event.js';
import {encodeTime} from '../../../src/domain/event/identity/crockford.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';
import {type CutEvent, cutSegments, PAUSE_MS, SEGMENT_TOKENS} from '../../../src/domain/toc/segment.js';

const MIDNIGHT = Date.parse('2024-01-15T00:00:00Z');
const DATE = '2024-01-15' as LocalDate;
const DAY = {start: MIDNIGHT as EpochMs, end: (MIDNIGHT + 86_400_000) as EpochMs};
const MINUTE = 60_000;
const NEXT_WEEK = (MIDNIGHT + 7 * 86_400_000) as EpochMs;

function anEvent({minute = 0, ms = 0, tokens = 100, type = 'user_message' as EventType, hasText = true, seq = 0} = {}): CutEvent {
  const time = (MIDNIGHT + minute * MINUTE + ms) as EpochMs;
  return {time, seq, type, id: (encodeTime(time) + 'A'.repeat(16)) as EventId, tokens, hasText, contentDigest: ''};
}

const cut = (events: readonly CutEvent[], now = NEXT_WEEK) => cutSegments(DATE, DAY, events, now);
const sizes = (events: readonly CutEvent[], now = NEXT_WEEK) => cut(events, now).map((segment) => segment.events.length);

describe('a session-day is cut', () => {
  test('where more than 30 minutes passed, and not where exactly 30 did', () => {
    expect(sizes([anEvent({minute: 0}), anEvent({minute: 30}), anEvent({minute: 60, ms: 1})])).toEqual([2, 1]);
  });

  test('after a session_end, which ends a segment and nothing else', () => {
    expect(sizes([anEvent({minute: 0}), anEvent({minute: 1, type: 'session_end', hasText: false}), anEvent({minute: 2})])).toEqual([2, 1]);
  });

  test('before the event that would bring a segment over 4,000 tokens, and not at 4,000', () => {
    expect(sizes([anEvent({tokens: 3_000}), anEvent({minute: 1, tokens: 1_000}), anEvent({minute: 2, tokens: 0.25})])).toEqual([2, 1]);
  });

  test('around an event that is larger than a segment by itself', () => {
    expect(sizes([anEvent(), anEvent({minute: 1, tokens: 9_000}), anEvent({minute: 2})])).toEqual([1, 1, 1]);
  });

  test('into nothing when no event has text', () => {
    expect(sizes([anEvent({hasText: false}), anEvent({minute: 1, hasText: false})])).toEqual([]);
  });

  test('into segments named by their first event, whose end is the last event + 1 ms', () => {
    const [first, second] = [anEvent(), anEvent({minute: 5})];
    const [segment] = cut([first, second]);
    expect(segment?.id).toBe(`toc:segment:2024-01-15:${first.id}`);
    expect(segment?.start).toBe(first.time);
    expect(segment?.end).toBe(second.time + 1);
    expect(segment?.tokens).toBe(200);
  });
});

describe('a segment is closed', () => {
  const states = (events: readonly CutEvent[], minute: number) =>
    cut(events, (MIDNIGHT + minute * MINUTE) as EpochMs).map(({isClosed}) => isClosed);

  test('once the pause has passed, not before', () => {
    expect(states([anEvent()], 30)).toEqual([false]);
    expect(states([anEvent()], 30.001)).toEqual([true]);
  });

  test('when an event of the session-day follows the cut, even if it is open itself', () => {
    expect(states([anEvent(), anEvent({minute: 45})], 46)).toEqual([true, false]);
  });

  test('at a session_end', () => {
    expect(states([anEvent(), anEvent({minute: 1, type: 'session_end'})], 2)).toEqual([true]);
  });

  test('when its day is over', () => {
    expect(states([anEvent({minute: 24 * 60 - 1})], 24 * 60)).toEqual([true]);
  });
});

describe('the cut', () => {
  const someEvents = fc
    .array(
      fc.record({
        minute: fc.integer({min: 0, max: 1_400}),
        tokens: fc.integer({min: 0, max: 20_000}).map((quarters) => quarters / 4),
        type: fc.constantFrom(...EVENT_TYPES),
        hasText: fc.boolean(),
        seq: fc.integer({min: 0, max: 3}),
      }),
      {maxLength: 60},
    )
    .map((specs) =>
      specs
        .map((spec, at) => ({...anEvent(spec), id: (encodeTime((MIDNIGHT + at) as EpochMs) + 'B'.repeat(16)) as EventId}))
        .sort(compareEvents),
    );

  test('keeps every event with text once, in order, within the bounds of pause and size', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const segments = cut(events);
        const kept = segments.flatMap((segment) => segment.events);
        expect(kept).toEqual(events.filter((event) => kept.includes(event)));
        for (const event of events) if (event.hasText) expect(kept).toContain(event);
        for (const {events: run, tokens} of segments) {
          expect(tokens <= SEGMENT_TOKENS || run.length === 1).toBe(true);
          for (const [at, event] of run.entries()) expect(event.time - (run[at - 1] ?? event).time).toBeLessThanOrEqual(PAUSE_MS);
          expect(run.slice(0, -1).some((event) => event.type === 'session_end')).toBe(false);
        }
      }),
    );
  });

  test('of a beginning agrees with the cut of the whole on all but its last segment', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(60), (events, count) => {
        const part = cut(events.slice(0, count))
          .slice(0, -1)
          .map(({id, end}) => ({id, end}));
        expect(
          cut(events)
            .slice(0, part.length)
            .map(({id, end}) => ({id, end})),
        ).toEqual(part);
      }),
    );
  });
});
