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

test.each([
  ['각', 2, 'decomposed Hangul'],
  ['\u1100\u1161\u11a8\u1102\u1161', 4, 'two decomposed syllables'],
  ['\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 2, 'the flag of England'],
  ['\u{1fae9}', 2, 'an emoji of Unicode 16'],
  ['\u4dc0', 2, 'a hexagram, wide since Unicode 16'],
  ['\u2630', 2, 'a trigram, wide since Unicode 16'],
  ['\u{16ff4}', 1, 'not assigned in Unicode 16'],
  ['e\u0301', 1, 'a letter with a mark'],
])('%s takes %i columns: %s', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});
