import fc from 'fast-check';
import {expect, test} from 'vitest';
import {widthOf, wrapText} from '../../src/text/width.js';

test.each([
  ['plain', 5],
  ['日本語', 6],
  ['한국어', 6],
  ['e\u0301', 1],
  ['🎉', 2],
  ['👩‍💻', 2],
  ['👍🏽', 2],
  ['🇫🇷', 2],
  ['🇫🇷🇩🇪', 4],
  ['❤️', 2],
  ['1️⃣', 2],
  ['│ • – …', 7],
  ['ｆｕｌｌ', 8],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test('breaks at spaces, and only a word that is too long inside', () => {
  expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapText('a abcdefghijkl b', 6)).toEqual(['a abcd', 'efghij', 'kl b']);
  expect(wrapText('', 10)).toEqual([]);
});

test('text in wide characters fills its lines', () => {
  expect(wrapText('ab 日本語日本語', 8)).toEqual(['ab 日本', '語日本語']);
});

test('no line is too wide, and no character is lost', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 60}), fc.integer({min: 4, max: 30}), (text, width) => {
      const lines = wrapText(text, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});
