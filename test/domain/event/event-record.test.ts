import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  type AgentEvent,
  compareEvents,
  type EpochMs,
  EVENT_TYPES,
  type EventId,
  type JsonObject,
  ROLES,
} from '../../../src/domain/event/event.js';
import {decodeEvent, encodeEvent, type NewEvent, readEventHead} from '../../../src/domain/event/event-record.js';
import {isSameEvent} from '../../../src/domain/event/identity/event-conflict.js';
import {IDENTITIES, sessionKeyOf} from '../../../src/domain/event/identity/event-id.js';
import {provenanceOf} from '../../../src/domain/event/record-body.js';
import {ORDINARY} from './ordinary.js';

const anyText = fc.string({unit: 'binary', maxLength: 40});
const anyEvent: fc.Arbitrary<AgentEvent> = fc.record({
  id: fc.constant('01HM5TZZ00ABCDEFGHJKMNPQRS' as EventId),
  time: fc.integer({min: 0, max: 2 ** 45}).map((time) => time as EpochMs),
  seq: fc.maxSafeInteger(),
  type: fc.constantFrom(...EVENT_TYPES),
  role: fc.constantFrom(...ROLES),
  sessionId: fc.string({unit: 'binary', minLength: 1}),
  agent: anyText,
  project: anyText,
  source: anyText,
  sourceEventId: anyText,
  text: fc.oneof(anyText, fc.constantFrom('\ud800', '\0', ' \n')),
  textBytes: fc.nat(),
  metadata: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue({maxDepth: 3})).map((object): JsonObject => {
    // As JSON.parse makes it: -0 is 0 in JSON, and no object lacks a prototype.
    return JSON.parse(JSON.stringify(object).replaceAll(/-0(?![.\d])/g, '0'));
  }),
});
const anyNewEvent: fc.Arbitrary<NewEvent> = fc.record({
  event: anyEvent,
  identity: fc.constantFrom(...IDENTITIES),
  sourceAlias: fc.constant('0123456789ABCDEF'),
  hasTime: fc.boolean(),
  hasSeq: fc.boolean(),
  hasExactNumbers: fc.constant(false),
  isAltered: fc.boolean(),
  former: fc.constantFrom('', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
});

test('an event comes out of its record as it went in', () => {
  fc.assert(
    fc.property(anyNewEvent, (given) => {
      const record = encodeEvent(given);
      expect(decodeEvent(record)).toEqual(given.event);
      expect(provenanceOf(record)).toEqual({
        hasTime: given.hasTime,
        hasSeq: given.hasSeq,
        isAltered: given.isAltered || given.event.textBytes > 0,
      });
      const {event} = given;
      expect(readEventHead(record)).toEqual({
        id: event.id,
        time: event.time,
        seq: event.seq,
        type: event.type,
        role: event.role,
        identity: given.identity,
        sessionKey: sessionKeyOf(event.agent, event.sessionId),
        sourceAlias: given.identity === 'source-without-time' ? given.sourceAlias : '',
        hasText: event.type !== 'summary' && event.text.trim() !== '',
      });
    }),
  );
});

test('heads stand in the same order as their events', () => {
  fc.assert(
    fc.property(anyNewEvent, anyNewEvent, (a, b) => {
      const heads = compareEvents(readEventHead(encodeEvent(a)), readEventHead(encodeEvent(b)));
      expect(Math.sign(heads)).toBe(Math.sign(compareEvents(a.event, b.event)));
    }),
  );
});

test.each([Buffer.alloc(0), Buffer.alloc(74), Buffer.alloc(73, 1)])('bytes that are no record are refused', (bytes) => {
  expect(() => readEventHead(bytes)).toThrow('not an event record');
});

describe('two records with the same ULID', () => {
  const event: AgentEvent = {
    id: '01HM5TZZ00ABCDEFGHJKMNPQRS' as EventId,
    time: 1_700_000_000_000 as EpochMs,
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's',
    agent: 'a',
    project: '',
    source: '',
    sourceEventId: '',
    text: 't',
    textBytes: 0,
    metadata: {a: 1, b: {c: 2}},
  };
  const record = (over: Partial<AgentEvent>, hasTime = true) =>
    encodeEvent({event: {...event, ...over}, identity: 'ulid', sourceAlias: '', hasTime, ...ORDINARY});

  test.each<Partial<AgentEvent>>([{}, {metadata: {b: {c: 2}, a: 1}}, {project: 'other'}, {source: 'other'}, {seq: 4}])(
    'are one event with %j',
    (over) => {
      expect(isSameEvent(record(over), record({}))).toBe(true);
    },
  );

  test.each<Partial<AgentEvent>>([
    {sessionId: 'other'},
    {agent: 'other'},
    {type: 'tool_result'},
    {role: 'system'},
    {text: 'other'},
    {metadata: {a: 1}},
    {time: 1_700_000_000_001 as EpochMs},
  ])('are two events with %j', (over) => {
    expect(isSameEvent(record(over), record({}))).toBe(false);
  });

  test('are one event when the second came without a time of its own', () => {
    expect(isSameEvent(record({time: 1_700_000_000_001 as EpochMs}, false), record({}))).toBe(true);
  });
});
