import {expect, test} from 'vitest';
import {countedText, estimateTokens, firstCodePoints} from '../../../src/domain/toc/tokens.js';

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

test('of a tool result the first 1,000 characters count, of anything else all', () => {
  const text = 'x'.repeat(5_000);
  expect(countedText('tool_result', text)).toHaveLength(1_000);
  expect(countedText('assistant_message', text)).toHaveLength(5_000);
});

test('characters are code points: none is cut in two', () => {
  expect(firstCodePoints('😀😀😀', 2)).toBe('😀😀');
  expect(firstCodePoints('a😀', 5)).toBe('a😀');
});
