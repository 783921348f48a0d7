import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ESCAPE, splitInput} from '../../src/ui/input/split-input.js';

function piecesOf(input: string): readonly string[] {
  return splitInput(input).pieces.map((piece) => (piece.kind === 'key' ? piece.text : piece.kind));
}

test.each([
  ['\x1b[A\x1b[B\x1bOC\x1bOD', ['\x1b[A', '\x1b[B', '\x1bOC', '\x1bOD']],
  ['\x1b[5~\x1b[6~', ['\x1b[5~', '\x1b[6~']],
  ['\x1b[1;5A\x1b[5;2~', ['\x1b[A', '\x1b[5~']],
  ['jk\r\x03', ['j', 'k', '\r', '\x03']],
  ['\x7f\x1bOM', ['\b', '\r']],
  ['aé東👍', ['a', 'é', '東', '👍']],
  ['\x1b[200~x\x1b[201~', ['paste-begin', 'x', 'paste-end']],
  ['\x1b\x1b[A', [ESCAPE, '\x1b[A']],
  ['\x1bq', [ESCAPE, 'q']],
  ['\x1b[?62;cx', ['x']],
  ['\x1b[97;5ux', ['x']],
])('%j is %j', (input, pieces) => {
  expect(piecesOf(input)).toEqual(pieces);
});

test('the wheel and the left button of the mouse are known by SGR', () => {
  expect(splitInput('\x1b[<64;10;5M\x1b[<65;1;1M\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<2;3;4M').pieces).toEqual([
    {kind: 'wheel', by: -1, column: 9, row: 4},
    {kind: 'wheel', by: 1, column: 0, row: 0},
    {kind: 'click', column: 2, row: 3},
  ]);
});

test('the beginning of a sequence is kept until its end comes', () => {
  for (const sequence of ['\x1b[A', '\x1b[<64;10;5M', '\x1bOH', '\x1b[1;5C'])
    for (let at = 1; at < sequence.length; at++) {
      const first = splitInput(`x${sequence.slice(0, at)}`);
      expect([first.pieces.length, first.rest]).toEqual([1, sequence.slice(0, at)]);
      expect(splitInput(first.rest + sequence.slice(at))).toEqual(splitInput(sequence));
    }
});

test('whatever a terminal sends, it is taken to its end', () => {
  fc.assert(
    fc.property(
      fc.string({unit: fc.constantFrom('\x1b', '[', 'O', '<', '1', ';', '~', 'M', 'A', 'x', '\r', '東'), maxLength: 30}),
      (input) => {
        const {pieces, rest} = splitInput(input);
        expect(pieces.length).toBeLessThanOrEqual(input.length);
        expect(input.endsWith(rest)).toBe(true);
      },
    ),
  );
});
