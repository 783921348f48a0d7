import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addDays, weekdayOf} from '../../../src/domain/time/local-date.js';
import {isAbsolutePhrase, parsePhrase} from '../../../src/domain/time/phrase.js';
import type {LocalDate} from '../../../src/domain/toc/node-id.js';

// A Wednesday; its ISO week is the third of 2024.
const TODAY = '2024-01-17' as LocalDate;

test.each([
  ['today', 'toc:day:2024-01-17'],
  ['yesterday', 'toc:day:2024-01-16'],
  ['this day', 'toc:day:2024-01-17'],
  ['last day', 'toc:day:2024-01-16'],
  ['this week', 'toc:week:2024:W03'],
  ['last week', 'toc:week:2024:W02'],
  ['this month', 'toc:month:2024:01'],
  ['last month', 'toc:month:2023:12'],
  ['this year', 'toc:year:2024'],
  ['last year', 'toc:year:2023'],
  ['0 days ago', 'toc:day:2024-01-17'],
  ['1 day ago', 'toc:day:2024-01-16'],
  ['3 days ago', 'toc:day:2024-01-14'],
  ['3 weeks ago', 'toc:week:2023:W52'],
  ['2 months ago', 'toc:month:2023:11'],
  ['2024', 'toc:year:2024'],
  ['2024-01', 'toc:month:2024:01'],
  ['2024-W03', 'toc:week:2024:W03'],
  ['2024-w03', 'toc:week:2024:W03'],
  ['2024-01-15', 'toc:day:2024-01-15'],
  ['2020-W53', 'toc:week:2020:W53'],
  ['toc:week:2024:W03', 'toc:week:2024:W03'],
  ['TOC:WEEK:2024:w03', 'toc:week:2024:W03'],
  ['toc:segment:2024-01-15:01hm5v8k3z7q9w2x4y6r8t0abc', 'toc:segment:2024-01-15:01HM5V8K3Z7Q9W2X4Y6R8T0ABC'],
  ['  LAST   Week ', 'toc:week:2024:W02'],
])('reads %j as %s, as one word or as many', (phrase, id) => {
  expect(parsePhrase([phrase], TODAY)).toBe(id);
  expect(parsePhrase(phrase.split(' '), TODAY)).toBe(id);
});

test.each([
  ['wednesday', '2024-01-10'],
  ['tuesday', '2024-01-16'],
  ['Monday', '2024-01-15'],
  ['sunday', '2024-01-14'],
  ['saturday', '2024-01-13'],
  ['friday', '2024-01-12'],
  ['thursday', '2024-01-11'],
])('%s is the last one before today', (weekday, date) => {
  expect(parsePhrase([weekday], TODAY)).toBe(`toc:day:${date}`);
});

test('a weekday lies one to seven days back, whatever day it is', () => {
  const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  fc.assert(
    fc.property(fc.integer({min: 0, max: 20_000}), fc.integer({min: 0, max: 6}), (days, at) => {
      const today = addDays('1990-01-01' as LocalDate, days);
      const date = parsePhrase([names[at] ?? ''], today).slice(8) as LocalDate;
      expect(weekdayOf(date)).toBe(at + 1);
      expect(date < today && date >= addDays(today, -7)).toBe(true);
    }),
  );
});

test('the month before the 31st of March is February', () => {
  expect(parsePhrase(['last', 'month'], '2024-03-31' as LocalDate)).toBe('toc:month:2024:02');
  expect(parsePhrase(['1', 'months', 'ago'], '2024-03-31' as LocalDate)).toBe('toc:month:2024:02');
});

test('last week is the ISO week, across the year', () => {
  expect(parsePhrase(['last', 'week'], '2025-01-06' as LocalDate)).toBe('toc:week:2025:W01');
  expect(parsePhrase(['this', 'week'], '2024-12-30' as LocalDate)).toBe('toc:week:2025:W01');
});

test.each([
  '',
  'tomorrow',
  'next week',
  'last monday',
  'mon',
  '2 years ago',
  'days ago',
  '-1 days ago',
  '24',
  '2024-1',
  '2024-01-1',
  '2024/01/15',
  '2024-W3',
  'toc:day:2024-1-5',
  'toc:decade:2020',
  'last week please',
  '99999 months ago',
])('refuses %j and names the phrases that it knows', (phrase) => {
  expect(() => parsePhrase(phrase.split(' '), TODAY)).toThrowError(
    expect.objectContaining({
      code: 'USAGE',
      message: `"${phrase}" is not a date, a phrase or a node id`,
      hint: expect.stringContaining('N days|weeks|months ago'),
    }),
  );
});

test.each(['2024-02-30', '2023-02-29', '2024-13', '2024-W54', '2023-W53', '2024-W00', 'toc:day:2024-02-30', 'toc:week:2023:W53'])(
  'says that there is no %s',
  (phrase) => {
    expect(() => parsePhrase([phrase], TODAY)).toThrowError(
      expect.objectContaining({code: 'USAGE', message: `${phrase} does not exist in the calendar`}),
    );
  },
);

test.each(['0000', '0000-01', '0000-01-01', '0001-W01', '1969-12-30', '1969-W52', '1969-11', '5000 weeks ago', 'toc:year:0000'])(
  'refuses %s: no event is as old as that',
  (phrase) => {
    // `0000` ended as a bug: the day before it has no four digits.
    expect(() => parsePhrase([phrase], TODAY)).toThrowError(
      expect.objectContaining({code: 'USAGE', message: `"${phrase}" lies before 1970`, hint: 'name a year from 1970 to 9999'}),
    );
  },
);

test('knows the years from 1970 to 9999', () => {
  // West of Greenwich the first instant of 1970 in UTC lies in 1969.
  expect(['1969', '1969-12', '1969-12-31', '1970', '1970-W01', '9999', '9999-12-31'].map((word) => parsePhrase([word], TODAY))).toEqual([
    'toc:year:1969',
    'toc:month:1969:12',
    'toc:day:1969-12-31',
    'toc:year:1970',
    'toc:week:1970:W01',
    'toc:year:9999',
    'toc:day:9999-12-31',
  ]);
});

test('knows which phrases need no today', () => {
  expect(['2024', '2024-W03', 'toc:year:2024'].map((word) => isAbsolutePhrase([word]))).toEqual([true, true, true]);
  expect(isAbsolutePhrase(['last', 'week'])).toBe(false);
});
