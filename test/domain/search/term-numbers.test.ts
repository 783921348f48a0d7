import fc from 'fast-check';
import {expect, test} from 'vitest';
import {TermNumbers} from '../../../src/domain/search/words/term-numbers.js';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';

test('each word keeps its term, whatever was met before, and words of one term have its number', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'binary', minLength: 1, maxLength: 6}), {maxLength: 300}), (words) => {
      const numbers = new TermNumbers((word) => (word.startsWith('x') ? '' : word.toLowerCase()));
      for (const word of [...words, ...words]) {
        const text = `[${word}]`;
        const number = numbers.numberOf(text, 1, 1 + word.length);
        expect(number < 0 ? '' : numbers.terms[number]).toBe(word.startsWith('x') ? '' : word.toLowerCase());
      }
      expect(new Set(numbers.terms).size).toBe(numbers.terms.length);
      for (const term of numbers.terms) expect(numbers.terms[numbers.numberOfTerm(term)]).toBe(term);
    }),
  );
});

test('tens of thousands of words are told apart', () => {
  const numbers = new TermNumbers((word) => word);
  const words = Array.from({length: 50_000}, (_, n) => n.toString(36));
  expect(words.map((word) => numbers.numberOf(word, 0, word.length))).toEqual(words.map((_, n) => n));
  expect(words.map((word) => numbers.numberOf(word, 0, word.length))).toEqual(words.map((_, n) => n));
  expect(numbers.words).toBe(50_000);
  numbers.clear();
  expect(numbers.numberOf('9zz', 0, 3)).toBe(0);
  expect(numbers.terms).toEqual(['9zz']);
});

test('a tokenizer that met more words than it remembers gives the same terms', () => {
  const tokenizer = new SearchTokenizer();
  tokenizer.terms(Array.from({length: 70_000}, (_, n) => `w${n.toString(36)}`).join(' '));
  expect(tokenizer.terms('connections of the wzz gauge')).toEqual(['connect', 'wzz', 'gaug']);
  expect(tokenizer.numbered).toHaveLength(3);
});
