import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import {segmentFingerprint} from '../../../src/domain/toc/fingerprint.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';
import {overlapOf} from '../../../src/domain/toc/overlap.js';
import {type CutEvent, cutSegments} from '../../../src/domain/toc/segment.js';

const MIDNIGHT = Date.parse('2024-01-15T00:00:00Z');
const DAY = {start: MIDNIGHT as EpochMs, end: (MIDNIGHT + 86_400_000) as EpochMs};
const LATER = (MIDNIGHT + 7 * 86_400_000) as EpochMs;

/** Events as [seconds, tokens, text?]. */
function events(...list: readonly (readonly [number, number, boolean?])[]): readonly CutEvent[] {
  return list.map(([second, tokens, hasText = true], at) => ({
    time: (MIDNIGHT + second * 1000) as EpochMs,
    seq: 0,
    type: 'assistant_message',
    id: String(at).padStart(26, '0') as EventId,
    tokens,
    hasText,
    contentDigest: '',
    isRequest: false,
  }));
}

const cut = (list: readonly CutEvent[]) => cutSegments('2024-01-15' as LocalDate, DAY, list, LATER);
const overlapIds = (list: readonly CutEvent[]) => cut(list).map((segment) => overlapOf(segment).map(({id}) => Number(id)));

test('across a size cut it is the last 5 minutes before it', () => {
  expect(overlapIds(events([0, 3_000], [100, 100], [400, 100], [401, 100], [500, 3_900]))).toEqual([[], [2, 3]]);
  expect(overlapIds(events([0, 3_000], [100, 100], [400, 100], [500, 3_900]))).toEqual([[], [1, 2]]);
});

test('it is at most 500 tokens, in whole events with text', () => {
  expect(overlapIds(events([0, 3_000], [1, 101], [2, 200], [3, 200], [4, 3_900]))).toEqual([[], [2, 3]]);
  expect(overlapIds(events([0, 3_000], [1, 100], [2, 200], [3, 200, false], [4, 3_900]))).toEqual([[], [1, 2]]);
  expect(overlapIds(events([0, 3_000], [1, 501], [4, 3_900]))).toEqual([[], []]);
});

test('across a pause or a session_end there is none', () => {
  const [first, second] = events([0, 100], [31 * 60, 100]);
  expect(overlapIds([first, second].filter((event) => event !== undefined))).toEqual([[], []]);
  const ended = events([0, 100], [1, 10], [2, 100]).map((event, at) => (at === 1 ? {...event, type: 'session_end' as const} : event));
  expect(overlapIds(ended)).toEqual([[], []]);
});

test('it is part of the fingerprint of a summarizer with a model, and of no other', () => {
  const of = (list: readonly CutEvent[], model: string) =>
    segmentFingerprint(cut(list).at(-1) ?? cut(list)[0] ?? never(), {id: 'x', version: 1, model, promptVersion: 0});
  const one = events([0, 3_000], [1, 100], [2, 3_900]);
  const other = one.map((event, at) => (at === 1 ? {...event, id: '9'.repeat(26) as EventId} : event));
  expect(of(one, '')).toBe(of(other, ''));
  expect(of(one, 'm')).not.toBe(of(other, 'm'));
});

function never(): never {
  throw new Error('there is a segment');
}
