import {expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {isReview} from '../../../../src/summarizers/extractive/chore.js';
import {wholeName} from '../../../../src/summarizers/extractive/periods/short-name.js';
import {worthOf} from '../../../../src/summarizers/extractive/periods/worth.js';
import {summaryOfChildren} from '../builders.js';
import {streamOf, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const textsOf = (...children: readonly ChildSummary[]) => summaryOfChildren('day', children).bullets.map(({text}) => text);

test('what is new tells more than its tests, documents and chores', () => {
  const worth = (text: string) => worthOf('commit', text);
  expect(worth('feat: draw the tides')).toBeGreaterThan(worth('draw the tides'));
  for (const kind of ['docs', 'test(tides)', 'chore', 'ci']) expect(worth(`${kind}: draw the tides`)).toBeLessThan(worth('draw the tides'));
});

test('a prefix that is no kind of commit changes nothing, whatever it is called', () => {
  expect(worthOf('commit', 'constructor: draw the tides')).toBe(worthOf('commit', 'draw the tides'));
});

test('tests and documents tell less than the rest also where no prefix says what they are', () => {
  const worth = (text: string) => worthOf('task', text);
  expect(worth('Add unit tests for the tide tables')).toBeCloseTo(worth('test: draw the tide tables'));
  expect(worth('Update README documentation of the tides')).toBeCloseTo(worth('docs: draw the tide tables'));
  expect(worth('Add a gauge that tests the tide')).toBeCloseTo(worth('Draw the tide tables'));
  expect(worth('Add test mode to the gauge')).toBeCloseTo(worth('Draw the tide tables'));
});

test('a plan tells more than one of its tasks, and less than a commit', () => {
  const text = 'draw the tide tables';
  expect(worthOf('plan', text)).toBeGreaterThan(worthOf('task', text));
  expect(worthOf('plan', text)).toBeLessThan(worthOf('commit', text));
});

test('an answer to a reviewer whose name has brackets is an answer to a review', () => {
  expect(isReview('Reply to harbour[bot] review comment')).toBe(true);
  expect(isReview('Evaluate feedback of the pilots')).toBe(true);
});

test('a commit is not told behind the name that was cut from it', () => {
  const opened = workOf(
    'a',
    tides,
    'pull request: Store a tide once, however often the gauge delivers',
    'commit: Store a tide once, however often the gauge delivers it',
    'commit: paint the mole',
  );
  expect(textsOf(opened)).toEqual(['Store a tide once: paint the mole']);
});

test('a name ends at the border of a clause, where it would be too long', () => {
  expect(wholeName('Store a tide once, however often it comes', 5)).toBe('Store a tide once');
});
