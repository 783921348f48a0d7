import {expect, test} from 'vitest';
import {weeksOf} from '../../../src/domain/time/weeks.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';

const date = (text: string) => text as LocalDate;

test.each([
  ['2024', 53, 366],
  ['2023', 53, 365],
  ['2012', 54, 366],
])('the days of %s stand in %i weeks, each in the row of its weekday', (year, count, days) => {
  const weeks = weeksOf(date(`${year}-01-01`), date(`${year}-12-31`));
  expect(weeks).toHaveLength(count);
  expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(days);
  for (const week of weeks)
    for (const [row, day] of week.entries()) if (day) expect((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7).toBe(row);
});
