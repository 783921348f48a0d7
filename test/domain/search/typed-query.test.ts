import {expect, test} from 'vitest';
import {parseTypedQuery} from '../../../src/domain/search/query/typed-query.js';

test.each([
  ['login error', {query: 'login error', projects: []}],
  ['login --from "last week" error', {query: 'login error', from: 'last week', projects: []}],
  ['--from=2024-01 --to="2 weeks ago" "exit code 1"', {query: '"exit code 1"', from: '2024-01', to: '2 weeks ago', projects: []}],
  ['-docker --role user --by session', {query: '-docker', role: 'user', by: 'session', projects: []}],
  ['a --project acme/api --project web --agent Codex', {query: 'a', agent: 'codex', projects: ['acme/api', 'web']}],
  ['"a phrase with --from in it"', {query: '"a phrase with --from in it"', projects: []}],
  ['git commit --amend', {query: 'git commit --amend', projects: []}],
])('%s', (text, parsed) => {
  expect(parseTypedQuery(text)).toEqual(parsed);
});

test.each([
  ['login --from', '--from needs a value'],
  ['--session= login', '--session needs a value'],
  ['login --role nobody', '--role "nobody" does not exist'],
  ['login --by year', '--by "year" does not exist'],
])('%s is refused', (text, message) => {
  expect(() => parseTypedQuery(text)).toThrow(message);
});
