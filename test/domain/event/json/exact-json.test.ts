import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {JsonValue} from '../../../../src/domain/event/event.js';
import {exactJson, parseExactly} from '../../../../src/domain/event/json/exact-json.js';
import {ExactNumber, isHeldByDouble} from '../../../../src/domain/event/json/exact-number.js';
import {canonicalJson} from '../../../../src/domain/event/json/json.js';

describe('a number', () => {
  test.each([
    ['0', true],
    ['-0', true],
    ['1.0', true],
    ['0.1', true],
    ['9007199254740991', true],
    ['9007199254740992', true],
    ['9007199254740993', false],
    ['1413617112501850121', false],
    ['-1413617112501850122', false],
    ['100000000000000000000000', true],
    ['1e21', true],
    ['1e400', false],
    ['-1e400', false],
    ['1e-400', false],
    ['0e999999999999', true],
    ['3.14159265358979323846', false],
    ['3.141592653589793', true],
    ['1.50000000000000000000', true],
    ['12345678901234567e-3', false],
  ])('%s: a double holds it: %s', (number, isHeld) => {
    expect(isHeldByDouble(number)).toBe(isHeld);
  });

  test('that a double prints is held by it', () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (value) => {
        expect(isHeldByDouble(JSON.stringify(value))).toBe(true);
      }),
    );
  });
});

test('JSON without a number that a double cannot hold is left to JSON.parse', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseExactly(json)).toBeUndefined();
    }),
  );
});

const anyNumber = fc
  .tuple(fc.bigInt({min: -(10n ** 40n), max: 10n ** 40n}), fc.constantFrom('', '.5', '.0', 'e3', 'E-7', 'e400'))
  .map(([whole, rest]) => `${whole}${rest}`);
const anyExact = fc.letrec<{value: JsonValue}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small'},
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({unit: 'binary'}),
    anyNumber.map((digits) => (isHeldByDouble(digits) ? Number(digits) : new ExactNumber(digits))),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'a"b', '\\')), tie('value')),
  ),
})).value;

test('what is written with exact digits is read again as it was', () => {
  fc.assert(
    fc.property(anyExact, (value) => {
      const json = exactJson({value});
      const read = parseExactly(json) ?? JSON.parse(json);
      expect(canonicalJson(read)).toBe(canonicalJson({value}));
    }),
    {numRuns: 500},
  );
});

test('white space, escapes and brackets in texts do not lead it astray', () => {
  const json = ' { "a\\\\" : [ 1 , 12345678901234567890 , "9]}\\"12345678901234567890" ] ,\n"b":{}, "c":[],"d":null,"e":true}';
  expect(parseExactly(json)).toEqual({
    'a\\': [1, new ExactNumber('12345678901234567890'), '9]}"12345678901234567890'],
    b: {},
    c: [],
    d: null,
    e: true,
  });
});
