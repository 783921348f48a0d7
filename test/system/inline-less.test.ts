import {Script} from 'node:vm';
import {expect, test} from 'vitest';
import {inlineLess} from '../../src/system/inline-less.js';

const SOURCE = '(() => { function half(n) { return n / 2; } return half(8); })()';

test('compiled code that was kept before is good again once it is taken back', () => {
  const cachedData = new Script(SOURCE).createCachedData();
  const isRejected = (filename: string) => new Script(SOURCE, {filename, cachedData}).cachedDataRejected;
  const takeBack = inlineLess();
  expect(isRejected('meanwhile.js')).toBe(true);
  takeBack();
  expect(isRejected('after.js')).toBe(false);
});
