import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ExactNumber} from '../../src/domain/event/json/exact-number.js';
import {strictJson} from '../../src/json/strict-json.js';

test.each([0, 2])('is what JSON.stringify writes, where that is strict, with an indent of %i', (indent) => {
  fc.assert(
    fc.property(fc.jsonValue({stringUnit: 'binary'}), (value) => {
      // With a care that is not needed, so that the slow way is taken.
      const given = {value, digits: 'x', empty: [], none: {}, gone: undefined};
      expect(strictJson(given, indent)).toBe(JSON.stringify(given, null, indent));
    }),
  );
});

test('replaces halves of surrogate pairs, and names the texts that had them', () => {
  const value = {text: 'cut \ud83d', whole: '😀', list: ['\udc00'], inner: {'\ud800': 1}};
  expect(strictJson(value)).toBe(
    '{"text":"cut \ufffd","whole":"😀","list":["\ufffd"],"inner":{"\ufffd":1,"not_unicode":["\ufffd"]},"not_unicode":["text","list"]}',
  );
});

test('takes a text about surrogates for what it is', () => {
  expect(strictJson({text: '\\ud83d'})).toBe('{"text":"\\\\ud83d"}');
});

test('writes the digits of exact numbers', () => {
  expect(strictJson({n: new ExactNumber('1413617112501850121'), list: [new ExactNumber('1e400')]}, 2)).toBe(
    '{\n  "n": 1413617112501850121,\n  "list": [\n    1e400\n  ]\n}',
  );
});
