import {expect, test} from 'vitest';
import {DAY_MS, HOUR_MS, MINUTE_MS} from '../../../src/domain/time/durations.js';
import {zoneOffset} from '../../../src/domain/time/time-zone.js';

/** Zones with a day on which their clocks changed: at night, at noon in UTC, by half an hour, over the date line. */
const CHANGES = [
  ['Europe/Berlin', '2024-03-31'],
  ['America/St_Johns', '2006-10-29'],
  ['Australia/Lord_Howe', '2024-10-05'],
  ['Pacific/Apia', '2011-12-30'],
] as const;

/** As ICU itself puts it: GMT+05:30, GMT+00:19:32. */
function offsetByName(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {timeZone, timeZoneName: 'longOffset'}).formatToParts(instant);
  const name = parts.find(({type}) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] = /GMT([+-])?(\d+)?:?(\d+)?:?(\d+)?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

test.each(CHANGES)('the offset of %s around %s is that of ICU, in whatever order it is asked for', (timeZone, date) => {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const instants = Array.from({length: (4 * DAY_MS) / (20 * MINUTE_MS)}, (_, at) => noon - 2 * DAY_MS + at * 20 * MINUTE_MS + 1);
  const offset = zoneOffset(timeZone);
  for (const instant of [...instants, ...instants.toReversed()])
    expect(offset(instant), new Date(instant).toISOString()).toBe(offsetByName(timeZone, instant));
});

test('the last instant that a Date can hold has an offset', () => {
  for (const before of [0, 1, DAY_MS + 1]) expect(zoneOffset('America/Phoenix')(8.64e15 - before)).toBe(-7 * HOUR_MS);
});
