import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {MemError} from '../../../src/errors.js';
import {onCalendar} from '../../../src/scheduling/cron/on-calendar.js';
import {crontabTimes} from '../../../src/scheduling/crontab/crontab-times.js';
import {launchdIntervals} from '../../../src/scheduling/launchd/launchd-intervals.js';

const now = Date.parse('2026-11-20T12:00:00Z') as EpochMs;
const inUtc = (cron: string) => ({cron, timeZone: 'UTC'});
const systemd = (systemdVersion: number, schedulerZone = 'UTC') => ({systemdVersion, schedulerZone, now});

describe('in the zone of the scheduler', () => {
  test.each<[string, readonly string[], readonly string[], number]>([
    ['0 0 1 * * *', ['0 1 * * *'], ['*-*-* 01:00:00 UTC'], 1],
    ['0 0 2 * * 0', ['0 2 * * 0'], ['Sun *-*-* 02:00:00 UTC'], 1],
    ['0 0 3 1 * *', ['0 3 1 * *'], ['*-*-01 03:00:00 UTC'], 1],
    ['0 0 5 1 1 *', ['0 5 1 1 *'], ['*-01-01 05:00:00 UTC'], 1],
    ['0 0 4 * * 0', ['0 4 * * 0'], ['Sun *-*-* 04:00:00 UTC'], 1],
    ['0 */15 * * * *', ['0,15,30,45 * * * *'], ['*-*-* *:00,15,30,45:00 UTC'], 24],
    ['0 */15 9-17 * * MON-FRI', ['0,15,30,45 9-17 * * 1-5'], ['Mon,Tue,Wed,Thu,Fri *-*-* 09..17:00,15,30,45:00 UTC'], 24],
    ['0 0 0 1,15 * 1', ['0 0 1,15 * 1'], ['*-*-01,15 00:00:00 UTC', 'Mon *-*-* 00:00:00 UTC'], 3],
    ['0 0 0 */2 * 1', ['0 0 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31 * 1'], [expect.any(String), 'Mon *-*-* 00:00:00 UTC'], 17],
    ['0 0 2 * * 5-7', ['0 2 * * 0,5,6'], ['Sun,Fri,Sat *-*-* 02:00:00 UTC'], 3],
    ['30 15 3 * JUN,9 SAT', ['15 3 * 6,9 6'], ['Sat *-06,09-* 03:15:30 UTC'], 2],
    ['* 2 * * *', ['* 2 * * *'], ['*-*-* 02:*:00 UTC'], 1],
  ])('%s', (cron, crontab, calendar, dictionaries) => {
    expect(crontabTimes(inUtc(cron), 'UTC', now)).toEqual(crontab);
    expect(onCalendar(inUtc(cron), systemd(252))).toEqual(calendar);
    expect(launchdIntervals(inUtc(cron), 'UTC', now)).toHaveLength(dictionaries);
  });

  test('a zone by another name is the same zone', () => {
    const job = {cron: '0 0 2 * * 0', timeZone: 'Asia/Kolkata'};
    expect(crontabTimes(job, 'Asia/Calcutta', now)).toEqual(['0 2 * * 0']);
    expect(launchdIntervals(job, 'Asia/Calcutta', now)).toEqual([{Weekday: 0, Hour: 2, Minute: 0}]);
  });
});

describe('in another zone than the scheduler, in UTC', () => {
  test.each([
    ['Europe/Berlin', ['0 2,3 * * *'], ['0 3,4 * * 0'], ['0 4,5 1 * *'], ['0 6 1 1 *']],
    ['America/Los_Angeles', ['0 17,18 * * *'], ['0 18,19 * * 6'], ['0 19,20 28-31 * *'], ['0 21 31 12 *']],
    ['Asia/Kolkata', ['30 6 * * *'], ['30 7 * * 0'], ['30 8 1 * *'], ['30 10 1 1 *']],
  ])('a crontab in %s wakes the jobs at all times that they may have', (zone, day, week, month, year) => {
    expect(crontabTimes(inUtc('0 0 1 * * *'), zone, now)).toEqual(day);
    expect(crontabTimes(inUtc('0 0 2 * * 0'), zone, now)).toEqual(week);
    expect(crontabTimes(inUtc('0 0 3 1 * *'), zone, now)).toEqual(month);
    expect(crontabTimes(inUtc('0 0 5 1 1 *'), zone, now)).toEqual(year);
  });

  test('both kinds of day are two lines', () => {
    expect(crontabTimes(inUtc('0 1 15 * MON'), 'America/Los_Angeles', now)).toEqual(['0 17,18 14 * *', '0 17,18 * * 0']);
  });

  test('a job of many slots is woken in each hour, at its minutes by that clock', () => {
    expect(crontabTimes(inUtc('0 */15 * * * *'), 'Asia/Kathmandu', now)).toEqual(['0,15,30,45 * * * *']);
    expect(crontabTimes(inUtc('10 * * * 1-5'), 'Australia/Lord_Howe', now)).toEqual(['10,40 * * * *']);
  });

  test('launchd wakes in each hour, at the minutes by its clock', () => {
    const intervals = launchdIntervals(inUtc('0 0 2 * * 0'), 'Asia/Kolkata', now);
    expect(intervals).toEqual(Array.from({length: 24}, (_, Hour) => ({Hour, Minute: 30})));
  });

  test('a systemd that reads zones gets the zone, an old one the wake-ups by its clock', () => {
    const job = {cron: '5 0 0 2 1,15 * 1', timeZone: 'Europe/Berlin'};
    const week = {cron: '5 0 2 * * 0', timeZone: 'Europe/Berlin'};
    expect(onCalendar(week, systemd(235))).toEqual(['Sun *-*-* 02:00:05 Europe/Berlin']);
    expect(onCalendar(week, systemd(234))).toEqual(['Sun *-*-* 00,01:00:05']);
    expect(onCalendar(inUtc('0 2 * * 0'), systemd(228, 'Europe/Berlin'))).toEqual(['Sun *-*-* 02:00:00 UTC']);
    expect(onCalendar(inUtc('0 2 * * 0'), systemd(219, 'Europe/Berlin'))).toEqual(['Sun *-*-* 03,04:00:00']);
    expect(onCalendar(inUtc('0 2-5 * * 0'), systemd(219))).toEqual(['Sun *-*-* 02,03,04,05:00:00']);
    expect(() => onCalendar(job, systemd(252))).toThrow('there are 7 fields');
  });
});

describe('launchd', () => {
  test('never has both kinds of day in one dictionary', () => {
    expect(launchdIntervals(inUtc('0 0 1,15 * MON'), 'UTC', now)).toEqual([
      {Day: 1, Hour: 0, Minute: 0},
      {Day: 15, Hour: 0, Minute: 0},
      {Weekday: 1, Hour: 0, Minute: 0},
    ]);
  });

  test('names the hours, and the last minute of each where dictionaries would be too many', () => {
    expect(launchdIntervals(inUtc('30 * * 6 *'), 'UTC', now)[23]).toEqual({Month: 6, Hour: 23, Minute: 30});
    expect(launchdIntervals(inUtc('*/5 8-18 * * 1-5'), 'UTC', now)).toEqual(Array.from({length: 24}, (_, Hour) => ({Hour, Minute: 55})));
  });
});

test.each(['15,45 30 */6 * * *', '* 0 1 * * *', '*/20 0 1 * * *'])('%s is for systemd alone', (cron) => {
  for (const translate of [crontabTimes, launchdIntervals]) {
    expect(() => translate(inUtc(cron), 'UTC', now)).toThrow(MemError);
    expect(() => translate(inUtc(cron), 'UTC', now)).toThrow('has several seconds');
  }
  expect(onCalendar(inUtc(cron), systemd(252))).toHaveLength(1);
});

test('the second of a time is said to systemd', () => {
  expect(onCalendar(inUtc('15,45 30 */6 * * *'), systemd(252))).toEqual(['*-*-* 00,06,12,18:30:15,45 UTC']);
  expect(onCalendar(inUtc('* 0 1 * * *'), systemd(252))).toEqual(['*-*-* 01:00:* UTC']);
});
