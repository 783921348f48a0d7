import {describe, expect, test} from 'vitest';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {summaryOfChildren} from '../builders.js';
import {streamOf, workOf} from './builders.js';

const tides = streamOf('t', 'ann/abc-12-add-tide-tables');
const harbour = streamOf('h', 'ben/harbour-fees', {events: 40});

function textsOf(tocLevel: 'day', children: readonly ChildSummary[]): string[] {
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
