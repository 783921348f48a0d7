import fc from 'fast-check';
import {expect, test} from 'vitest';
import {chatText} from '../../src/page/chat-text.js';

test.each([
  ['plain words stay.', 'plain words stay.'],
  ['`make test` stays code', '`make test` stays code'],
  ['fix_the_table in <main>', '`fix_the_table` in `<main>`'],
  ['ask @here about #12', 'ask `@here` about `#12`'],
  ['![x](https://evil.example/p.png)', '`![x](https://evil.example/p.png)`'],
  ['see https://example.org/a', 'see `https://example.org/a`'],
  ['*bold* ~gone~ $x$ a|b', '`*bold*` `~gone~` `$x$` `a|b`'],
  ['1. first', '`1.` first'],
  ['- a list', '`-` a list'],
  ['it costs 1. more - or less', 'it costs 1. more - or less'],
  ['an odd ` tick', "an odd `'` tick"],
  ['&lt;b&gt; & more', '`&lt;b&gt;` & more'],
  ['two\nlines', 'two^Jlines'],
])('writes %j as %j', (text, shown) => {
  expect(chatText(text)).toBe(shown);
});

test('outside of code there is never a sign that a chat obeys, and ticks come in pairs', () => {
  fc.assert(
    fc.property(fc.string({unit: fc.constantFrom('a', ' ', '`', '*', '_', '<', '@', '#', '[', '\n', '$', ':', '/')}), (text) => {
      const pieces = chatText(text).split('`');
      expect(pieces.length % 2).toBe(1);
      for (const [at, piece] of pieces.entries()) if (at % 2 === 0) expect(piece).not.toMatch(/[*_<@#[$\n]|:\/\//);
    }),
  );
});
