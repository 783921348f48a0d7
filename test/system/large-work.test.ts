import {Script} from 'node:vm';
import {expect, test} from 'vitest';
import {beginLargeWork} from '../../src/system/large-work.js';

const SOURCE = '(() => { function half(n) { return n / 2; } return half(8); })()';

test('compiled code that was kept before is good again once large work is over', () => {
  // Whatever another test left in this process.
  beginLargeWork().end();
  const cachedData = new Script(SOURCE).createCachedData();
  const isRejected = (filename: string) => new Script(SOURCE, {filename, cachedData}).cachedDataRejected;
  const work = beginLargeWork();
  expect(isRejected('meanwhile.js')).toBe(true);
  work.goOnAlone();
  expect(isRejected('alone.js')).toBe(true);
  work.end();
  expect(isRejected('after.js')).toBe(false);
});
