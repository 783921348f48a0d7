import {expect, test} from 'vitest';
import {countedText, estimateTokens, firstCodePoints, seenText} from '../../../src/domain/toc/tokens.js';

test.each([
  ['', 0],
  ['four', 1],
  ['héllo', 1.25],
  ['漢字', 2],
  ['漢字ab', 2.5],
  ['カタカナ', 4],
  ['한글', 2],
  ['𠮷', 1],
  ['😀😀😀😀', 1],
  ['a\ud800b', 0.75],
  ['—“”…', 1],
])('%j is %d tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test.each([
  ['tool_result', 250, 1_000],
  ['assistant_message', 5_000, 5_000],
  ['summary', 0, 0],
] as const)('of a %s of 5,000 characters %d count, and a summarizer sees %d', (type, counted, seen) => {
  const text = 'x'.repeat(5_000);
  expect(countedText(type, text)).toHaveLength(counted);
  expect(seenText(type, text)).toHaveLength(seen);
});

test('characters are code points: none is cut in two', () => {
  expect(firstCodePoints('😀😀😀', 2)).toBe('😀😀');
  expect(firstCodePoints('a😀', 5)).toBe('a😀');
});
