import {expect, test} from 'vitest';
import {sharedWorth} from '../../../src/domain/recall/fit.js';

const WEIGHTS = new Map([
  ['walnut', 6],
  ['cake', 3],
  ['sink', 1],
]);

test.each([
  [['walnut', 'cake', 'sink'], 0, 1, 'all words'],
  [['walnut', 'sink'], 0, 0.7, 'two words'],
  [['cake', 'sink'], 0, 0.4, 'two words that tell less'],
  [['walnut'], 0, 0, 'one word of three, however telling'],
  [[], 0, 0, 'no word'],
  [['walnut', 'cake'], 1, 9 / 16, 'a word more that occurs nowhere'],
  [['walnut', 'cake'], 2, 9 / 22, 'two words more that occur nowhere'],
])('an event with %j, %d words absent, has %d of the worth (%s)', (terms, absent, share) => {
  expect(sharedWorth(new Set(terms), WEIGHTS, absent)).toBeCloseTo(share, 10);
});

test('a query of one word needs that word alone', () => {
  expect(sharedWorth(new Set(['walnut']), new Map([['walnut', 2]]), 0)).toBe(1);
  expect(sharedWorth(new Set(['cake']), new Map([['walnut', 2]]), 0)).toBe(0);
});

test('a query whose words all occur nowhere has nothing in common with any event', () => {
  expect(sharedWorth(new Set(['walnut']), new Map(), 2)).toBe(0);
  expect(sharedWorth(new Set(['walnut']), new Map(), 0)).toBe(0);
});
