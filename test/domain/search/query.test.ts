import {expect, test} from 'vitest';
import {nearWords} from '../../../src/domain/search/query/near-words.js';
import {parseQuery, passesQuery} from '../../../src/domain/search/query/query.js';
import {snippetOf} from '../../../src/domain/search/query/snippet.js';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';

const tokenizer = new SearchTokenizer();
const parse = (text: string) => parseQuery(text, tokenizer);
const passes = (query: string, text: string): boolean => passesQuery(parse(query), text, () => new Set(tokenizer.terms(text)));

test('a query is words, phrases, and what must not be there', () => {
  expect(parse('Fixed "exit  Code 1" -docker -"not this" parseJson')).toEqual({
    words: [
      {word: 'Fixed', terms: ['fix']},
      {word: 'exit', terms: ['exit']},
      {word: 'Code', terms: ['code']},
      {word: '1', terms: ['1']},
      {word: 'parseJson', terms: ['pars', 'json']},
    ],
    phrases: ['exit code 1'],
    not: [['docker']],
    notPhrases: ['not this'],
  });
});

test('a quotation mark without an end reaches to the end, and stop words alone give no word', () => {
  expect(parse('"as it').phrases).toEqual(['as it']);
  expect(parse('the of " " -').words).toEqual([]);
});

test('a phrase stands in a text whatever its case and white space, and a refused word in any of its forms', () => {
  expect(passes('"exit code 1"', 'it ended: Exit\n code  1!')).toBe(true);
  expect(passes('"exit code 1"', 'exit with code 1')).toBe(false);
  expect(passes('exit -dockers', 'exit of Docker')).toBe(false);
  expect(passes('exit -parseJson', 'exit, parse')).toBe(true);
  expect(passes('exit -"code 1"', 'exit code 1')).toBe(false);
});

test('near words are other endings, parts of compounds and typing errors, the nearest first, at most eight', () => {
  expect(nearWords('transcirpt', ['transport', 'transcript', 'apple'])).toEqual(['transcript', 'transport']);
  expect(nearWords('anmeldung', ['benutzeranmeldung', 'anmeldefehler', 'meldung', 'xyz'])).toEqual([
    'meldung',
    'benutzeranmeldung',
    'anmeldefehler',
  ]);
  expect(nearWords('错误', ['登录', '错了'])).toEqual([]);
  expect(
    nearWords(
      'session',
      Array.from({length: 20}, (_, at) => `sessio${at}`),
    ),
  ).toHaveLength(8);
});

test('a snippet is the two lines with the most telling words, in their order, with the words marked', () => {
  const weights = new Map([
    ['redirect', 3],
    ['login', 2],
    ['page', 0.5],
  ]);
  const text = 'a page\nthe login page\n\nnothing\nredirects of the login\npage page page';
  expect(snippetOf(text, weights, tokenizer)).toEqual([
    {
      text: 'the login page',
      marks: [
        {start: 4, end: 9},
        {start: 10, end: 14},
      ],
    },
    {
      text: 'redirects of the login',
      marks: [
        {start: 0, end: 9},
        {start: 17, end: 22},
      ],
    },
  ]);
  expect(snippetOf('\nfirst\nsecond', weights, tokenizer)).toEqual([{text: 'first', marks: []}]);
});

test('a long line is cut around its first match, between words, and the marks go with it', () => {
  const line = `${'word '.repeat(100)}the login ${'word '.repeat(100)}`;
  const [cut] = snippetOf(line, new Map([['login', 1]]), tokenizer);
  expect(cut?.text.length).toBeLessThanOrEqual(162);
  expect(cut?.text).toMatch(/^…word .*word…$|^…word .*…$/);
  const [mark] = cut?.marks ?? [];
  expect(cut?.text.slice(mark?.start, mark?.end)).toBe('login');
});

test('a line of characters outside of the basic plane is not cut within one', () => {
  const [cut] = snippetOf('\u{1f600}'.repeat(400), new Map([['x', 1]]), tokenizer);
  expect(cut?.text.isWellFormed()).toBe(true);
});
