import {expect, test} from 'vitest';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';
import {mayCount} from '../../../src/operations/toc/list-sizes.js';

const span = (first: string, last: string) => ({first: first as LocalDate, last: last as LocalDate});
const TEN_YEARS = span('2015-01-01', '2024-12-31');

test.each([
  ['a month of ten years', span('2020-03-01', '2020-03-31'), 750_000, true],
  ['all of ten years', TEN_YEARS, 750_000, false],
  ['all of ten years with little in them', TEN_YEARS, 100_000, true],
  // A list begins up to a month before what was recorded.
  ['the first year', span('2014-12-01', '2015-12-31'), 750_000, true],
  ['two years', span('2020-12-31', '2021-01-01'), 750_000, false],
])('%s', (_, list, events, may) => {
  expect(mayCount(list, TEN_YEARS, events)).toBe(may);
});
