import {describe, expect, test} from 'vitest';
import {summaryOfChildren} from '../builders.js';
import {streamOf, together, workOf} from './builders.js';

const session = streamOf('s', '');
const hours = [
  workOf('Draw moon phases', session, 'commit: draw moon phases beside each week'),
  workOf('Print harbour fees', session, 'commit: fix: properly print harbour fees in whole cents'),
  workOf('Oil the crane', session, 'commit: fix: address the rusty gears below the northern crane'),
  workOf('Sort the lanterns', session, 'commit: Replace lanterns by the height of their mole'),
];

describe('a session without a branch that was about one thing after the other', () => {
  const day = summaryOfChildren('day', hours);

  test('has a line without a name, for what one hour was about is no name for all', () => {
    expect(day.bullets.map(({text}) => text)).toEqual([
      'Draw moon phases beside each week; properly print harbour fees in whole cents; address the rusty gears below the northern crane; replace lanterns by the height of their mole',
    ]);
  });

  test('gives its day a title of what came out', () => {
    expect(day.title).toBe('Properly print harbour fees, replace lanterns by the height');
  });

  test('has none in a week, either', () => {
    const {bullets} = summaryOfChildren('week', [together('Moon', ...hours.slice(0, 2)), together('Crane', ...hours.slice(2))]);
    expect(bullets[0]?.text).toMatch(/^Draw moon phases beside each week; /);
  });
});

test('a session without a branch has the name that most of it is about', () => {
  const children = [
    workOf('Oil the northern crane', session, 'commit: oil the gears of the northern crane'),
    workOf('Grease it', session, 'commit: grease the rope of the northern crane', 'commit: oil the wheel of the northern crane'),
    workOf('Sort the lanterns', session, 'commit: sort lanterns by the height of their mole'),
  ];
  expect(summaryOfChildren('day', children).bullets[0]?.text).toMatch(/^Oil the northern crane: /);
});

test('the title of a period need not cut a name behind which nothing stands', () => {
  const told = workOf(
    'Northern crane is turning over the southern mole',
    session,
    'user: the northern crane is turning over the southern mole',
  );
  const asked = workOf('Yes', session, 'user: the northern crane has no lamp at night');
  expect(summaryOfChildren('day', [told, asked]).title).toBe('Northern crane is turning over the southern mole');
});

test('a session without a branch keeps the name of most of what a day tells', () => {
  const day = workOf('Crane', session, 'Oil the northern crane: grease ropes; paint two hulls; hang a bell; weigh each anchor');
  expect(summaryOfChildren('week', [day, workOf('Moon', session, 'Draw moon phases')]).bullets[0]?.text).toMatch(
    /^Oil the northern crane: /,
  );
});

test('a release is told behind what was reported since, and opens the title', () => {
  const children = [
    workOf('Oil the crane', session, 'assistant: Replaced the rusty gears of the northern crane'),
    workOf('Release', session, 'commit: Release v1.4.0'),
  ];
  const {title, bullets} = summaryOfChildren('day', children);
  expect(bullets[0]?.text).toMatch(/replace the rusty gears of the northern crane; Release v1\.4\.0$/i);
  expect(title).toMatch(/Release v1\.4\.0/);
});
