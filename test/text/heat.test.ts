import fc from 'fast-check';
import {expect, test} from 'vitest';
import {heatScale} from '../../src/text/heat.js';
import {stepBar} from '../../src/text/step-bar.js';

test('shades hold a quarter of the days each, however large the largest one is', () => {
  const {limits, shadeOf} = heatScale([0, 1, 2, 3, 4, 5, 6, 7, 1_000_000, 0]);
  expect(limits).toEqual([2, 4, 6, 1_000_000]);
  expect([0, 1, 2, 3, 6, 7, 1_000_000].map(shadeOf)).toEqual([0, 1, 1, 2, 3, 4, 4]);
});

test('a larger figure never has a lighter shade, and none but 0 has none', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), {minLength: 1}), (figures) => {
      const {shadeOf} = heatScale(figures);
      const shades = [...figures].sort((a, b) => a - b).map(shadeOf);
      expect(shades).toEqual([...shades].sort((a, b) => a - b));
      for (const figure of figures) expect(shadeOf(figure) === 0).toBe(figure === 0);
    }),
  );
});

test.each([
  [0, 8, ' '],
  [1, 800, '▁'],
  [1, 8, '▁'],
  [2, 8, '▂'],
  [4, 8, '▄'],
  [7.5, 8, '█'],
  [8, 8, '█'],
  [9, 8, '█'],
  [3, 0, ' '],
])('%d of %d is the step %j', (figure, largest, step) => {
  expect(stepBar(figure, largest)).toBe(step);
});
