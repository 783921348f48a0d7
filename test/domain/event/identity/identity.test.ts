import {describe, expect, test} from 'vitest';
import {arrivalOf, stampArrival} from '../../../../src/domain/event/arrival.js';
import type {EpochMs} from '../../../../src/domain/event/event.js';
import {decodeEvent, encodeEvent, type NewEvent, readEventHead} from '../../../../src/domain/event/event-record.js';
import {formerIdentityOf} from '../../../../src/domain/event/identity/former-identity.js';
import {parseLine} from '../../../../src/domain/event/parse/event-parse.js';
import {redactor} from '../ordinary.js';

const NOW = Date.UTC(2026, 2, 3) as EpochMs;
const LINE = {session_id: 's1', role: 'user', timestamp: '2026-03-02T10:00:00Z', text: 'hello'};

function eventOf(line: object | string): NewEvent {
  const context = {arrivedAt: NOW, now: NOW, randomBits: () => 'RANDXM0000000000', countBefore: () => 7, redactor};
  const parsed = parseLine(typeof line === 'string' ? line : JSON.stringify(line), context);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}
const idOf = (line: object | string): string => eventOf(line).event.id;

describe('a record with an id of its source and a time', () => {
  const record = {...LINE, agent: 'a', event_id: 'uuid-1'};

  test('is the same event in another session, with another seq and other metadata', () => {
    expect(idOf({...record, session_id: 'fork', seq: 9, metadata: {cwd: '/x'}})).toBe(idOf(record));
  });

  test.each([{agent: 'b'}, {event_id: 'uuid-2'}, {text: 'hello!'}, {timestamp: '2026-03-02T10:00:00.001Z'}])(
    'is another with %j',
    (over) => {
      expect(idOf({...record, ...over})).not.toBe(idOf(record));
    },
  );

  test('tells under which id and alias an older mem stored it', () => {
    // Made by that mem: its own ids, not ours computed again.
    const {id, alias} = formerIdentityOf(encodeEvent(eventOf(record))) ?? {};
    expect(id).toBe('01KJPZV28039XQVYC86SMY2C53');
    const withoutTime = eventOf({...record, timestamp: undefined});
    expect(alias).toBe(withoutTime.sourceAlias);
  });

  test('tells the same where its text is too long to be kept', () => {
    const long = {...record, text: 'x'.repeat(2 * 1024 * 1024)};
    const {alias} = formerIdentityOf(encodeEvent(eventOf(long))) ?? {};
    expect(alias).toBe(eventOf({...long, timestamp: undefined}).sourceAlias);
    expect(decodeEvent(encodeEvent(eventOf(long))).text.length).toBeLessThan(1024 * 1024);
  });
});

test('an event without an id of its source keeps the id that it always had', () => {
  expect(formerIdentityOf(encodeEvent(eventOf(LINE)))).toBeUndefined();
  expect(idOf(LINE)).toBe('01KJPZV2807M6SYD7BQSZZ9B6Y');
  expect(idOf({...LINE, metadata: {b: 1.5, a: [1e3, 1.0]}})).toBe('01KJPZV280VV4ZBPRCM5FAC1EN');
});

test('a line without a seq is ordered by the lines before it, which its id does not know of', () => {
  const {event, hasSeq} = eventOf(LINE);
  expect([event.seq, hasSeq]).toEqual([7, false]);
  expect(event.id).toBe(idOf({...LINE, seq: 0}));
});

describe('numbers that a double cannot hold', () => {
  const line = (digits: string): string => `${JSON.stringify(LINE).slice(0, -1)},"metadata":{"n":${digits}}}`;

  test('tell two events apart', () => {
    expect(idOf(line('1413617112501850121'))).not.toBe(idOf(line('1413617112501850122')));
    expect(idOf(line('1e400'))).not.toBe(idOf(line('null')));
  });

  test('keep their digits in the record', () => {
    const record = encodeEvent(eventOf(line('-1413617112501850121')));
    expect(decodeEvent(record).metadata).toEqual({n: {digits: '-1413617112501850121'}});
  });

  test('do not change what other spellings of a number count as', () => {
    expect(idOf(line('1.0'))).toBe(idOf(line('1')));
    expect(idOf(line('10e-1'))).toBe(idOf(line('1')));
  });
});

test('a summary stands before the end of its session and has nothing to summarize', () => {
  const {event} = eventOf({...LINE, role: undefined, event_type: 'summary'});
  expect([event.type, event.role]).toEqual(['summary', 'system']);
  expect(readEventHead(encodeEvent({...eventOf(LINE), event})).hasText).toBe(false);
});

test('long texts in tool_input are cut, the id is that of all of them', () => {
  const of = (input: string): NewEvent => eventOf({...LINE, metadata: {tool_input: {content: input, path: '/a'}}});
  const cut = of('y'.repeat(5000));
  expect(cut.isAltered).toBe(true);
  const {content, path} = cut.event.metadata['tool_input'] as Record<string, string>;
  expect(content?.length).toBeLessThanOrEqual(4096);
  expect(content).toContain('cut here: 5000 bytes in all');
  expect(path).toBe('/a');
  expect(of(`${'y'.repeat(4999)}z`).event.id).not.toBe(cut.event.id);
});

test('the arrival is stamped once and read again', () => {
  const record = encodeEvent(eventOf(LINE));
  expect(arrivalOf(record)).toBeUndefined();
  const arrival = {file: '01KJQYZN00ABCDEFGHJKMNPQRS', place: 41};
  stampArrival(record, arrival);
  stampArrival(record, {file: '01KJQYZN00ZZZZZZZZZZZZZZZZ', place: 2});
  expect(arrivalOf(record)).toEqual(arrival);
  expect(decodeEvent(record)).toEqual(eventOf(LINE).event);
});

test('a record of format 1 is read as it was', () => {
  const record = Buffer.from(
    'AbcBnLD+lABACAAAAAAAADAxS0pSRlg1MDBNRzNDTk1BOFc1UjM4UFQyR0NOOFlSWlhXSjBOWlBTN044MThROVZORVBYWEdHQUN7InNlc3Npb25faWQiOiJzMSIsImFnZW50IjoiYSIsInNvdXJjZV9ldmVudF9pZCI6IngiLCJ0ZXh0IjoiaGVsbG8iLCJtZXRhZGF0YSI6eyJrIjoidiJ9LCJub190aW1lIjp0cnVlfQ==',
    'base64',
  );
  expect(decodeEvent(record)).toEqual({
    id: '01KJRFX500MG3CNMA8W5R38PT2',
    time: 1772496000000,
    seq: 3,
    type: 'session_end',
    role: 'system',
    sessionId: 's1',
    agent: 'a',
    project: '',
    source: '',
    sourceEventId: 'x',
    text: 'hello',
    textBytes: 0,
    metadata: {k: 'v'},
  });
  expect(readEventHead(record)).toMatchObject({type: 'session_end', identity: 'source-without-time', hasText: true});
});
