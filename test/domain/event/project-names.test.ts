import {expect, test} from 'vitest';
import {OWN_NAMES, projectNames} from '../../../src/domain/event/project-names.js';

test('a project is read under the last name that it leads to', () => {
  const names = projectNames({'acme/old': 'acme/mid', 'acme/mid': 'acme/new', other: ''});
  expect(['acme/old', 'acme/mid', 'acme/new', 'other', ''].map((name) => names?.(name))).toEqual([
    'acme/new',
    'acme/new',
    'acme/new',
    'other',
    '',
  ]);
});

test('names that lead to each other are refused', () => {
  expect(projectNames({a: 'b', b: 'c', c: 'a'})).toBeUndefined();
  expect(projectNames({a: 'a'})).toBeUndefined();
});

test('without names nothing has to be looked up', () => {
  expect(projectNames({})).toBe(OWN_NAMES);
  expect(projectNames({a: ''})).toBe(OWN_NAMES);
});
