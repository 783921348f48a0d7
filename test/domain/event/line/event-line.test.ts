import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {stampArrival} from '../../../../src/domain/event/arrival.js';
import type {EpochMs} from '../../../../src/domain/event/event.js';
import {decodeEvent, encodeEvent, type NewEvent} from '../../../../src/domain/event/event-record.js';
import {eventLine, recordOfLine} from '../../../../src/domain/event/line/event-line.js';
import {parseLine} from '../../../../src/domain/event/parse/event-parse.js';
import {redactor} from '../ordinary.js';
import {anyFormat1Record, anyGivenLine} from './given-lines.js';

const NOW = Date.parse('2026-01-15T12:00:00Z') as EpochMs;
const CONTEXT = {arrivedAt: NOW, now: NOW, randomBits: () => 'RANDXM0000000000', countBefore: () => 7, redactor};
const FILE = '01KF0000000123456789ABCDEF';

function parsed(line: string): NewEvent {
  const result = parseLine(line, CONTEXT);
  if (result.kind !== 'event') throw new Error(JSON.stringify(result));
  return result.event;
}

/** As a drain has it. */
function stored(line: string, place = 3): Buffer {
  const record = encodeEvent(parsed(line));
  stampArrival(record, {file: FILE, place});
  return record;
}

const changed = (line: string, change: (value: Record<string, unknown>) => void): string => {
  const value: Record<string, unknown> = JSON.parse(line);
  change(value);
  return JSON.stringify(value);
};

test('a line of a stored event gives the record again, byte for byte, whatever stands in it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyGivenLine.map((line) => stored(line)),
        anyFormat1Record,
      ),
      (record) => {
        const line = eventLine(record);
        expect(line).not.toMatch(/[\n\r]/);
        expect(recordOfLine(line).equals(record)).toBe(true);
      },
    ),
    {numRuns: 500},
  );
});

test('ingest takes such a line as the same record, with its id, identity and arrival', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyGivenLine.map((line) => stored(line)),
        anyFormat1Record,
      ),
      (record) => {
        expect(encodeEvent(parsed(eventLine(record))).equals(record)).toBe(true);
      },
    ),
    {numRuns: 500},
  );
});

test('what was cut, redacted or too exact for a double comes back as it was kept', () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const lines = [
    JSON.stringify({
      session_id: 's',
      role: 'user',
      timestamp: NOW,
      text: `the token is ${secret}`,
      metadata: {tool_input: {token: secret}},
    }),
    JSON.stringify({session_id: 's', role: 'user', timestamp: NOW, event_id: 'a', text: 'long '.repeat(300_000)}),
    `{"session_id":"s","role":"user","timestamp":${NOW},"metadata":{"n":12345678901234567890.5,"__proto__":1,"2":0,"1":0}}`,
  ];
  for (const line of lines) {
    const record = stored(line);
    expect(decodeEvent(record).text).not.toContain(secret);
    expect(encodeEvent(parsed(eventLine(record))).equals(record)).toBe(true);
  }
});

describe('ingest refuses a line of ours that somebody changed', () => {
  const line = eventLine(stored(JSON.stringify({session_id: 's', role: 'user', timestamp: NOW, text: 'How much salt?'})));
  test.each<[string, (value: Record<string, unknown>) => void]>([
    ['the text', (value) => (value['text'] = 'How much sugar?')],
    ['the session', (value) => (value['session_id'] = 't')],
    ['the time', (value) => (value['timestamp'] = '2026-01-15T12:00:01.000Z')],
    ['the id', (value) => (value['event_id'] = `${String(value['event_id']).slice(0, 25)}Z`)],
    ['the metadata', (value) => (value['metadata'] = {a: 1})],
    ['a field that we do not write', (value) => (value['colour'] = 'red')],
    ['the type of a field', (value) => (value['seq'] = '0')],
  ])('%s', (_, change) => {
    expect(parseLine(line, CONTEXT).kind).toBe('event');
    expect(parseLine(changed(line, change), CONTEXT)).toMatchObject({kind: 'rejected', code: 'FIELD_INVALID'});
  });

  test('a part of one whose text was cut: the time must still be that of its id', () => {
    const cut = eventLine(stored(JSON.stringify({session_id: 's', role: 'user', timestamp: NOW, text: 'x'.repeat(1_100_000)})));
    expect(parseLine(cut, CONTEXT).kind).toBe('event');
    expect(
      parseLine(
        changed(cut, (value) => (value['timestamp'] = '2026-01-15T12:00:01.000Z')),
        CONTEXT,
      ).kind,
    ).toBe('rejected');
  });
});

test('a source may have a field "mem" of its own: it is metadata as before', () => {
  const {event} = parsed(JSON.stringify({session_id: 's', role: 'user', timestamp: NOW, mem: {format: 3, identity: 'derived'}}));
  expect(event.metadata).toEqual({mem: {format: 3, identity: 'derived'}});
});

test('a later rule for secrets holds for what was exported before, and says that the text was altered', () => {
  const record = stored(JSON.stringify({session_id: 's', role: 'user', timestamp: NOW, text: 'plain'}));
  const newer = {text: (text: string) => text.replace('plain', '[redacted:own:abcdef]'), metadata: redactor.metadata};
  const result = parseLine(eventLine(record), {...CONTEXT, redactor: {...redactor, ...newer}});
  expect(result).toMatchObject({
    kind: 'event',
    event: {isAltered: true, event: {id: decodeEvent(record).id, text: '[redacted:own:abcdef]'}},
  });
});

test.each(['', 'no JSON', '{}', '{"event_id":"01","session_id":"s"}', '[1,"session_id":2]'])('%j is no line of an event', (line) => {
  expect(() => recordOfLine(line)).toThrow(RangeError);
});
