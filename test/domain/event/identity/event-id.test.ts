import {createHash} from 'node:crypto';
import fc from 'fast-check';
import * as ulid from 'ulid';
import {expect, test} from 'vitest';
import type {EpochMs, EventId} from '../../../../src/domain/event/event.js';
import {encodeTime} from '../../../../src/domain/event/identity/crockford.js';
import {
  asUlid,
  deriveIdBits,
  type EventIdentity,
  makeEventId,
  sessionKeyOf,
  sourceAliasOf,
  timeOfId,
} from '../../../../src/domain/event/identity/event-id.js';
import {plainSha256, sha256} from '../../../../src/domain/event/identity/sha256.js';

const EVENT: EventIdentity = {
  sourceEventId: '',
  agent: 'claude-code',
  sessionId: 's',
  time: 1_705_312_800_000 as EpochMs,
  type: 'user_message',
  role: 'user',
  text: 'hello',
  seq: 0,
  metadata: {b: 1, a: [2]},
};
const anyTime = fc.integer({min: 0, max: 2 ** 48 - 1}).map((time) => time as EpochMs);

test('the bits are the first 80 of SHA-256 over the list, each part with its length: a change would double every event', () => {
  const list = '11:mem-event-10:11:claude-code1:s13:170531280000012:user_message4:user5:hello1:015:{"a":[2],"b":1}';
  const bits = BigInt(`0x${createHash('sha256').update(list).digest('hex').slice(0, 20)}`);
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const expected = Array.from({length: 16}, (_, at) => digits[Number((bits >> BigInt(75 - at * 5)) & 31n)]).join('');
  expect(deriveIdBits(EVENT)).toBe(expected);
});

test('an id says its time, and ids sort as their times do', () => {
  fc.assert(
    fc.property(anyTime, anyTime, (a, b) => {
      expect(timeOfId(makeEventId(a, '0000000000000000'))).toBe(a);
      expect(encodeTime(a) < encodeTime(b)).toBe(a < b);
      expect(asUlid(makeEventId(a, deriveIdBits({...EVENT, time: a})).toLowerCase())).toBe(
        makeEventId(a, deriveIdBits({...EVENT, time: a})),
      );
    }),
  );
});

test.each<Partial<EventIdentity>>([
  {agent: ''},
  {sessionId: 't'},
  {time: undefined},
  {type: 'assistant_message'},
  {role: 'system'},
  {text: 'hello '},
  {seq: 1},
  {metadata: {}},
  {sourceEventId: 'x'},
])('an event with %j is another one', (over) => {
  expect(deriveIdBits({...EVENT, ...over})).not.toBe(deriveIdBits(EVENT));
});

test('with a source id neither seq nor metadata make another event of it, text does', () => {
  const event = {...EVENT, sourceEventId: 'x'};
  expect(deriveIdBits({...event, seq: 1, metadata: {}})).toBe(deriveIdBits(event));
  expect(deriveIdBits({...event, text: 'other'})).not.toBe(deriveIdBits(event));
});

test('what stands next to each other cannot be told from one another by accident', () => {
  expect(deriveIdBits({...EVENT, agent: 'ab', sessionId: 'c'})).not.toBe(deriveIdBits({...EVENT, agent: 'a', sessionId: 'bc'}));
  expect(deriveIdBits({...EVENT, text: '\ud800'})).not.toBe(deriveIdBits({...EVENT, text: '\ufffd'}));
  expect(sourceAliasOf('a', 'b', 'c', 'd')).not.toBe(sourceAliasOf('a', 'bc', '', 'd'));
  // Its cache once joined the two with a line feed.
  expect(sessionKeyOf('a\nb', 'c')).not.toBe(sessionKeyOf('a', 'b\nc'));
});

test('a ULID is told from everything else', () => {
  expect(asUlid('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ' as EventId);
  for (const text of ['', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '7ZZZZZZZZZZZZZZZZZZZZZZZZ', '7ZZZZZZZZZZZZZZZZZZZZZZZZU'])
    expect(asUlid(text), text).toBe(undefined);
});

test('SHA-256 is that of node:crypto, whatever the size, before and after it is made by node:crypto', () => {
  const expected = (bytes: Buffer) => createHash('sha256').update(bytes).digest('binary');
  for (let size = 0; size < 200; size++) {
    const bytes = Buffer.alloc(size, `é${size}`);
    expect(plainSha256(bytes), String(size)).toBe(expected(bytes));
    expect(sha256(bytes), String(size)).toBe(expected(bytes));
  }
  expect(sha256('é'.repeat(20_000))).toBe(expected(Buffer.from('é'.repeat(20_000))));
});

test('times are written and read as the ulid package does', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 2 ** 48 - 1}), (ms) => {
      const time = ms as EpochMs;
      expect(encodeTime(time)).toBe(ulid.encodeTime(ms));
      expect(timeOfId(makeEventId(time, 'A'.repeat(16)))).toBe(ulid.decodeTime(ulid.ulid(ms)));
      expect(asUlid(ulid.ulid(ms).toLowerCase())?.slice(0, 10)).toBe(encodeTime(time));
    }),
  );
});
