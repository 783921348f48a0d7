import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {cronSlots} from '../../../src/scheduling/cron/cron-slots.js';
import {onCalendar} from '../../../src/scheduling/cron/on-calendar.js';
import {crontabTimes} from '../../../src/scheduling/crontab/crontab-times.js';
import {launchdIntervals} from '../../../src/scheduling/launchd/launchd-intervals.js';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

interface Row {
  readonly what: string;
  readonly cron: string;
  readonly zone: string;
  readonly from: string;
  /** Local times with their offset from UTC. */
  readonly slots: readonly string[];
  /** The ones at which a systemd timer of the zone elapses by itself. */
  readonly bySystemd: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    what: 'a fixed time in a gap',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    from: '2026-03-28T12:00+01:00',
    slots: ['2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
    bySystemd: ['2026-03-30T02:30+02:00', '2026-03-31T02:30+02:00'],
  },
  {
    what: 'a fixed time that comes twice',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    from: '2026-10-24T12:00+02:00',
    slots: ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
    bySystemd: ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
  },
  {
    what: 'an interval in a repeated hour',
    cron: '*/30 * * * *',
    zone: 'Europe/Berlin',
    from: '2026-10-25T02:15+02:00',
    slots: ['2026-10-25T02:30+02:00', '2026-10-25T02:00+01:00', '2026-10-25T02:30+01:00', '2026-10-25T03:00+01:00'],
    bySystemd: ['2026-10-25T02:30+02:00', '2026-10-25T03:00+01:00', '2026-10-25T03:30+01:00', '2026-10-25T04:00+01:00'],
  },
  {
    what: 'an interval in a gap',
    cron: '*/30 * * * *',
    zone: 'Europe/Berlin',
    from: '2026-03-29T01:15+01:00',
    slots: ['2026-03-29T01:30+01:00', '2026-03-29T03:00+02:00', '2026-03-29T03:30+02:00'],
    bySystemd: ['2026-03-29T01:30+01:00', '2026-03-29T03:00+02:00', '2026-03-29T03:30+02:00'],
  },
  {
    what: 'the week job where Sunday has no 02:00',
    cron: '0 0 2 * * 0',
    zone: 'America/New_York',
    from: '2026-03-02T12:00-05:00',
    slots: ['2026-03-08T03:00-04:00', '2026-03-15T02:00-04:00'],
    bySystemd: ['2026-03-15T02:00-04:00', '2026-03-22T02:00-04:00'],
  },
  {
    what: 'a fixed time in a gap of half an hour',
    cron: '15 2 * * *',
    zone: 'Australia/Lord_Howe',
    from: '2026-10-03T12:00+10:30',
    slots: ['2026-10-04T02:30+11:00', '2026-10-05T02:15+11:00'],
    bySystemd: ['2026-10-05T02:15+11:00', '2026-10-06T02:15+11:00'],
  },
  {
    what: 'a day that begins at 01:00',
    cron: '0 0 0 * * *',
    zone: 'Africa/Cairo',
    from: '2026-04-23T12:00+02:00',
    slots: ['2026-04-24T01:00+03:00', '2026-04-25T00:00+03:00'],
    bySystemd: ['2026-04-25T00:00+03:00', '2026-04-26T00:00+03:00'],
  },
];

const instants = (times: readonly string[]): readonly string[] => times.map((time) => new Date(time).toISOString());

describe.each(ROWS)('$what ($zone, $cron)', ({cron, zone, from, slots, bySystemd}) => {
  test('has these slots', () => {
    const found: string[] = [];
    for (let at: number | undefined = Date.parse(from); at !== undefined && found.length < slots.length; ) {
      at = cronSlots.next(cron, zone, at as EpochMs);
      if (at !== undefined) found.push(new Date(at).toISOString());
    }
    expect(found).toEqual(instants(slots));
  });

  test.skipIf(!hasSystemd)('has these without another timer of systemd', () => {
    const now = Date.parse(from) as EpochMs;
    const calendar = onCalendar({cron, timeZone: zone}, {systemdVersion: 252, schedulerZone: zone, now});
    const base = new Date(from).toISOString().slice(0, 19).replace('T', ' ');
    const {stdout} = spawnSync(
      'systemd-analyze',
      ['calendar', `--base-time=${base} UTC`, `--iterations=${bySystemd.length}`, ...calendar],
      {
        encoding: 'utf8',
        env: {...process.env, TZ: 'UTC'},
      },
    );
    const times = [...stdout.matchAll(/(?:elapse|#\d+): \w+ (\S+) (\S+) UTC/g)].map(([, date, time]) => `${date}T${time}.000Z`);
    expect(times).toEqual(instants(bySystemd));
  });
});

test('the lines of a crontab and the dictionaries of launchd name the time as it is, whatever the clock does', () => {
  const now = Date.parse('2026-03-28T12:00+01:00') as EpochMs;
  const job = {cron: '30 2 * * *', timeZone: 'Europe/Berlin'};
  expect(crontabTimes(job, 'Europe/Berlin', now)).toEqual(['30 2 * * *']);
  expect(launchdIntervals(job, 'Europe/Berlin', now)).toEqual([{Hour: 2, Minute: 30}]);
});
