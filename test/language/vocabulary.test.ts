import {expect, test} from 'vitest';
import {Vocabulary} from '../../src/language/vocabulary.js';

test('thousands of words are a term each, and each form of a word is the term that it was', () => {
  const vocabulary = new Vocabulary();
  const words = Array.from({length: 5_000}, (_, n) => `w${n.toString(36)}q`);
  const text = `${words.join(' ')} `;
  const first = vocabulary.scan(text, 0, text.length, 0, 1).map(({term}) => term.number);
  expect(first).toEqual(words.map((_, n) => n));
  const again = text.toUpperCase();
  expect(vocabulary.scan(again, 0, again.length, 1, 1).map(({term}) => term.number)).toEqual(first);
  expect(vocabulary.terms).toHaveLength(5_000);
  expect(vocabulary.terms.every(({spread}) => spread === 2)).toBe(true);
});
