import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LineSplitter} from '../../../../src/domain/event/parse/line-splitter.js';

function split(blocks: readonly Buffer[], limit = 1000): {texts: string[]; sizes: number[]; numbers: number[]} {
  const splitter = new LineSplitter(limit);
  const found = {texts: [] as string[], sizes: [] as number[], numbers: [] as number[]};
  const take = (line: ReturnType<LineSplitter['next']>) => {
    if (line === undefined) return false;
    found.texts.push(line.bytes.toString());
    found.sizes.push(line.size);
    found.numbers.push(line.number);
    return true;
  };
  const reused = Buffer.alloc(1000);
  for (const block of blocks) {
    // As a reader does: the block is overwritten by the next one.
    block.copy(reused);
    splitter.push(reused.subarray(0, block.length));
    while (take(splitter.next()));
  }
  take(splitter.end());
  return found;
}

test('lines are the same however the stream is cut into blocks', () => {
  const lines = fc.array(
    fc.string({maxLength: 30}).map((line) => line.replaceAll('\n', '')),
    {maxLength: 20},
  );
  fc.assert(
    fc.property(lines, fc.boolean(), fc.array(fc.integer({min: 1, max: 40})), (texts, isEnded, cuts) => {
      const stream = Buffer.from(texts.join('\n') + (isEnded ? '\n' : ''));
      const blocks: Buffer[] = [];
      let at = 0;
      for (const cut of [...cuts, stream.length]) {
        for (let size = Math.min(cut, 1000); at < stream.length; at += size) {
          blocks.push(stream.subarray(at, at + size));
          if (cut !== stream.length) {
            at += size;
            break;
          }
        }
      }
      const expected = stream.length === 0 ? [] : stream.toString().split('\n');
      if (expected.at(-1) === '') expected.pop();
      const found = split(blocks);
      expect(found.texts).toEqual(expected);
      expect(found.numbers).toEqual(expected.map((_, index) => index + 1));
    }),
  );
});

test('of a line over the limit the head and the size are kept, and the next line is whole', () => {
  const long = 'x'.repeat(200_000);
  const stream = Buffer.from(`${long}\nshort\n`);
  const blocks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += 1000) blocks.push(stream.subarray(at, at + 1000));
  const {texts, sizes} = split(blocks, 100_000);
  expect(texts.map((text) => text.length)).toEqual([65_536, 5]);
  expect(sizes).toEqual([200_000, 5]);
});
