import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {blockEnd, blockStart, findBlock, withBlock} from '../../../src/scheduling/crontab/crontab-block.js';

const ID = '1a2b3c4d';
const block = (inside = '0 1 * * *\trun\n', id = ID): string => `${blockStart(id)}\n${inside}${blockEnd(id)}\n`;
const line = fc.constantFrom(
  '',
  '  ',
  '# a comment',
  '5 5 * * * x',
  `${blockStart(ID)} x`,
  ` ${blockEnd(ID)}`,
  blockStart('99999999'),
  'A=b\r',
  '\t@daily y ',
);
const others = fc.array(line).map((lines) => lines.map((one) => `${one}\n`).join(''));

describe("mem's block in a crontab", () => {
  test('what stands around it stays byte for byte, whatever becomes of it', () => {
    fc.assert(
      fc.property(others, others, (before, after) => {
        const text = before + block() + after;
        expect(findBlock(text, ID)).toEqual({before, block: block(), after});
        expect(withBlock(text, ID, block('x\n'))).toBe(before + block('x\n') + after);
        expect(withBlock(text, ID, '')).toBe(before + after);
      }),
    );
  });

  test('a crontab without one gets it at its end, and is itself again without it', () => {
    fc.assert(
      fc.property(others, (text) => {
        const added = withBlock(text, ID, block());
        expect(added).toBe(text + block());
        expect(withBlock(added, ID, '')).toBe(text);
        expect(withBlock(added, ID, block())).toBe(added);
      }),
    );
  });

  test('the block of another home is nobody else’s', () => {
    const text = block('a\n', '00000001') + block('b\n') + block('c\n', '00000002');
    expect(withBlock(text, ID, '')).toBe(block('a\n', '00000001') + block('c\n', '00000002'));
  });

  test('a last line without a line feed is not joined with it', () => {
    expect(withBlock('a', ID, block())).toBe(`a\n${block()}`);
  });

  test.each([
    ['its end is missing', `${blockStart(ID)}\nx\n5 5 * * * other\n`],
    ['its beginning is missing', `x\n${blockEnd(ID)}\n`],
    ['it is there twice', block() + block()],
    ['it ends before it begins', `${blockEnd(ID)}\n${blockStart(ID)}\n`],
    ['an editor gave it lines of Windows', block().replaceAll('\n', '\r\n')],
    ['it begins twice', `${blockStart(ID)}\n${block()}`],
  ])('one that is damaged is not touched: %s', (_, text) => {
    expect(() => withBlock(text, ID, block())).toThrow(/block in the crontab is damaged/);
  });
});
