import {describe, expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {summaryOfChildren} from '../builders.js';
import {streamOf, together, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const harbour = streamOf('h', 'ben/harbour-fees', {events: 40});

function textsOf(tocLevel: 'day' | 'week', children: readonly ChildSummary[]): string[] {
  return summaryOfChildren(tocLevel, children).bullets.map(({text}) => text);
}

describe('a line', () => {
  test('does not tell as asked for what a user only pasted or pointed at', () => {
    const pasted = workOf(
      'Tide tables',
      tides,
      'user: The northern tide table holds twelve readings for each port, of which the third one is rounded',
      'user: repair it: tide table of the northern ports, line 12: a number was expected',
    );
    const told = workOf('Harbour fees', harbour, 'user: the harbour fees are wrong since I moved the ports');
    expect(textsOf('day', [pasted, told])).toEqual(['Add tide tables', 'asked: the harbour fees are wrong since I moved the ports']);
  });

  test('tells what was done about a review, and not that there was one', () => {
    const children = [
      workOf('Tide tables', tides, 'commit: Address review feedback: close the almanac after reading'),
      workOf('Harbour fees', harbour, 'commit: round harbour fees'),
    ];
    expect(textsOf('day', children)[0]).toBe('Tide tables: close the almanac after reading');
  });

  test('has no line that tells of the lint alone', () => {
    const lint = streamOf('l', '', {events: 9});
    const children = [
      workOf('Tide tables', tides, 'commit: interpolate between two readings'),
      workOf('Fix lint warnings', lint, 'task: Fix lint warnings - blanks behind the tables'),
    ];
    expect(textsOf('day', children)).toEqual(['Tide tables: interpolate between two readings']);
  });
});

describe('where nothing came out, a line tells', () => {
  test('what was found', () => {
    const asked = workOf(
      'a',
      tides,
      'user: why does the tide table lose the northern ports',
      'assistant: The gauge fails because its clock stands still.',
    );
    expect(textsOf('day', [asked])).toEqual(['Add tide tables: The gauge fails because its clock stands still']);
  });

  test('what was asked, without the politeness before it', () => {
    const asked = workOf('a', tides, 'user: hey, could you please draw the tide table of the northern ports');
    expect(textsOf('day', [asked])).toEqual(['Add tide tables: asked: draw the tide table of the northern ports']);
  });
});

test('a line that tells only what was asked is known by its name above it', () => {
  const days = [together('Day', workOf('a', tides, 'Paint the harbour gate: asked: is the velvet banner pale'))];
  expect(textsOf('week', days).join()).toContain('Paint the harbour gate');
});

test("a ticket's number before an outcome says nothing", () => {
  const made = workOf('a', tides, 'commit: ABC-12: parse the northern ports');
  expect(textsOf('day', [made])).toEqual(['Parse the northern ports']);
});

test('a title names no answer to a review where something else was done', () => {
  const children = [
    workOf('Address review comments', streamOf('r', '', {events: 90}), 'commit: Address review comments'),
    workOf('Tide tables', tides, 'commit: parse the tide tables of the northern ports'),
  ];
  expect(summaryOfChildren('day', children).title).toBe('Add tide tables');
});

test('a workstream is called after its branch where its work has one word of it', () => {
  const fees = workOf('Round cents', streamOf('f', 'harbour-fee-rounding-bug'), 'commit: count the harbour in whole cents');
  const made = workOf(
    'Round cents',
    streamOf('f', 'velvet-cohen'),
    'commit: count the harbour in whole cents',
    'commit: paint the gate of the lock',
  );
  expect(textsOf('day', [fees])).toEqual(['Harbour fee rounding bug: count the harbour in whole cents']);
  expect(textsOf('day', [made]).join()).not.toContain('cohen');
});
