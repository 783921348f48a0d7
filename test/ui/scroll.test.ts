import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {AgentEvent} from '../../src/domain/event/event.js';
import {Calendar} from '../../src/domain/time/period.js';
import {lineWidth} from '../../src/text/line.js';
import {eventDoc} from '../../src/ui/docs/event-doc.js';
import {clampPosition, type Doc, lastPage, linesFrom, type Position, scrollBy, showBlock, TOP} from '../../src/ui/docs/scroll.js';

/** A document of blocks of so many lines, which counts how often one is laid out. */
function aDoc(heights: readonly number[]): Doc & {laidOut: number} {
  const doc = {
    laidOut: 0,
    blocks: heights.length,
    lines: (block: number) => {
      doc.laidOut++;
      return Array.from({length: heights[block] ?? 0}, (_, line) => [`${block}.${line}`]);
    },
    isChoice: () => true,
  };
  return doc;
}

const heights = fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 40});
const height = fc.integer({min: 1, max: 30});

function lineNumber(doc: Doc, {block, line}: Position): number {
  return Array.from({length: block}, (_, at) => doc.lines(at).length).reduce((sum, count) => sum + count, 0) + line;
}

test('a step down and up moves by so many lines, as far as there are any', () => {
  fc.assert(
    fc.property(heights, height, fc.integer({min: -300, max: 300}), fc.integer({min: -300, max: 300}), (blocks, page, first, second) => {
      const doc = aDoc(blocks);
      const all = blocks.reduce((sum, count) => sum + count, 0);
      const last = Math.max(0, all - page);
      const from = scrollBy(doc, TOP, first, page);
      expect(lineNumber(doc, from)).toBe(Math.max(0, Math.min(last, first)));
      expect(lineNumber(doc, scrollBy(doc, from, second, page))).toBe(Math.max(0, Math.min(last, lineNumber(doc, from) + second)));
      expect(linesFrom(doc, lastPage(doc, page), page)).toHaveLength(Math.min(page, all));
    }),
  );
});

test('a block that is shown is on the page, whole where it fits', () => {
  fc.assert(
    fc.property(heights, height, fc.nat(300), fc.nat(39), (blocks, page, from, wanted) => {
      const doc = aDoc(blocks);
      const block = wanted % blocks.length;
      const top = showBlock(doc, scrollBy(doc, TOP, from, page), block, page);
      const seen = linesFrom(doc, top, page).filter((line) => line.block === block);
      expect(seen[0]?.isFirst).toBe(true);
      expect(seen).toHaveLength(Math.min(page, blocks[block] ?? 0));
      expect(clampPosition(doc, top, page)).toEqual(top);
    }),
  );
});

test('a page of a hundred thousand blocks lays out a page', () => {
  const doc = aDoc(Array.from({length: 100_000}, () => 2));
  linesFrom(doc, scrollBy(doc, {block: 50_000, line: 0}, 1, 40), 40);
  linesFrom(doc, lastPage(doc, 40), 40);
  linesFrom(doc, showBlock(doc, TOP, 99_999, 40), 40);
  expect(doc.laidOut).toBeLessThan(250);
});

test.each([
  ['one line', 'x'.repeat(1_048_576)],
  ['words', 'tide table '.repeat(95_325)],
  ['lines', 'a line of the log\n'.repeat(58_254)],
  ['ideographs', '東'.repeat(349_525)],
])('an event of a mebibyte is laid out piece by piece, each line within the width: %s', (_, text) => {
  const event = {
    id: 'x',
    time: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's',
    agent: '',
    project: '',
    source: '',
    text,
    textBytes: 0,
    metadata: {},
  };
  const doc = eventDoc(event as unknown as AgentEvent, new Calendar('UTC'), 61);
  expect(doc.blocks).toBeGreaterThan(150);
  for (const top of [TOP, {block: Math.floor(doc.blocks / 2), line: 0}, lastPage(doc, 40)]) {
    const page = linesFrom(doc, top, 40);
    expect(page).toHaveLength(40);
    for (const {line} of page) expect(lineWidth(line)).toBeLessThanOrEqual(61);
  }
});
