import {expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {summaryOfChildren} from '../builders.js';
import {streamOf, together, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const day = (...children: readonly ChildSummary[]) => together('Day', ...children);
const textsOf = (...args: Parameters<typeof summaryOfChildren>) => summaryOfChildren(...args).bullets.map(({text}) => text);

test('joins branches that are for one issue, under the name of the heaviest', () => {
  const children = [
    day(workOf('a', streamOf('1', 'ann/abc-12-tide-tables'), 'Tide tables: parse the northern ports')),
    day(workOf('b', streamOf('2', 'ann/abc-12-smooth-curves', {events: 90}), 'Smooth curves: draw the tides of a month')),
  ];
  expect(textsOf('week', children)).toEqual(['Smooth curves: parse the northern ports; draw the tides of a month']);
});

test('is called after the heaviest work first, also where it was only asked about', () => {
  const done = workOf('a', tides, 'commit: parse the northern tide tables');
  const facts = [{kind: 'commit', text: 'parse the northern tide tables', eventIds: [], workstream: 't'}] as const;
  const asked = workOf('b', streamOf('q', 'broken-gauge-of-the-port', {events: 300}), 'user: why does the gauge of the port look broken');
  const {title} = summaryOfChildren('day', [{...done, facts}, asked]);
  expect(title).toBe('Broken gauge of the port, add tide tables');
});

test('joins a branch over two work trees of a project, and branches that only count on', () => {
  const children = [
    day(workOf('a', streamOf('1', 'tide-tables', {project: 'one'}), 'Tide tables: parse the northern ports')),
    day(workOf('b', streamOf('2', 'tide-tables-2', {project: 'two'}), 'Tide tables: draw a smooth curve')),
  ];
  expect(textsOf('week', children)).toEqual(['Tide tables: parse the northern ports; draw a smooth curve']);
});

test('says the project where there are several', () => {
  const almanac = streamOf('a', 'add-tide-tables', {project: 'ann/almanac'});
  const ledger = streamOf('l', 'round-fees', {project: 'ann/ledger'});
  const children = [
    day(workOf('a', almanac, 'Add tide tables: parse the northern ports'), workOf('b', ledger, 'Round fees: count in whole cents')),
  ];
  expect(textsOf('week', children)).toEqual([
    'almanac · Add tide tables: parse the northern ports',
    'ledger · Round fees: count in whole cents',
  ]);
});

test('is called after the only pull request of its branch, without the ticket', () => {
  const opened = workOf('a', tides, 'commit: parse the northern ports', 'pull request: feat: draw the tides of both ports (ABC-12)');
  expect(textsOf('day', [opened])).toEqual(['Draw the tides of both ports: parse the northern ports']);
});

test('is called after its branch where there are several pull requests, or several branches of one ticket', () => {
  const [first, second] = ['pull request: draw the tides of both ports', 'pull request: paint the tide gauge'];
  expect(textsOf('day', [workOf('a', tides, 'commit: parse the tide of ports', first ?? '', second ?? '')])[0]).toMatch(
    /^Add tide tables: /,
  );
  const other = workOf('b', streamOf('o', 'ann/abc-12-smooth-tides'), 'commit: smooth the tide curves');
  expect(textsOf('day', [workOf('a', tides, 'commit: parse the tide of ports', first ?? ''), other])[0]).toMatch(/^Add tide tables: /);
});

test('tells in a week the commit after which a day called its line', () => {
  const named = workOf('Parse the northern ports', streamOf('n', ''), 'commit: parse the northern ports', 'commit: salt the ferry');
  const bullets = [{text: 'Parse the northern ports: salt the ferry', eventIds: [], workstream: 'n'}];
  const other = {...named, bullets: [{text: 'Parse the northern ports: oil the crane', eventIds: [], workstream: 'n'}]};
  const [line] = textsOf('week', [
    {...named, bullets},
    {...other, facts: []},
  ]);
  expect(line).toContain('arse the northern ports');
  expect(line).toContain('salt the ferry');
});
