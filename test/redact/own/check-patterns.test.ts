import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checkPatterns} from '../../../src/redact/own/check/check-patterns.js';
import {ownHider} from '../../../src/redact/own/hide-own.js';

test('a pattern has its place as its name, or that of its first named group', () => {
  const patterns = ['ACME-[0-9]{6,12}', 'ticket (?<ticket>[0-9]{6})', 'KUNDE[A-Z]{4}'];
  expect(checkPatterns(patterns).map(({name}) => name)).toEqual(['own-1', 'ticket', 'own-3']);
});

test.each([
  'ACME-[0-9]{6,12}',
  '(?<![A-Za-z0-9])acme_[0-9A-Za-z_-]{22,255}(?![A-Za-z0-9])',
  String.raw`acme\.[0-9a-z]{8,400}\.[0-9a-z]{8,400}\.[0-9a-z]{10,400}`,
  '(?:dev|prod)-(?:[0-9a-f]{4}-){3}[0-9a-f]{4}',
  String.raw`\bproject (?:Falke|Amsel)\b`,
  '(?=[a-z]{0,60}[0-9])[0-9a-z]{32,100}',
])('%s is taken', (pattern) => {
  expect(checkPatterns([pattern])).toHaveLength(1);
});

test.each([
  ['ACME-[0-9]+', 'repeats without a bound in [0-9]+'],
  ['ACME-[0-9]*x', 'repeats without a bound in [0-9]*'],
  ['ACME-[0-9]{6,}', 'repeats without a bound in [0-9]{6,}'],
  ['ACME-(?:a{1,9}){2,9}', 'steps for each character'],
  ['acme(?:a|a){0,30}b', 'steps for each character'],
  ['acme(?:a|ab|abc){0,40}c', 'can take over a billion steps'],
  ['[a-z]{0,90}[a-z]{0,90}[a-z]{5,90}!', 'steps for each character'],
  ['aaaa[a-z]{0,300}[a-z]{0,9}!', 'steps for each character'],
  ['acme.{0,4000}end.{0,4000}end', 'steps for each character'],
  [String.raw`(acme)\1{1,3}`, 'refers back'],
  ['abc', 'can match 3 characters'],
  ['[0-9]{1,12}', 'can match 1 character;'],
  ['', 'can match 0 characters'],
  ['acme|ac', 'can match 2 characters'],
  ['ACME-[0-9', 'is not a regular expression'],
  ['(?<Ticket>[0-9]{6})', 'names a group "Ticket"'],
  ['a'.repeat(1_001), 'is longer than 1000'],
])('%s is refused: %s', (pattern, reason) => {
  expect(() => checkPatterns(['ACME-[0-9]{6}', pattern])).toThrow(reason);
});

const BLOCK = 64 * 1024;

/** Parts of which patterns are made up, and of texts that keep them busy. */
const part = fc.oneof(
  fc.constantFrom('a', 'b', '[ab]', '[^b]', '.', String.raw`\w`),
  fc
    .tuple(fc.constantFrom('a', '[ab]', '.', '(?:a|b)', '(?:ab|a)', '(?:a{1,3}b?)'), fc.nat(4), fc.nat(60))
    .map(([what, min, more]) => `${what}{${min},${min + more}}`),
);

test('what is taken is done with a hostile text in time', () => {
  const ran = {taken: 0, refused: 0};
  fc.assert(
    fc.property(fc.array(part, {minLength: 1, maxLength: 6}), fc.constantFrom('a', 'ab', 'aab', 'b'), (parts, text) => {
      const pattern = `${parts.join('')}!aaaa`;
      try {
        checkPatterns([pattern]);
      } catch {
        ran.refused++;
        return;
      }
      ran.taken++;
      const hide = ownHider(checkPatterns([pattern]));
      const hostile = text.repeat(BLOCK / text.length);
      const begun = process.cpuUsage();
      hide(hostile, () => '');
      const {user} = process.cpuUsage(begun);
      // 500 steps for each of 65,536 characters; a machine does some hundred million of them a second.
      expect(user / 1_000_000, pattern).toBeLessThan(3);
    }),
    {numRuns: 60},
  );
  expect(ran.taken).toBeGreaterThan(5);
  expect(ran.refused).toBeGreaterThan(5);
});
