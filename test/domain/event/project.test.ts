import {expect, test} from 'vitest';
import {fitsGlob, lastPart, projectOfOrigin} from '../../../src/domain/event/project.js';

test.each([
  ['https://git.example.org/Acme/Kitchen.git', 'acme/kitchen'],
  ['https://user:token@git.example.org/acme/kitchen/', 'acme/kitchen'],
  ['git@git.example.org:acme/kitchen.git', 'acme/kitchen'],
  ['ssh://git@git.example.org:2222/acme/kitchen.git', 'acme/kitchen'],
  ['git.example.org:group/sub/kitchen', 'sub/kitchen'],
  ['/srv/git/kitchen.git', 'git/kitchen'],
  ['../kitchen', 'kitchen'],
  ['file:///srv/git/kitchen/.git', 'git/kitchen'],
  ['', ''],
])('names the repository behind %j', (url, project) => {
  expect(projectOfOrigin(url)).toBe(project);
});

test('calls a folder by its last part', () => {
  expect(lastPart('/srv/kitchen/')).toBe('kitchen');
  expect(lastPart('/')).toBe('');
});

test.each([
  ['acme/kitchen', 'acme/kitchen', true],
  ['Acme/Kitchen', 'acme/*', true],
  ['acme/kitchen', 'acme', false],
  ['acme/kitchen', '*', false],
  ['acme/kitchen', '**', true],
  ['acme/kitchen', 'acme/k.tchen', false],
])('tells whether %s fits %s', (project, glob, fits) => {
  expect(fitsGlob(project, glob)).toBe(fits);
});
