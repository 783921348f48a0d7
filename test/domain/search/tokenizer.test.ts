import {expect, test} from 'vitest';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';

const terms = (text: string): string[] => new SearchTokenizer().terms(text);

test('a term is a word without case, stop words and English endings', () => {
  expect(terms("The user's Tests were tested; she doesn’t test")).toEqual(['user', 'test', 'test', 'test']);
  expect(terms('connections connected connecting relational hopefulness')).toEqual(['connect', 'connect', 'connect', 'relat', 'hope']);
});

test('parts of identifiers are terms, and a run of capitals ends before the next word', () => {
  expect(terms('parseHTTPRequest snake_case_name src/domain/x2.ts --dry-run')).toEqual([
    'pars',
    'http',
    'request',
    'snake',
    'case',
    'name',
    'src',
    'domain',
    'x2',
    'ts',
    'dry',
    'run',
  ]);
  expect(terms('a1b2c3d IDs v1.2')).toEqual(['a1b2c3d', 'id', 'v1', '2']);
});

test('accents leave Latin letters and no others, and ё is е', () => {
  expect(terms('Café ÜBER ﬁle')).toEqual(['cafe', 'uber', 'file']);
  expect(terms('Ещё йод')).toEqual(['еще', 'йод']);
});

test('scripts without spaces give pairs of characters, and one character alone stays', () => {
  expect(terms('修复登录错误')).toEqual(['修复', '复登', '登录', '录错', '错误']);
  expect(terms('API の設定')).toEqual(['api', 'の設', '設定']);
  expect(terms('猫 로그인')).toEqual(['猫', '로그', '그인']);
});

test('a long word counts with its beginning, and each place is that of its word', () => {
  expect(terms('x'.repeat(500))).toEqual(['x'.repeat(40)]);
  expect(new SearchTokenizer().found('go fixBug 修复了')).toEqual([
    {term: 'go', start: 0, end: 2},
    {term: 'fix', start: 3, end: 6},
    {term: 'bug', start: 6, end: 9},
    {term: '修复', start: 10, end: 12},
    {term: '复了', start: 11, end: 13},
  ]);
});

test.each(['a', '修', 'aB', '_', "a'", '\u{1f600}', '\u0301'])('a mebibyte of %j takes as many steps as it has characters', (unit) => {
  // Were it quadratic, this would not end.
  const count = Math.floor((1 << 20) / unit.length);
  expect(terms(unit.repeat(count)).length).toBeLessThanOrEqual(count * 2);
});
