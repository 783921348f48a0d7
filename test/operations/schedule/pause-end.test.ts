import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {Calendar} from '../../../src/domain/time/period.js';
import {endOfPause} from '../../../src/operations/schedule/pause-end.js';

/** A Wednesday; in the night to Sunday the clock is set back. */
const NOW = Date.parse('2026-10-21T10:30:00+02:00') as EpochMs;
const calendar = new Calendar('Europe/Berlin');

function end(text: string): string {
  return calendar.format(endOfPause(text, {calendar, today: calendar.dateOf(NOW), now: NOW}));
}

describe('a pause ends', () => {
  test.each([
    ['2h', '2026-10-21T12:30:00.000+02:00'],
    ['90 minutes', '2026-10-21T12:00:00.000+02:00'],
    ['in 15 min', '2026-10-21T10:45:00.000+02:00'],
    ['1d', '2026-10-22T10:30:00.000+02:00'],
    ['7 days', '2026-10-28T10:30:00.000+01:00'],
    ['1w', '2026-10-28T10:30:00.000+01:00'],
    ['tomorrow', '2026-10-22T00:00:00.000+02:00'],
    ['Monday', '2026-10-26T00:00:00.000+01:00'],
    ['wednesday', '2026-10-28T00:00:00.000+01:00'],
    ['next friday', '2026-10-23T00:00:00.000+02:00'],
    ['next week', '2026-10-26T00:00:00.000+01:00'],
    ['next month', '2026-11-01T00:00:00.000+01:00'],
    ['next year', '2027-01-01T00:00:00.000+01:00'],
    ['2026-12-01', '2026-12-01T00:00:00.000+01:00'],
    ['2026-10-21T11:00:00Z', '2026-10-21T13:00:00.000+02:00'],
  ])('"%s" at %s', (text, expected) => {
    expect(end(text)).toBe(expected);
  });

  test.each(['yesterday', 'today', 'last week', '0h', 'soon', '2 ages'])('never "%s"', (text) => {
    expect(() => end(text)).toThrow(
      expect.objectContaining({code: 'USAGE', hint: expect.stringContaining('2026-10-28, or 2h, 3 days, tomorrow')}),
    );
  });
});
