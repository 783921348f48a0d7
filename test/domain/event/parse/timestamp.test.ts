import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../../src/domain/event/event.js';
import {parseTimestamp} from '../../../../src/domain/event/parse/timestamp.js';

const NOW = Date.parse('2024-06-01T12:00:00Z') as EpochMs;

function textOf(value: unknown): string {
  const time = parseTimestamp(value, NOW);
  return typeof time === 'number' ? new Date(time).toISOString() : `${time.reason} -> ${time.hint}`;
}

test.each([
  ['2024-01-15T10:00:00Z', '2024-01-15T10:00:00.000Z'],
  ['2024-01-15t10:00:00z', '2024-01-15T10:00:00.000Z'],
  ['2024-01-15 10:00:00Z', '2024-01-15T10:00:00.000Z'],
  ['2024-01-15T10:00:00.1Z', '2024-01-15T10:00:00.100Z'],
  ['2024-01-15T10:00:00.123999999Z', '2024-01-15T10:00:00.123Z'],
  ['2024-01-15T10:00:00+05:30', '2024-01-15T04:30:00.000Z'],
  ['2024-01-15T20:00:00-08:00', '2024-01-16T04:00:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
  ['2017-01-01T00:59:60+01:00', '2016-12-31T23:59:59.999Z'],
  ['2024-06-03T12:00:00Z', '2024-06-03T12:00:00.000Z'],
  [1_706_745_600_000, '2024-02-01T00:00:00.000Z'],
  [100_000_000_000, '1973-03-03T09:46:40.000Z'],
])('%j is %s', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});

const FORM = 'send RFC 3339 with Z or an offset, or an integer of milliseconds since 1970';
test.each([
  ['2024-02-30T00:00:00Z', `has the "timestamp" "2024-02-30T00:00:00Z", a date that does not exist -> ${FORM}`],
  ['2023-02-29T00:00:00Z', `has the "timestamp" "2023-02-29T00:00:00Z", a date that does not exist -> ${FORM}`],
  ['2024-00-10T00:00:00Z', `has the "timestamp" "2024-00-10T00:00:00Z", a date that does not exist -> ${FORM}`],
  ['2024-01-15T24:00:00Z', `has the "timestamp" "2024-01-15T24:00:00Z", a time of day that does not exist -> ${FORM}`],
  ['2024-01-15T23:59:60Z', `has the "timestamp" "2024-01-15T23:59:60Z", a time of day that does not exist -> ${FORM}`],
  ['2024-01-15T10:00:00', `has the "timestamp" "2024-01-15T10:00:00", which has no offset: end it with Z or +hh:mm -> ${FORM}`],
  ['2024-01-15', `has the "timestamp" "2024-01-15", which is not an RFC 3339 time -> ${FORM}`],
  ['yesterday', `has the "timestamp" "yesterday", which is not an RFC 3339 time -> ${FORM}`],
  ['1706745600000', `has the "timestamp" "1706745600000", which is text: send the number without quotes -> ${FORM}`],
  ['1969-12-31T23:59:59Z', `has the "timestamp" "1969-12-31T23:59:59Z", which is before 1970 -> ${FORM}`],
  ['0024-01-15T10:00:00Z', `has the "timestamp" "0024-01-15T10:00:00Z", which is before 1970 -> ${FORM}`],
  [1_706_745_600, 'has the "timestamp" 1706745600, which is too small for milliseconds -> are these seconds? multiply them by 1000'],
  [1706745600.123, 'has the "timestamp" 1706745600.123, which is too small for milliseconds -> are these seconds? multiply them by 1000'],
  [1_706_745_600_000.5, 'has the "timestamp" 1706745600000.5, which is not an integer -> send whole milliseconds since 1970'],
  [
    1_706_745_600_000_000,
    'has the "timestamp" 1706745600000000, which is too large for milliseconds -> are these micro- or nanoseconds? send milliseconds',
  ],
  [-1_706_745_600_000, `has the "timestamp" -1706745600000, which is before 1970 -> ${FORM}`],
  [
    '2024-06-03T12:00:00.001Z',
    'has the "timestamp" "2024-06-03T12:00:00.001Z", which is more than 48 hours ahead -> check the clock of the machine that wrote it',
  ],
  [true, `has the "timestamp" true, which is neither text nor a number -> ${FORM}`],
  [{}, `has the "timestamp" an object, which is neither text nor a number -> ${FORM}`],
])('%j is bad', (value, expected) => {
  expect(textOf(value)).toBe(expected);
});

test('every instant is read back from its ISO text, whatever the offset it is written with', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: NOW}), fc.integer({min: -14 * 60, max: 14 * 60}), (time, offset) => {
      const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
      const size = Math.abs(offset);
      const suffix = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
      expect(parseTimestamp(`${local}${suffix}`, NOW)).toBe(time);
      expect(parseTimestamp(new Date(time).toISOString(), NOW)).toBe(time);
    }),
  );
});
