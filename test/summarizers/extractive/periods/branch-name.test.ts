import {expect, test} from 'vitest';
import {branchName, branchWords} from '../../../../src/summarizers/extractive/periods/branch-name.js';
import {termsOf} from '../../../../src/summarizers/extractive/periods/terms.js';

test.each([
  ['ann/abc-12-add-tide-tables', 'add tide tables'],
  ['fix/tide-tables', 'fix tide tables'],
  ['bugfix/fix-tide-tables', 'fix tide tables'],
  ['feature/ben/tide_tables', 'tide tables'],
  ['412-tide-tables', 'tide tables'],
  ['tide-tables-2', 'tide tables'],
  ['tide-tables-x7f2q', 'tide tables'],
  ['next', ''],
  ['ann/abc-12', ''],
  ['patch-1', ''],
  ['temp/3', ''],
])('the words of the branch %s are "%s"', (branch, words) => {
  expect(branchWords(branch).join(' ')).toBe(words);
});

test('a branch says something where half of its words come up in the work', () => {
  const said = new Set(termsOf('the tides of the harbour'));
  expect(branchName('add-tide-tables', new Set(termsOf('tide tables')), new Map())).toBe('Add tide tables');
  expect(branchName('brave-lovelace', said, new Map())).toBe('');
});

test('a word keeps the capitals that the work gives it', () => {
  expect(branchName('csv-import', new Set(termsOf('CSV import')), new Map([['csv', 'CSV']]))).toBe('CSV import');
});
