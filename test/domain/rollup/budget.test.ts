import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addSpending, type BudgetLimits, isWithin, NOTHING_SPENT, replaceSpending, spendingOf} from '../../../src/domain/rollup/budget.js';

const LIMITS: BudgetLimits = {
  maxCallsPerRun: 2,
  maxTokensPerRun: 100,
  maxCallsPerDay: 4,
  maxTokensPerDay: 300,
  maxUsdPerDay: 0.001,
  prices: {prompt: 1, completion: 4},
};

test('a call costs its tokens at their price per million, rounded up to a millionth of a dollar', () => {
  expect(spendingOf({prompt: 1000, completion: 10}, {prompt: 0.15, completion: 0.6})).toEqual({
    calls: 1,
    promptTokens: 1000,
    completionTokens: 10,
    microUsd: 156,
  });
  expect(spendingOf({prompt: 1, completion: 0}, {prompt: 0.15, completion: 0.6}).microUsd).toBe(1);
  expect(spendingOf({prompt: 7.25, completion: 0}, undefined)).toEqual({calls: 1, promptTokens: 8, completionTokens: 0, microUsd: 0});
});

test.each([
  ['calls of a run', {calls: 3}, {}, false],
  ['calls of a run, reached', {calls: 2}, {}, true],
  ['tokens of a run', {promptTokens: 60, completionTokens: 41}, {}, false],
  ['tokens of a run, reached', {promptTokens: 60, completionTokens: 40}, {}, true],
  ['calls of a day', {}, {calls: 5}, false],
  ['tokens of a day', {}, {promptTokens: 301}, false],
  ['money of a day', {}, {microUsd: 1001}, false],
  ['money of a day, reached', {}, {microUsd: 1000}, true],
])('limits %s', (_, run, day, isAllowed) => {
  expect(isWithin(LIMITS, {...NOTHING_SPENT, ...run}, {...NOTHING_SPENT, ...day})).toBe(isAllowed);
});

test('without a limit in money none is too much', () => {
  expect(isWithin({...LIMITS, maxUsdPerDay: undefined}, NOTHING_SPENT, {...NOTHING_SPENT, microUsd: 1e12})).toBe(true);
});

const someTokens = fc.record({prompt: fc.nat(100_000), completion: fc.nat(10_000)});

test('reservations replaced by what was used leave the sum of what was used', () => {
  fc.assert(
    fc.property(fc.array(fc.record({atMost: someTokens, used: someTokens})), (calls) => {
      const prices = {prompt: 0.37, completion: 1.9};
      const all = calls.map(({atMost, used}) => ({reserved: spendingOf(atMost, prices), used: spendingOf(used, prices)}));
      const reserved = all.reduce((sum, call) => addSpending(sum, call.reserved), NOTHING_SPENT);
      const settled = all.reduce((sum, call) => replaceSpending(sum, call.reserved, call.used), reserved);
      expect(settled).toEqual(all.reduce((sum, call) => addSpending(sum, call.used), NOTHING_SPENT));
    }),
  );
});
