import {expect, test} from 'vitest';
import {talkTitle} from '../../../../src/summarizers/extractive/periods/talk/talk-title.js';
import {childOf} from '../builders.js';

const things = 'harbour violin glacier orchard telescope parliament'.split(' ');

test('what nearly all children are about is no topic of a long period', () => {
  const children = things.map((thing, at) =>
    childOf(thing, `Almanac office, ${thing} restoration`, `Ann: The ${thing} is closed, number ${at}.`),
  );
  const title = talkTitle(children, new Set());
  expect(title).not.toContain('Almanac');
  expect(title).toContain('restoration');
});

test('a name of one who speaks is no topic', () => {
  const children = [childOf('a', 'Ann, harbour visit', 'Ann: It was open.'), childOf('b', 'Ann, violin lesson', 'Ann: It was long.')];
  expect(talkTitle(children, new Set(['Ann']))).toBe('harbour visit, violin lesson');
});
