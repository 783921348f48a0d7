import {expect, test} from 'vitest';
import {activityOf} from '../../../src/domain/event/activity.js';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {Calendar} from '../../../src/domain/time/period.js';

const at = (time: string) => Date.parse(time) as EpochMs;

test('counts events by the hour on the wall and by project', () => {
  const calendar = new Calendar('Asia/Kolkata');
  const events = [
    {time: at('2024-01-15T03:29:59Z'), project: 'acme/api'},
    {time: at('2024-01-15T03:30:00Z'), project: ''},
    {time: at('2024-01-15T18:29:00Z'), project: 'acme/api'},
  ];
  expect(activityOf(events, (time) => calendar.hourOf(time))).toEqual({
    events: 3,
    hours: [
      [8, 1],
      [9, 1],
      [23, 1],
    ],
    projects: [
      ['', 1],
      ['acme/api', 2],
    ],
  });
});

test('says the hour of the wall also where clocks change and before 1970', () => {
  const berlin = new Calendar('Europe/Berlin');
  expect(['2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z'].map((time) => berlin.hourOf(at(time)))).toEqual([2, 2]);
  expect(new Calendar('America/New_York').hourOf(at('1970-01-01T00:00:00Z'))).toBe(19);
});
