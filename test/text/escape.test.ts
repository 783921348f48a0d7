import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {escapeJson, escapeText} from '../../src/text/escape.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};

const SHOWN: Readonly<Record<string, string>> = {
  csi: '^[[2J^[[31mred',
  osc52_bel: '^[]52;c;ZXZpbA==^Gx',
  osc52_st: '^[]52;c;ZXZpbA==^[\\x',
  osc8: '^[]8;;https://evil.example/(a)!x^[\\click^[]8;;^[\\',
  title: '^[]0;pwn^G',
  dcs: '^[P+q544e^[\\z',
  apc: '^[_Gf=100;AAAA^[\\z',
  pm: '^[^x^[\\z',
  sos: '^[Xabc^[\\z',
  c1_csi: '\\x9b31mred',
  c1_osc: '\\x9d52;c;AA\\x9cz',
  ris: '^[cz',
  bell: 'a^Gb',
  cr: 'visible^Mhidden',
  backspace: 'abc^H^H^Hxyz',
  nul: 'a^@b',
  split: '^[^[[[31m',
  unterminated: '^[]52;c;AAAA',
  bidi: 'a<U+202E>b<U+2066>c',
  zero_width: 'a<U+200B>b<U+2060>c<U+FEFF>d',
  tag_characters: 'hi<U+E0069><U+E0067><U+E006E><U+E006F><U+E0072><U+E0065>',
  variation_selectors: 'x<U+E0101><U+E0102>',
  line_separator: 'a<U+2028>b',
  iterm_file: '^[]1337;File=inline=1:AAAA^Gz',
  conemu: '^[]9;7;calc^G',
  decrqss: '^[P$q m^[\\z',
  lone_surrogate: 'a<U+D800>b',
};

test('the table has all 27 classes', () => {
  expect(Object.keys(classes)).toEqual(Object.keys(SHOWN));
  expect(Object.keys(classes)).toHaveLength(27);
});

test.each(Object.entries(classes))('shows the hostile class %s by visible names', (name, text) => {
  expect(escapeText(text), name).toBe(SHOWN[name]);
});

test.each(Object.entries(classes))('writes the hostile class %s into JSON as escapes that parse to the same text', (name, text) => {
  const json = escapeJson(JSON.stringify({text}));
  expect(json, name).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(json), name).toEqual({text});
});

test('leaves clean text in any script as it is', () => {
  const text = 'naïve café, 日本語 العربية हिन्दी ∑ "quoted" \\ 🎉 🇫🇷 e\u0301';
  expect(escapeText(text)).toBe(text);
  expect(escapeJson(JSON.stringify(text))).toBe(JSON.stringify(text));
});

test.each(['❤️', '👩‍💻', '👩🏽‍💻', '🏳️‍🌈', '👨‍👩‍👧', '1️⃣', '⚠️ x'])('keeps the joiners and selectors of the emoji %s', (emoji) => {
  expect(escapeText(emoji)).toBe(emoji);
});

test.each([
  ['a\u200db', 'a<U+200D>b'],
  ['👩\u200d', '👩<U+200D>'],
  ['\u200d💻', '<U+200D>💻'],
  ['👩\u200d\u200d💻', '👩<U+200D><U+200D>💻'],
  ['a\ufe0f', 'a<U+FE0F>'],
  ['1\ufe0f', '1<U+FE0F>'],
  ['❤\ufe0f\ufe0f', '❤\ufe0f<U+FE0F>'],
])('shows joiners and selectors outside an emoji: %j', (text, shown) => {
  expect(escapeText(text)).toBe(shown);
});

test('a line feed and a tab are kept from breaking a one-line text', () => {
  expect(escapeText('a\n\tb\r\nc')).toBe('a^J b^M^Jc');
});

test('a text of many lines keeps its line feeds, loses the CR before one and shows any other', () => {
  expect(escapeText('a\r\nb\rc\n\td', {multiline: true})).toBe('a\nb^Mc\n    d');
});

test('for any text: nothing harmful is left, and escaping again changes nothing', () => {
  const units = fc.array(fc.integer({min: 0, max: 0xffff}), {maxLength: 20}).map((codes) => String.fromCharCode(...codes));
  const astral = fc.array(fc.integer({min: 0x1f000, max: 0xe01ff}), {maxLength: 8}).map((codes) => String.fromCodePoint(...codes));
  fc.assert(
    fc.property(fc.oneof(units, astral, fc.string({unit: 'binary'})), (text) => {
      const shown = escapeText(text);
      expect(shown).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e0fff}\ud800-\udfff]/u);
      expect(escapeText(shown)).toBe(shown);
      expect(JSON.parse(escapeJson(JSON.stringify(text)))).toBe(text);
    }),
  );
});

test('a stack of marks is shown up to four, the others by name', () => {
  const escaped = escapeText(`a${'\u0301'.repeat(6)}b`);
  expect(escaped).toBe(`a${'\u0301'.repeat(4)}<U+0301><U+0301>b`);
  expect(escapeText(escaped)).toBe(escaped);
});

test('controls of hieroglyphs are shown by name', () => {
  expect(escapeText('\u{13430}\u{1343f}')).toBe('<U+13430><U+1343F>');
});

test('the flags of England, Scotland and Wales stay, other text in tags is shown', () => {
  const tags = (name: string): string => [...name].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  const flag = `\u{1f3f4}${tags('gbsct')}\u{e007f}`;
  expect(escapeText(`a${flag}${flag}`)).toBe(`a${flag}${flag}`);
  expect(escapeText(`\u{1f3f4}${tags('hi')}\u{e007f}`)).toBe('\u{1f3f4}<U+E0068><U+E0069><U+E007F>');
});
