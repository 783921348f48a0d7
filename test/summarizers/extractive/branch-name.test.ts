import {expect, test} from 'vitest';
import {branchName, branchWords, ticketOf} from '../../../src/summarizers/extractive/branch-name.js';

test.each([
  ['ann/abc-12-add-tide-tables', 'add tide tables'],
  ['fix/tide-tables', 'fix tide tables'],
  ['bugfix/fix-tide-tables', 'fix tide tables'],
  ['feature/ben/tide_tables', 'tide tables'],
  ['412-tide-tables', 'tide tables'],
  ['tide-tables-2', 'tide tables'],
  ['tide-tables-x7f2q', 'tide tables'],
  ['one-to-one-tables', 'one to one tables'],
  ['next', ''],
  ['ann/abc-12', ''],
  ['patch-1', ''],
  ['temp/3', ''],
])('the words of the branch %s are "%s"', (branch, words) => {
  expect(branchWords(branch).join(' ')).toBe(words);
});

const named = (branch: string, said: string) => branchName(branch, (word) => said.split(' ').includes(word), 0.5).join(' ');

test('a branch says something where enough of its words come up in the work', () => {
  expect(named('add-tide-tables', 'tide tables')).toBe('add tide tables');
  expect(named('brave-lovelace', 'the tides of the harbour')).toBe('');
  expect(named('fix-tide-gauge-of-harbour', 'fix tide')).toBe('');
});

test('a branch is named as one asks for work', () => {
  expect(named('adds-tide-tables', 'tide tables')).toBe('add tide tables');
});

test.each([
  ['ann/abc-12-add-tide-tables', 'abc-12'],
  ['ann/ABC-12', 'abc-12'],
  ['tide-tables', ''],
  ['412-tide-tables', ''],
])('the issue of the branch %s is "%s"', (branch, ticket) => {
  expect(ticketOf(branch)).toBe(ticket);
});
