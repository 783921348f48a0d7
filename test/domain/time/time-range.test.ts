import {expect, test} from 'vitest';
import {Calendar} from '../../../src/domain/time/period.js';
import {parseTimeRange} from '../../../src/domain/time/time-range.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';

const BERLIN = new Calendar('Europe/Berlin');
const TODAY = '2024-04-03' as LocalDate;

function rangeOf(from?: string, to?: string): readonly (string | undefined)[] {
  const range = parseTimeRange(from, to, TODAY, BERLIN);
  return [range.from, range.to].map((at) => (at === undefined ? undefined : new Date(at).toISOString()));
}

test('a date as --to includes that day, one of 23 hours too', () => {
  expect(rangeOf('2024-03-30', '2024-03-31')).toEqual(['2024-03-29T23:00:00.000Z', '2024-03-31T22:00:00.000Z']);
});

test('any period can be said, and an open side stays open', () => {
  expect(rangeOf('2024-01', undefined)).toEqual(['2023-12-31T23:00:00.000Z', undefined]);
  expect(rangeOf(undefined, 'last week')).toEqual([undefined, '2024-03-31T22:00:00.000Z']);
  expect(rangeOf()).toEqual([undefined, undefined]);
});

test('an instant is taken as it is', () => {
  expect(rangeOf('2024-01-15T12:00:00+02:00', '2024-01-15T10:00:01.5Z')).toEqual(['2024-01-15T10:00:00.000Z', '2024-01-15T10:00:01.500Z']);
});

test.each([
  ['2024-03-31', '2024-03-30'],
  ['2024-01-15T10:00:00Z', '2024-01-15T10:00:00Z'],
  ['2024-01-15T10:00:00', undefined],
  ['2024-13-15T10:00:00Z', undefined],
  ['2024-02-30T10:00:00Z', undefined],
  [undefined, 'some day'],
  ['0000-01-01', undefined],
  ['1969-12-31T23:00:00Z', undefined],
  [undefined, '0000'],
])('refuses the range from %s to %s', (from, to) => {
  expect(() => rangeOf(from, to)).toThrowError(expect.objectContaining({code: 'USAGE'}));
});
