import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import {
  commitKey,
  commitOfKey,
  eventKey,
  eventRange,
  nodeIdOfKey,
  nodeKey,
  nodeMarkKey,
  pointerKey,
  retryKey,
  timeOfEventKey,
} from '../../../src/store/leveldb/keys.js';

const time = fc.integer({min: 0, max: 2 ** 48 - 1}).map((ms) => ms as EpochMs);
const ID = '01HF7YAT00ABCDEFGHJKMNPQRS' as EventId;

test('sorts events by time and reads the time back', () => {
  fc.assert(
    fc.property(time, time, (a, b) => {
      expect(Math.sign(a - b)).toBe(eventKey(a, ID) < eventKey(b, ID) ? -1 : eventKey(a, ID) > eventKey(b, ID) ? 1 : 0);
      expect(timeOfEventKey(eventKey(a, ID))).toBe(a);
    }),
  );
});

test('has an event in its range exactly when its time is', () => {
  fc.assert(
    fc.property(time, fc.integer({min: -10, max: 2 ** 49}), fc.integer({min: -10, max: 8.64e15}), (ms, start, end) => {
      const {from, to} = eventRange(start as EpochMs, end as EpochMs);
      expect(eventKey(ms, ID) >= from && eventKey(ms, ID) < to).toBe(ms >= start && ms < end);
    }),
  );
});

test.each(['toc:year:2024', 'toc:month:2024:01', 'toc:week:2024:W03', 'toc:day:2024-01-15', `toc:segment:2024-01-15:${ID}`])(
  'reads the id of %s back from the keys of its mark, its pointer and its retry',
  (text) => {
    const id = text as NodeId;
    expect(nodeIdOfKey(nodeMarkKey(id))).toBe(id);
    expect(nodeIdOfKey(pointerKey(id))).toBe(id);
    expect(nodeIdOfKey(retryKey(id))).toBe(id);
    expect(nodeKey(id, 9) < nodeKey(id, 10)).toBe(true);
  },
);

test('sorts commits by number', () => {
  expect(commitKey(9) < commitKey(10)).toBe(true);
  expect(commitOfKey(commitKey(1_234_567))).toBe(1_234_567);
});
