import fc from 'fast-check';
import {expect, test} from 'vitest';
import {NumberTable} from '../../src/language/number-table.js';

const key = fc.oneof(fc.integer({min: -0x80000000, max: 0x7fffffff}), fc.integer({min: -3, max: 3}));
const value = fc.integer({min: -0x80000000, max: 0x7fffffff}).filter((number) => number !== 0);

test('a table of numbers gives what a Map gives', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), {maxLength: 2_000, size: 'max'}), fc.array(key), (pairs, others) => {
      const table = new NumberTable();
      for (const [at, number] of pairs) table.set(at, number);
      const map = new Map(pairs);
      for (const at of [...map.keys(), ...others]) expect(table.get(at)).toBe(map.get(at) ?? 0);
    }),
    {numRuns: 40},
  );
});
