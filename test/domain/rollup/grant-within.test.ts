import {expect, test} from 'vitest';
import {addSpending, correctionOf, grantWithin, NOTHING_SPENT} from '../../../src/domain/rollup/budget.js';

const LIMITS = {
  maxCallsPerRun: 3,
  maxTokensPerRun: 1_000,
  maxCallsPerDay: 5,
  maxTokensPerDay: 2_000,
  maxUsdPerDay: undefined,
  prices: undefined,
};
const spent = (calls: number, promptTokens: number) => ({...NOTHING_SPENT, calls, promptTokens});

test('what is granted counts for those that ask after it, and a small call may fit where a great one did not', () => {
  const asked = [spent(1, 600), spent(1, 600), spent(1, 400), spent(1, 1)];
  expect(grantWithin(LIMITS, NOTHING_SPENT, NOTHING_SPENT, asked)).toEqual([true, false, true, false]);
});

test('the run and the day are limited each by itself', () => {
  const asked = [spent(1, 1), spent(1, 1)];
  expect(grantWithin(LIMITS, spent(2, 0), NOTHING_SPENT, asked)).toEqual([true, false]);
  expect(grantWithin(LIMITS, NOTHING_SPENT, spent(4, 0), asked)).toEqual([true, false]);
  expect(grantWithin(LIMITS, NOTHING_SPENT, spent(0, 1_999), asked)).toEqual([true, false]);
});

test('a correction puts what was used in the place of what was reserved', () => {
  const [reserved, used] = [spent(1, 900), {calls: 1, promptTokens: 400, completionTokens: 30, microUsd: 5}];
  expect(addSpending(reserved, correctionOf(reserved, used))).toEqual(used);
});
