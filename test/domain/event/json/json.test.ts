import fc from 'fast-check';
import {expect, test} from 'vitest';
import {canonicalJson, excessOf, isDeeperThan} from '../../../../src/domain/event/json/json.js';

test('equal values give equal text, whatever the order of their members', () => {
  expect(canonicalJson({b: [1, {d: null, c: 'x'}], a: -0.5})).toBe('{"a":-0.5,"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1},"a":2}'))).toBe('{"__proto__":{"z":1},"a":2,"b":1}');
});

test('canonical JSON says the same as the value, and canonical JSON of that is itself', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const text = canonicalJson(JSON.parse(json));
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(JSON.parse(json))));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

test('depth is told the same from the text as from the value, brackets in strings not counted', () => {
  expect(excessOf('{"a":"[[[","b\\"[":[1]}', {depth: 2, commas: 1})).toBeUndefined();
  expect(excessOf('{"a":",,,","b":[1,2]}', {depth: 2, commas: 1})).toBe('commas');
  expect(excessOf('{"a":"[[[","b\\"[":[1]}', {depth: 1, commas: 1})).toBe('depth');
  fc.assert(
    fc.property(fc.json({maxDepth: 6}), fc.nat(6), (json, limit) => {
      expect(excessOf(json, {depth: limit, commas: Number.POSITIVE_INFINITY}) === 'depth').toBe(isDeeperThan(JSON.parse(json), limit));
    }),
  );
});
