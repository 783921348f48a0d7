import {setFlagsFromString} from 'node:v8';
import {Script} from 'node:vm';
import {beforeEach, expect, test} from 'vitest';
import {beginLargeWork} from '../../src/system/large-work.js';

const SOURCE = '(() => { function half(n) { return n / 2; } return half(8); })()';
const INLINED = '--max-inlined-bytecode-size-cumulative';
const GROWTH = '--heap-growing-percent';

/** Compiled code, which V8 takes back only with the flags with which it was made. */
const compiled = () => new Script(SOURCE).createCachedData();
const isGood = (cachedData: Buffer) => {
  const {cachedDataRejected} = new Script(SOURCE, {filename: `${Math.random()}.js`, cachedData});
  return cachedDataRejected === false;
};

// Whatever another test left in this process.
beforeEach(() => beginLargeWork().end());

test('compiled code that was kept before is good again once large work is over', () => {
  const usual = compiled();
  const work = beginLargeWork();
  expect(isGood(usual)).toBe(false);
  work.end();
  expect(isGood(usual)).toBe(true);
});

test('large work inlines less, has smaller heaps beside another thread, and still smaller ones alone', () => {
  setFlagsFromString(`${INLINED}=300`);
  const inlinedLess = compiled();
  setFlagsFromString(`${INLINED}=920`);
  setFlagsFromString(`${GROWTH}=200`);
  const clearedSooner = compiled();
  setFlagsFromString(`${GROWTH}=0`);
  const work = beginLargeWork();
  const shared = compiled();
  expect(isGood(inlinedLess)).toBe(false);
  expect(isGood(clearedSooner)).toBe(false);
  work.goOnAlone();
  expect(isGood(shared)).toBe(false);
  work.end();
});
