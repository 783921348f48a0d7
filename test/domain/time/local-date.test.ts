import fc from 'fast-check';
import {DateTime, IANAZone} from 'luxon';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {addDays, addMonths, dayNumberOf, parseDate, weekdayOf} from '../../../src/domain/time/local-date.js';
import {Calendar, endDateOf, findFirstDate, periodIdOf, periodLabel, weekIdOf} from '../../../src/domain/time/period.js';
import {zoneOffset} from '../../../src/domain/time/time-zone.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';

/* The calendar against luxon, which is too slow to start for the product. */

const UTC = {zone: 'UTC', locale: 'en-US'} as const;
const dates = fc
  .integer({min: dayNumberOf('0000-02-01' as LocalDate), max: dayNumberOf('9999-11-30' as LocalDate)})
  .map((day) => addDays('1970-01-01' as LocalDate, day));
const at = (date: string) => DateTime.fromISO(date, UTC);

test('days, months and weekdays are those of luxon', () => {
  fc.assert(
    fc.property(dates, fc.integer({min: -31, max: 31}), (date, count) => {
      expect(addDays(date, count)).toBe(at(date).plus({days: count}).toISODate());
      expect(weekdayOf(date)).toBe(at(date).weekday);
      if (date > '0004' && date < '9996') expect(addMonths(date, count)).toBe(at(date).plus({months: count}).toISODate());
    }),
    {numRuns: 2000},
  );
});

test('weeks, their first dates and all periods ends are those of luxon', () => {
  fc.assert(
    fc.property(dates, (date) => {
      const {weekYear, weekNumber} = at(date);
      if (weekYear >= 0) {
        expect(weekIdOf(date)).toBe(`toc:week:${String(weekYear).padStart(4, '0')}:W${String(weekNumber).padStart(2, '0')}`);
        expect(findFirstDate(weekIdOf(date))).toBe(at(date).startOf('week').toISODate());
      }
      for (const unit of ['year', 'month', 'week', 'day'] as const) {
        if (unit === 'week' && weekYear < 0) continue;
        expect(endDateOf(periodIdOf(unit, date))).toBe(
          at(date)
            .startOf(unit)
            .plus({[unit]: 1})
            .toISODate(),
        );
      }
      expect(periodLabel(periodIdOf('day', date))).toBe(at(date).toFormat('cccc, LLLL d, yyyy'));
      expect(periodLabel(periodIdOf('month', date))).toBe(at(date).toFormat('LLLL yyyy'));
    }),
    {numRuns: 1000},
  );
});

test.each(['0000-01-01', '2024-02-29', '9999-12-31'])('%s is a date', (text) => {
  expect(parseDate(text)).toBe(text);
});

test.each(['2023-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '24-01-01', '2024-1-1', '2024-01-01T00:00'])(
  '%s is none',
  (text) => {
    expect(parseDate(text)).toBeUndefined();
  },
);

const ZONES = [
  'Europe/Amsterdam',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Monrovia',
  'Etc/UTC',
];

test.each(ZONES)('instants in %s are written as luxon writes them', (timeZone) => {
  const calendar = new Calendar(timeZone);
  const offset = zoneOffset(timeZone);
  const zone = IANAZone.create(timeZone);
  fc.assert(
    fc.property(fc.integer({min: -70_000_000_000_000, max: 70_000_000_000_000}), (instant) => {
      expect(offset(instant) / 60_000).toBeCloseTo(zone.offset(instant), 6);
      const local = DateTime.fromMillis(instant, {zone, locale: 'en-US'});
      if (local.year < 1) return;
      expect(calendar.format(instant as EpochMs)).toBe(local.toISO());
      // A time that comes twice, or is the second of two, has its offset behind it.
      expect(calendar.timeOfDay(instant as EpochMs).slice(0, 5)).toBe(local.toFormat('HH:mm'));
    }),
    {numRuns: 300},
  );
});

test.each(['Etc/UTC', 'Etc/UCT', 'Etc/Universal', 'Etc/Zulu', 'UCT', 'Universal', 'Zulu'])('%s is UTC by another name', (name) => {
  expect(new Intl.DateTimeFormat('en-US', {timeZone: name}).resolvedOptions().timeZone).toBe('UTC');
  expect(zoneOffset(name)(1_700_000_000_000)).toBe(0);
});
