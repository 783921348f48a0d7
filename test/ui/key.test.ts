import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Key, parseKeys} from '../../src/ui/input/key.js';

function namesOf(input: string): readonly string[] {
  return parseKeys(input).keys.map((key: Key) =>
    key.kind === 'named' ? key.name : key.kind === 'char' ? key.char : `${key.kind} ${JSON.stringify(key)}`,
  );
}

test.each([
  ['\x1b[A\x1b[B\x1bOC\x1bOD', ['up', 'down', 'right', 'left']],
  ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~', ['home', 'end', 'home', 'end', 'home', 'end']],
  ['\x1b[5~\x1b[6~', ['page-up', 'page-down']],
  ['\x1b[1;5A', ['up']],
  ['\r\n\t\x7f\x03\x1a', ['enter', 'enter', 'tab', 'backspace', 'ctrl-c', 'ctrl-z']],
  ['aé東👍', ['a', 'é', '東', '👍']],
  ['\x1b[200~x\x1b[201~', ['paste-begin', 'x', 'paste-end']],
  ['\x1b\x1b[A', ['escape', 'up']],
  ['\x1b[I\x1b[?62;c', []],
  ['\x01\x02\u0085', []],
])('%j is %j', (input, names) => {
  expect(namesOf(input)).toEqual(names);
});

test('the wheel and the left button of the mouse are known by SGR', () => {
  expect(parseKeys('\x1b[<64;10;5M\x1b[<65;1;1M\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<2;3;4M').keys).toEqual([
    {kind: 'wheel', by: -1, column: 9, row: 4},
    {kind: 'wheel', by: 1, column: 0, row: 0},
    {kind: 'click', column: 2, row: 3},
  ]);
});

test('the beginning of a sequence is kept until its end comes', () => {
  for (const sequence of ['\x1b[A', '\x1b[<64;10;5M', '\x1bOH', '\x1b[1;5C'])
    for (let at = 1; at < sequence.length; at++) {
      const first = parseKeys(`x${sequence.slice(0, at)}`);
      expect([first.keys.length, first.rest]).toEqual([1, sequence.slice(0, at)]);
      expect(parseKeys(first.rest + sequence.slice(at))).toEqual(parseKeys(sequence));
    }
});

test('whatever a terminal sends, it is taken to its end', () => {
  fc.assert(
    fc.property(
      fc.string({unit: fc.constantFrom('\x1b', '[', 'O', '<', '1', ';', '~', 'M', 'A', 'x', '\r', '東'), maxLength: 30}),
      (input) => {
        const {keys, rest} = parseKeys(input);
        expect(keys.length).toBeLessThanOrEqual(input.length);
        expect(input.endsWith(rest)).toBe(true);
      },
    ),
  );
});
