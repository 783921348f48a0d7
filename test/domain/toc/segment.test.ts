import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareEvents, type EpochMs, EVENT_TYPES, type EventId, type EventType} from '../../../src/domain/event/event.js';
import {encodeTime} from '../../../src/domain/event/identity/crockford.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';
import {type CutEvent, cutSegments, PAUSE_MS, SEGMENT_TOKENS, TURN_TOKENS} from '../../../src/domain/toc/segment.js';

const MIDNIGHT = Date.parse('2024-01-15T00:00:00Z');
const DATE = '2024-01-15' as LocalDate;
const DAY = {start: MIDNIGHT as EpochMs, end: (MIDNIGHT + 86_400_000) as EpochMs};
const MINUTE = 60_000;
const NEXT_WEEK = (MIDNIGHT + 7 * 86_400_000) as EpochMs;

function anEvent({minute = 0, ms = 0, tokens = 100, type = 'user_message' as EventType, hasText = true, seq = 0} = {}): CutEvent {
  const time = (MIDNIGHT + minute * MINUTE + ms) as EpochMs;
  return {
    time,
    seq,
    type,
    id: (encodeTime(time) + 'A'.repeat(16)) as EventId,
    tokens,
    hasText,
    contentDigest: '',
    isRequest: hasText && type === 'user_message',
  };
}

/** Events of the user (`u`) and the agent (`a`) with their tokens, a minute apart. */
const sized = (...list: readonly (readonly ['u' | 'a', number])[]) =>
  list.map(([who, tokens], minute) => anEvent({minute, tokens, type: who === 'u' ? 'user_message' : 'assistant_message'}));

/** The ids of each segment's events, with the hard cuts first and then each size cut by the words of the rule. */
function recount(events: readonly CutEvent[]): readonly (readonly EventId[])[] {
  const starts = events.flatMap((event, at) => {
    const last = events[at - 1];
    return last === undefined || last.type === 'session_end' || event.time > last.time + PAUSE_MS ? [at] : [];
  });
  const sum = (from: number, to: number) => events.slice(from, to).reduce((tokens, event) => tokens + event.tokens, 0);
  const cuts = starts.flatMap((start, part) => {
    const end = starts[part + 1] ?? events.length;
    const found = [start];
    for (let from = start; ; ) {
      const first = from;
      const places = Array.from({length: end - first}, (_, at) => first + at);
      const over = places.find((at) => at > first && sum(first, at + 1) > SEGMENT_TOKENS);
      if (over === undefined) return found;
      from = places.findLast((at) => at < over && events[at]?.type === 'user_message' && sum(first, at) >= TURN_TOKENS) ?? over;
      found.push(from);
    }
  });
  const runs = cuts.map((from, at) => events.slice(from, cuts[at + 1] ?? events.length));
  return runs.filter((run) => run.some(({hasText}) => hasText)).map((run) => run.map(({id}) => id));
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
    expect(sizes(sized(['a', 3_000], ['a', 1_000], ['a', 0.25]))).toEqual([2, 1]);
  });

  test("before the last user's message that has 3,000 tokens of the segment before it, where the size asks for a cut", () => {
    expect(sizes(sized(['a', 3_000], ['u', 100], ['a', 100], ['u', 100], ['a', 100], ['a', 700]))).toEqual([3, 3]);
    expect(sizes(sized(['a', 2_999], ['u', 100], ['a', 900], ['a', 2], ['a', 1]))).toEqual([3, 2]);
    expect(sizes(sized(['a', 3_000], ['u', 100], ['a', 100]))).toEqual([3]);
  });

  test("before a large event too, where the cut before a user's message leaves it too much", () => {
    expect(sizes(sized(['a', 3_000], ['u', 100], ['a', 9_000], ['a', 1]))).toEqual([1, 1, 1, 1]);
  });

  test('goes on from the cut', () => {
    // The second cut counts from the user's message, not from the event that asked for the first one.
    expect(sizes(sized(['a', 3_000], ['u', 900], ['a', 200], ['a', 2_900], ['a', 0.25]))).toEqual([1, 3, 1]);
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

describe('the request in force', () => {
  const requests = (events: readonly CutEvent[]) => cut(events).map(({request}) => request && events.indexOf(request));

  test("is the last user's message before a segment that does not begin with one", () => {
    expect(requests(sized(['u', 1], ['u', 1], ['a', 3_998], ['a', 4_000], ['a', 4_000]))).toEqual([undefined, 1, 1]);
    expect(requests(sized(['u', 2_000], ['a', 2_000], ['u', 4_000], ['a', 1]))).toEqual([undefined, undefined, 2]);
  });

  test('goes over pauses and over what has no text, and is none in the first segment', () => {
    const paused = [anEvent(), anEvent({minute: 40, hasText: false, type: 'session_start'}), anEvent({minute: 41, type: 'tool_result'})];
    expect(requests(paused)).toEqual([undefined, 0]);
    expect(requests(paused.slice(1))).toEqual([undefined]);
    expect(requests([...paused.slice(0, 2), anEvent({minute: 41})])).toEqual([undefined, undefined]);
  });

  test('is no message that is not a request', () => {
    const [first, second] = [{...anEvent(), isRequest: false}, anEvent({minute: 40, type: 'tool_result'})];
    expect(requests([first, second])).toEqual([undefined, undefined]);
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
    // Over a day most cuts are pauses; within half an hour all are of size.
    .constantFrom({minutes: 1_400, quarters: 20_000}, {minutes: 25, quarters: 4_000})
    .chain(({minutes, quarters}) =>
      fc.array(
        fc.record({
          minute: fc.integer({min: 0, max: minutes}),
          tokens: fc.oneof({weight: 9, arbitrary: fc.nat(quarters)}, fc.nat(20_000)).map((count) => count / 4),
          type: fc.constantFrom(...EVENT_TYPES, 'user_message' as const, 'tool_result' as const),
          hasText: fc.boolean(),
          seq: fc.integer({min: 0, max: 3}),
        }),
        {maxLength: 60},
      ),
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

  test('gives the same as a recount by another way', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        expect(cut(events).map((segment) => segment.events.map(({id}) => id))).toEqual(recount(events));
      }),
      {numRuns: 1_000},
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
