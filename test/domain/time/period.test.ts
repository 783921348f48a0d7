import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {addDays} from '../../../src/domain/time/local-date.js';
import {
  Calendar,
  dependentsOf,
  endDateOf,
  findFirstDate,
  firstDateOf,
  parentOf,
  periodIdOf,
  periodLabel,
  weekIdOf,
} from '../../../src/domain/time/period.js';
import {canonicalTimeZone} from '../../../src/domain/time/time-zone.js';
import {zoneSpelling} from '../../../src/domain/time/zone-spelling.js';
import {dayId, type LocalDate, type NodeId, periodPartOf} from '../../../src/domain/toc/node-id.js';

const ZONES = [
  'UTC',
  'Africa/Cairo',
  'America/Havana',
  'America/Santiago',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/St_Johns',
];
const zone = fc.constantFrom(...ZONES).map((name) => new Calendar(name));
const instant = fc.integer({min: 0, max: 2_100_000_000_000}).map((ms) => ms as EpochMs);
const tocLevel = fc.constantFrom('year', 'month', 'week', 'day' as const);

const localDate = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {timeZone, year: 'numeric', month: '2-digit', day: '2-digit'}).format(ms);

describe('periods', () => {
  test('hold the instant whose date names them', () => {
    fc.assert(
      fc.property(zone, instant, tocLevel, (calendar, at, level) => {
        const {start, end} = calendar.boundsOf(periodIdOf(level, calendar.dateOf(at)));
        expect(start).toBeLessThanOrEqual(at);
        expect(end).toBeGreaterThan(at);
      }),
      {numRuns: 2_000},
    );
  });

  test('end where the next one starts', () => {
    fc.assert(
      fc.property(zone, instant, tocLevel, (calendar, at, level) => {
        const id = periodIdOf(level, calendar.dateOf(at));
        expect(calendar.boundsOf(periodIdOf(level, endDateOf(id))).start).toBe(calendar.boundsOf(id).end);
      }),
      {numRuns: 2_000},
    );
  });

  test('of a day start at the first instant of its local date', () => {
    fc.assert(
      fc.property(zone, instant, (calendar, at) => {
        const date = calendar.dateOf(at);
        const start = calendar.dayStart(date);
        expect(localDate(start, calendar.timeZone)).toBe(date);
        expect(localDate(start - 1, calendar.timeZone) < date).toBe(true);
      }),
      {numRuns: 1_000},
    );
  });

  test.each([
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00:00.000Z', 'a day that began at 01:00'],
    ['America/Havana', '2024-11-03', '2024-11-03T04:00:00.000Z', 'midnight came twice, the first counts'],
    ['Atlantic/Azores', '2024-10-27', '2024-10-27T00:00:00.000Z', 'midnight came twice, the first counts'],
    ['America/Santiago', '2024-09-08', '2024-09-08T04:00:00.000Z', 'midnight was missing'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z', 'midnight was missing'],
    ['Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00.000Z', 'half an hour of change later that day'],
    ['Asia/Kathmandu', '2024-01-15', '2024-01-14T18:15:00.000Z', 'an offset of 5:45'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z', 'the day before was skipped'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 'a skipped day is empty'],
  ])('%s %s starts at %s: %s', (name, date, start) => {
    expect(new Date(new Calendar(name).dayStart(date as LocalDate)).toISOString()).toBe(start);
  });

  test('of a week that lies in two years is named after the year of its Thursday', () => {
    expect(weekIdOf('2024-12-30' as LocalDate)).toBe('toc:week:2025:W01');
    expect(weekIdOf('2021-01-03' as LocalDate)).toBe('toc:week:2020:W53');
    expect(firstDateOf('toc:week:2025:W01' as NodeId)).toBe('2024-12-30');
  });

  test('are read from ids only when they exist', () => {
    expect(findFirstDate('toc:day:2023-02-29' as NodeId)).toBeUndefined();
    expect(findFirstDate('toc:week:2024:W53' as NodeId)).toBeUndefined();
    expect(findFirstDate('toc:week:2020:W53' as NodeId)).toBe('2020-12-28');
  });

  test('are inputs of the periods that hold their dates', () => {
    const day = dayId('2024-12-30' as LocalDate);
    expect(dependentsOf(day)).toEqual(['toc:week:2025:W01', 'toc:month:2024:12']);
    expect(dependentsOf('toc:month:2024:12' as NodeId)).toEqual(['toc:year:2024']);
    expect(dependentsOf('toc:week:2025:W01' as NodeId)).toEqual([]);
    expect(parentOf(day)).toBe('toc:week:2025:W01');
    expect(parentOf('toc:week:2025:W01' as NodeId)).toBe('toc:month:2025:01');
    expect(parentOf('toc:month:2025:01' as NodeId)).toBe('toc:year:2025');
  });

  test.each([
    ['toc:year:2024', '2024'],
    ['toc:month:2024:01', 'January 2024'],
    ['toc:week:2024:W03', 'Week 3 of 2024'],
    ['toc:day:2024-01-15', 'Monday, January 15, 2024'],
  ])('%s is called %s', (id, label) => {
    expect(periodLabel(id as NodeId)).toBe(label);
  });

  test('of a segment are called after its date and the local time of its first event', () => {
    const calendar = new Calendar('Australia/Lord_Howe');
    const start = Date.parse('2024-01-15T01:00:00Z') as EpochMs;
    expect(calendar.labelOf('toc:segment:2024-01-15:01HM5Z5Z5ZABCDEFGHJKMNPQRS' as NodeId, start)).toBe('January 15, 2024 at 12:00');
    expect(calendar.format(start)).toBe('2024-01-15T12:00:00.000+11:00');
  });
});

describe('time zones', () => {
  test.each([
    ['UTC', 'UTC'],
    ['Europe/Rome', 'Europe/Rome'],
    ['europe/berlin', 'Europe/Berlin'],
    ['EUROPE/BERLIN', 'Europe/Berlin'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    // Aliases to ICU.
    ['asia/kolkata', 'Asia/Kolkata'],
    ['ASIA/CALCUTTA', 'Asia/Calcutta'],
    ['us/east-indiana', 'US/East-Indiana'],
    ['+02:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
    ['../etc/passwd', undefined],
  ])('the IANA time zone %j is spelled %j', (name, spelled) => {
    expect(canonicalTimeZone(name)).toBe(spelled);
  });

  test('each name gets its own spelling back from any case', () => {
    const aliases =
      'America/Argentina/ComodRivadavia America/Knox_IN Australia/ACT Australia/LHI Australia/NSW Brazil/DeNoronha CET CST6CDT Chile/EasterIsland ' +
      'EET EST5EDT Etc/GMT-0 Etc/UCT GB GB-Eire Mexico/BajaNorte MST7MDT NZ-CHAT PRC PST8PDT ROC ROK US/Indiana-Starke W-SU WET America/Port_of_Spain';
    for (const name of [...Intl.supportedValuesOf('timeZone'), ...aliases.split(' ')]) {
      expect([zoneSpelling(name.toLowerCase()), zoneSpelling(name.toUpperCase())], name).toEqual([name, name]);
    }
  });
});

// Sixteen years in each zone: the short form takes one zone whole, `npm run proofs` all of them.
const years = process.env['MEM_PROOFS'] === '1' ? ZONES.filter((name) => name !== 'UTC') : ['Africa/Cairo'];
describe.each(years)('every day of %s from 2011 to 2035', (name) => {
  test('follows the one before it without gap or overlap, and lies in the week, month and year of its own date', () => {
    const calendar = new Calendar(name);
    let end = calendar.dayStart('2011-01-01' as LocalDate);
    for (let date = '2011-01-01' as LocalDate; date < '2036-01-01'; date = addDays(date, 1)) {
      const bounds = calendar.boundsOf(dayId(date));
      expect(bounds.start, date).toBe(end);
      end = bounds.end;
      if (bounds.end === bounds.start) continue;
      expect(calendar.dateOf(bounds.start), date).toBe(date);
      expect(calendar.dateOf((bounds.end - 1) as EpochMs), date).toBe(date);
      expect(periodPartOf(periodIdOf('month', date)), date).toBe(date.slice(0, 7).replace('-', ':'));
      expect(firstDateOf(weekIdOf(date)) <= date && date < addDays(firstDateOf(weekIdOf(date)), 7), date).toBe(true);
    }
  });
});

test.each([
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '02:30+02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '02:30+01:00'],
  ['America/New_York', '2026-11-01T05:30:00Z', '01:30-04:00'],
  ['America/New_York', '2026-11-01T06:30:00Z', '01:30-05:00'],
  ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', '01:45+11:00'],
  ['Europe/Berlin', '2026-10-24T23:59:00Z', '01:59'],
  ['Europe/Berlin', '2026-10-25T02:00:00Z', '03:00'],
  ['Europe/Berlin', '2026-03-29T01:30:00Z', '03:30'],
  ['UTC', '2026-10-25T01:30:00Z', '01:30'],
])('in %s %s is shown as %s: with its offset exactly where the clock shows it twice', (zone, instant, expected) => {
  const calendar = new Calendar(zone);
  const at = Date.parse(instant) as EpochMs;
  expect(calendar.timeOfDay(at)).toBe(expected);
  expect(calendar.formatMinute(at)).toBe(`${calendar.dateOf(at)} ${expected}`);
});
