import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {MemError} from '../../../src/errors.js';
import {cronSlots} from '../../../src/scheduling/cron/cron-slots.js';

const at = (iso: string): EpochMs => Date.parse(iso) as EpochMs;
const iso = (instant: EpochMs | undefined): string | undefined => instant && new Date(instant).toISOString().replace('.000Z', 'Z');

/** The slots in `(from, to]`, found from either end. */
function slotsBetween(cron: string, zone: string, from: string, to: string): readonly (string | undefined)[] {
  const forwards: EpochMs[] = [];
  for (let slot = cronSlots.next(cron, zone, at(from)); slot !== undefined && slot <= at(to); slot = cronSlots.next(cron, zone, slot)) {
    forwards.push(slot);
  }
  const backwards: EpochMs[] = [];
  let slot = cronSlots.previous(cron, zone, at(to));
  for (; slot !== undefined && slot > at(from); slot = cronSlots.previous(cron, zone, (slot - 1) as EpochMs)) backwards.unshift(slot);
  expect(backwards).toEqual(forwards);
  return forwards.map(iso);
}

describe('the grammar', () => {
  test.each([
    ['0 1 * * *', {second: [0], minute: [0], hour: [1], dayOfMonth: 'any', month: 'any', dayOfWeek: 'any'}],
    ['0 */15 * * * *', {second: [0], minute: [0, 15, 30, 45], hour: 'any', dayOfMonth: 'any', month: 'any', dayOfWeek: 'any'}],
    ['7,3,7 5-9,8 ? ? ? ?', {second: [3, 7], minute: [5, 6, 7, 8, 9], hour: 'any', dayOfMonth: 'any', month: 'any', dayOfWeek: 'any'}],
    ['0 2 * JAN,mar-Apr FRI,7', {second: [0], minute: [0], hour: [2], dayOfMonth: 'any', month: [1, 3, 4], dayOfWeek: [0, 5]}],
    ['0 2 * * 5-7', {second: [0], minute: [0], hour: [2], dayOfMonth: 'any', month: 'any', dayOfWeek: [0, 5, 6]}],
    ['0 2 1-31/10 * */2', {second: [0], minute: [0], hour: [2], dayOfMonth: [1, 11, 21, 31], month: 'any', dayOfWeek: [0, 2, 4, 6]}],
    ['0 2 30 2 1', {second: [0], minute: [0], hour: [2], dayOfMonth: 'any', month: [2], dayOfWeek: [1]}],
    ['@weekly', {second: [0], minute: [0], hour: [0], dayOfMonth: 'any', month: 'any', dayOfWeek: [0]}],
    [' 0  0\t1 1 * ', {second: [0], minute: [0], hour: [0], dayOfMonth: [1], month: [1], dayOfWeek: 'any'}],
  ])('reads %s', (cron, fields) => {
    expect(cronSlots.parse(cron)).toEqual(fields);
  });

  test('reads a wildcard of seconds as all of them', () => {
    expect(cronSlots.parse('* 0 1 * * *').second).toHaveLength(60);
  });

  test.each([
    ['', 'the cron expression is empty', 'give five fields'],
    ['0 1 * *', 'there are 4 fields', 'give five fields'],
    ['0 0 1 * * * 2026', 'there are 7 fields', 'leave out the year'],
    ['@reboot', 'the word is unknown', '@daily'],
    ['@every 5m', 'the word is unknown', '*/15 * * * *'],
    ['60 0 1 * * *', 'the second 60 is out of range', 'numbers from 0 to 59'],
    ['5/15 * * * *', 'the minute "5/15" is a step without a range', 'write 5-59/15'],
    ['0 22-2 * * *', 'the hour "22-2" runs past the end of its range', 'write 22-23,0-2'],
    ['0 24 * * *', 'the hour 24 is out of range', 'numbers from 0 to 23'],
    ['0 */25 * * *', 'the hour "*/25" has a step of 25', 'from 1 to 24'],
    ['*/0 1 * * *', 'the minute "*/0" has a step of 0', 'from 1 to 60'],
    ['0 1 0 * *', 'the day of month 0 is out of range', 'numbers from 1 to 31'],
    ['0 1 L * *', 'the day of month "L" is not understood', 'not supported'],
    ['0 1 15W * *', 'the day of month "15W" is not understood', 'not supported'],
    ['0 1 31 2 *', 'the day of month 31 never comes in the month 2', 'one of these months'],
    ['0 1 31 FEB,4-4,6 ?', 'the day of month 31 never comes in the month FEB,4-4,6', 'one of these months'],
    ['0 1 * 13 *', 'the month 13 is out of range', 'numbers from 1 to 12'],
    ['0 1 * MON *', 'the month "MON" is not understood', 'names JAN to DEC'],
    ['0 1 * * 5#2', 'the day of week "5#2" is not understood', 'names SUN to SAT'],
    ['0 1 * * FRI-SUN', 'the day of week "FRI-SUN" runs past the end of its range', 'write 5,6,0'],
    ['0 1 * * 8', 'the day of week 8 is out of range', 'numbers from 0 to 7'],
    ['H 1 * * *', 'the minute "H" is not understood', 'not supported'],
    ['0~9 1 * * *', 'the minute "0~9" is not understood', 'not supported'],
    ['1,,2 1 * * *', 'the minute has an empty place in its list', 'remove the comma'],
    ['-1 1 * * *', 'the minute "-1" is not understood', 'numbers from 0 to 59'],
  ])('refuses %j and says what to write', (cron, message, hint) => {
    let caught: unknown;
    try {
      cronSlots.parse(cron);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(MemError);
    if (!(caught instanceof MemError)) return;
    expect(caught.code).toBe('CONFIG_INVALID');
    expect(caught.message).toContain(message);
    expect(caught.hint).toContain(hint);
  });
});

describe('the two day fields', () => {
  test('mean either, also where one has a step', () => {
    expect(slotsBetween('0 0 15 * MON', 'UTC', '2026-11-01T00:00:00Z', '2026-11-17T00:00:00Z')).toEqual([
      '2026-11-02T00:00:00Z',
      '2026-11-09T00:00:00Z',
      '2026-11-15T00:00:00Z',
      '2026-11-16T00:00:00Z',
    ]);
    expect(slotsBetween('0 0 */10 * 1', 'UTC', '2026-11-01T00:00:00Z', '2026-11-12T00:00:00Z')).toEqual([
      '2026-11-02T00:00:00Z',
      '2026-11-09T00:00:00Z',
      '2026-11-11T00:00:00Z',
    ]);
  });
});

describe('a clock that changes', () => {
  const GAP = ['2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z'] as const;
  const OVERLAP = ['2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z'] as const;

  test.each([
    ['a fixed time in the gap falls right after it', '30 2 * * *', GAP, ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z']],
    ['fixed times in and after the gap are one', '0,30 2,3 29 * *', GAP, ['2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z']],
    ['a fixed time that comes twice falls the first time', '30 2 * * *', OVERLAP, ['2026-10-25T00:30:00Z']],
    [
      'an interval skips the gap',
      '0 */2 29 * *',
      ['2026-03-28T20:00:00Z', '2026-03-29T03:00:00Z'] as const,
      ['2026-03-28T23:00:00Z', '2026-03-29T02:00:00Z'],
    ],
    [
      'an interval runs in both passes',
      '*/30 * * * *',
      ['2026-10-24T23:45:00Z', '2026-10-25T02:00:00Z'] as const,
      ['2026-10-25T00:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'],
    ],
  ])('in Europe/Berlin %s', (_, cron, [from, to], slots) => {
    expect(slotsBetween(cron, 'Europe/Berlin', from, to)).toEqual(slots);
  });

  test('the day that Apia left out falls when the next one begins', () => {
    expect(slotsBetween('0 1 30 12 *', 'Pacific/Apia', '2011-12-20T00:00:00Z', '2012-01-10T00:00:00Z')).toEqual(['2011-12-30T10:00:00Z']);
    expect(slotsBetween('0 1 * * *', 'Pacific/Apia', '2011-12-29T00:00:00Z', '2012-01-01T00:00:00Z')).toEqual([
      '2011-12-29T11:00:00Z',
      '2011-12-30T10:00:00Z',
      '2011-12-30T11:00:00Z',
      '2011-12-31T11:00:00Z',
    ]);
  });

  test('a gap of half an hour is followed', () => {
    expect(slotsBetween('15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T20:00:00Z', '2026-10-05T00:00:00Z')).toEqual([
      '2026-10-03T15:30:00Z',
      '2026-10-04T15:15:00Z',
    ]);
  });

  // cron-parser throws "loop limit exceeded" when it is asked there in that hour.
  test('each instant of the hour that comes half again in Lord_Howe has its slots', () => {
    for (let instant = at('2026-04-04T13:00:00Z'); instant < at('2026-04-04T17:00:00Z'); instant = (instant + 60_000) as EpochMs) {
      const [day, following] = ['2026-04-04T14:00:00Z', '2026-04-05T14:30:00Z'];
      expect(iso(cronSlots.next('0 0 1 * * *', 'Australia/Lord_Howe', instant))).toBe(instant < at(day) ? day : following);
      expect(iso(cronSlots.previous('0 0 1 * * *', 'Australia/Lord_Howe', instant))).toBe(instant < at(day) ? '2026-04-03T14:00:00Z' : day);
    }
  });
});

test('a slot is its own previous one and never its own next one', () => {
  const slot = at('2026-11-20T01:00:00Z');
  expect(iso(cronSlots.previous('0 1 * * *', 'UTC', slot))).toBe('2026-11-20T01:00:00Z');
  expect(iso(cronSlots.next('0 1 * * *', 'UTC', slot))).toBe('2026-11-21T01:00:00Z');
  expect(iso(cronSlots.next('0 1 * * *', 'UTC', (slot - 1) as EpochMs))).toBe('2026-11-20T01:00:00Z');
});

test('February 29 is found eight years away', () => {
  expect(iso(cronSlots.next('0 0 29 2 *', 'America/Havana', at('2096-03-01T12:00:00Z')))).toBe('2104-02-29T05:00:00Z');
  expect(iso(cronSlots.previous('0 */6 29 2 *', 'UTC', at('2104-02-28T00:00:00Z')))).toBe('2096-02-29T18:00:00Z');
});
