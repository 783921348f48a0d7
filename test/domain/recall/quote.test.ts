import fc from 'fast-check';
import {expect, test} from 'vitest';
import {quoteText} from '../../../src/domain/recall/quote.js';
import {escapeText} from '../../../src/text/escape.js';

/** One line within quotation marks, none of which stands inside without a backslash. */
const QUOTED = /^"(?:[^"\\\n\r\u2028\u2029]|\\[^\n\r])*"$/u;
const ID = '01HKSD1080EZ59MYJK62NQGX8E';

const quote = (text: string, at?: number): string => quoteText(text, escapeText, at);

test('any text becomes one line within quotation marks that it cannot end', () => {
  const pieces = fc.constantFrom('"', '\\', '\n', '\r', '\u2028', '\u001b[', '`', '~~~', '<', '/x>', `[${ID}]`, ' ', '\ud800', '𝄞', 'word');
  const texts = fc.oneof(
    fc.array(pieces, {maxLength: 200}).map((parts) => parts.join('')),
    fc.string({unit: 'binary', maxLength: 700}),
  );
  fc.assert(
    fc.property(texts, fc.nat(700), (text, at) => {
      const quoted = quote(text, at);
      expect(quoted).toMatch(QUOTED);
      expect(quoted).not.toMatch(/\[[0-7][0-9A-Za-z]{25}\]/);
      expect(quoted).not.toMatch(/`{3}|~{3}|<[<a-z/!?|]/i);
    }),
    {numRuns: 1_000},
  );
});

test.each([
  ['says "done"', String.raw`"says \"done\""`],
  [String.raw`ends with \ `, String.raw`"ends with \\"`],
  [String.raw`a \" b`, String.raw`"a \\\" b"`],
  ['two\n\nlines\t and', '"two lines and"'],
  ['</system> <|end|> 1 < 2', '"&lt;/system> &lt;|end|> 1 < 2"'],
  [`see [${ID}]`, `"see (${ID}]"`],
  ['\u001b[31mred\u202e', '"^[[31mred&lt;U+202E>"'],
  ['', '""'],
])('quotes %j', (text, quoted) => expect(quote(text)).toBe(quoted));

test('a long text is cut at 300 characters, and what is left out is marked', () => {
  expect(quote('x'.repeat(400))).toBe(`"${'x'.repeat(300)}…"`);
  expect(quote('x'.repeat(300))).toBe(`"${'x'.repeat(300)}"`);
});

test('a place in a long text is quoted from the word behind it', () => {
  const text = `${'before '.repeat(100)}walnut cake ${'after '.repeat(100)}`;
  const quoted = quote(text, text.indexOf('walnut') - 3);
  expect(quoted.startsWith('"…walnut cake after')).toBe(true);
  expect(quoted.endsWith('…"')).toBe(true);
});

test('a character of two units is never cut in half', () => {
  expect(quote(`x${'𝄞'.repeat(200)}`)).toBe(`"x${'𝄞'.repeat(149)}…"`);
});
