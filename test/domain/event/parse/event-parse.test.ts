import {describe, expect, test, vi} from 'vitest';
import type {EpochMs} from '../../../../src/domain/event/event.js';
import {LINE_LIMIT, lineTooLong, type ParsedLine, parseLine} from '../../../../src/domain/event/parse/event-parse.js';
import {redactor} from '../ordinary.js';

const NOW = Date.parse('2024-06-01T12:00:00Z') as EpochMs;
const ARRIVED = (NOW - 5) as EpochMs;
const CONTEXT = {arrivedAt: ARRIVED, now: NOW, randomBits: () => 'RANDXM0000000000', countBefore: () => 0, redactor};
const LINE = {session_id: 's', role: 'user', text: 'hello', timestamp: '2024-01-15T10:00:00Z'};

function parse(line: unknown): ParsedLine {
  return parseLine(typeof line === 'string' || Buffer.isBuffer(line) ? line : JSON.stringify(line), CONTEXT);
}

function eventOf(line: unknown) {
  const parsed = parse(line);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

function rejectionOf(line: unknown): string {
  const parsed = parse(line);
  if (parsed.kind !== 'rejected') throw new Error(JSON.stringify(parsed));
  return `${parsed.code}: ${parsed.reason} -> ${parsed.hint}`;
}

describe('a good line', () => {
  test('becomes an event with every field', () => {
    const {event, identity, hasTime} = eventOf({
      ...LINE,
      event_id: 'foreign-1',
      seq: 3,
      agent: 'Claude-Code',
      project: 'mem',
      source: 'hook',
      metadata: {cwd: '/x'},
    });
    expect(event).toEqual({
      id: event.id,
      time: Date.parse('2024-01-15T10:00:00Z'),
      seq: 3,
      type: 'user_message',
      role: 'user',
      sessionId: 's',
      agent: 'claude-code',
      project: 'mem',
      source: 'hook',
      sourceEventId: 'foreign-1',
      text: 'hello',
      textBytes: 0,
      metadata: {cwd: '/x'},
    });
    expect([identity, hasTime]).toEqual(['record', true]);
  });

  test.each([
    [{event_type: 'user_message'}, 'user_message', 'user'],
    [{event_type: 'assistant_message'}, 'assistant_message', 'assistant'],
    [{event_type: 'tool_result'}, 'tool_result', 'tool'],
    [{event_type: 'session_start'}, 'session_start', 'system'],
    [{event_type: 'assistant_stop'}, 'assistant_stop', 'system'],
    [{event_type: 'subagent_start'}, 'subagent_start', 'system'],
    [{event_type: 'subagent_stop'}, 'subagent_stop', 'system'],
    [{event_type: 'session_end'}, 'session_end', 'system'],
    [{role: 'user'}, 'user_message', 'user'],
    [{role: 'assistant'}, 'assistant_message', 'assistant'],
    [{role: 'tool'}, 'tool_result', 'tool'],
    [{role: 'system'}, 'user_message', 'system'],
    [{event_type: 'user_message', role: 'tool'}, 'user_message', 'tool'],
  ])('%j is a %s by %s', (given, type, role) => {
    const {event} = eventOf({session_id: 's', ...given});
    expect([event.type, event.role]).toEqual([type, role]);
  });

  test('without a time has the time of its arrival, and an id of its own at each delivery', () => {
    const {event, identity, hasTime} = eventOf({...LINE, timestamp: undefined});
    expect([event.time, identity, hasTime, event.id.slice(10)]).toEqual([ARRIVED, 'random', false, 'RANDXM0000000000']);
  });

  test('with a source id but no time is found again by session, source id and text', () => {
    const first = eventOf({...LINE, timestamp: undefined, event_id: 'a'});
    const again = eventOf({...LINE, timestamp: undefined, event_id: 'a', seq: 7});
    const other = eventOf({...LINE, timestamp: undefined, event_id: 'a', text: 'other'});
    expect(first.identity).toBe('source-without-time');
    expect(again.sourceAlias).toBe(first.sourceAlias);
    expect(other.sourceAlias).not.toBe(first.sourceAlias);
  });

  test('keeps a ULID as its id, in upper case', () => {
    const {event, identity} = eventOf({...LINE, event_id: '01hm5tzz00abcdefghjkmnpqrs'});
    expect([event.id, identity, event.sourceEventId]).toEqual(['01HM5TZZ00ABCDEFGHJKMNPQRS', 'ulid', '']);
  });

  test('takes an id that overflows 48 bits of time, or has a letter that only becomes ASCII in upper case, for a foreign one', () => {
    for (const id of ['81HM5TZZ00ABCDEFGHJKMNPQRS', '01HM5TZZ00ABCDEFGHJKMNPQR\u017f', '01HM5TZZ00ABCDEFGHJKMNPQRI']) {
      expect(eventOf({...LINE, event_id: id}).identity, id).toBe('record');
    }
  });

  test('takes null for a field that is not given', () => {
    const {event} = eventOf({...LINE, seq: null, event_id: null, agent: null, metadata: null, text: null, extra: null});
    expect([event.seq, event.agent, event.text, event.metadata]).toEqual([0, '', '', {extra: null}]);
  });

  test('keeps unknown fields as metadata, and of two with one name both', () => {
    const {event} = eventOf({...LINE, cwd: '/top', model: 'm', metadata: {cwd: '/own'}});
    expect(event.metadata).toEqual({cwd: '/own', model: 'm', 'top_level.cwd': '/top'});
  });

  test('keeps __proto__ as a member like any other', () => {
    const {event} = eventOf('{"session_id":"s","role":"user","__proto__":{"a":1},"constructor":2,"metadata":{"b":3}}');
    expect(JSON.stringify(event.metadata)).toBe('{"__proto__":{"a":1},"constructor":2,"b":3}');
    expect(Object.getPrototypeOf(event.metadata)).toBe(Object.prototype);
    expect(rejectionOf('{"__proto__":{"session_id":"s","role":"user"}}')).toContain('has no "session_id"');
  });

  test('gives itself again when it is printed and ingested anew', () => {
    const {event} = eventOf({...LINE, event_id: 'foreign', text: 'x'.repeat(2_000_000)});
    const {event: again, identity} = eventOf({
      event_id: event.id,
      session_id: event.sessionId,
      timestamp: event.time,
      event_type: event.type,
      role: event.role,
      source_event_id: event.sourceEventId,
      text: event.text,
      text_bytes: event.textBytes,
      metadata: event.metadata,
    });
    expect(again).toEqual(event);
    expect(identity).toBe('ulid');
    expect(event.textBytes).toBe(2_000_000);
  });

  test('may begin with a byte order mark and end with a carriage return', () => {
    expect(eventOf(`\ufeff${JSON.stringify(LINE)}\r`).event.text).toBe('hello');
    expect(eventOf(Buffer.from(`\ufeff${JSON.stringify(LINE)}\r`)).event.text).toBe('hello');
  });

  test('may hold U+FFFD, NUL and lone surrogates as text', () => {
    const line = {...LINE, text: '\ufffd \0 \ud800'};
    expect(eventOf(Buffer.from(JSON.stringify(line))).event.text).toBe(line.text);
  });
});

test.each(['', '   ', '\r', '\t', '\ufeff'])('a line of white space (%j) is no line', (line) => {
  expect(parse(line).kind).toBe('blank');
  expect(parse(Buffer.from(line)).kind).toBe('blank');
});

describe('a bad line says what is wrong and what to do', () => {
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  test.each<[unknown, string]>([
    ['hello', 'LINE_NOT_JSON: is not JSON -> send one JSON object per line'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'LINE_NOT_UTF8: is not UTF-8 -> convert the input to UTF-8, for example with iconv'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'LINE_NOT_UTF8: is not UTF-8 -> is it UTF-16? convert it: iconv -f UTF-16 -t UTF-8'],
    ['{"text":"a\0b"}', 'LINE_NOT_JSON: is not JSON -> send one JSON object per line'],
    ['42', 'LINE_NOT_OBJECT: is 42, not a JSON object -> send one JSON object per line'],
    ['null', 'LINE_NOT_OBJECT: is null, not a JSON object -> send one JSON object per line'],
    ['[', `JSON_ARRAY: is the start of a JSON array, not an object -> send one object per line: jq -c '.[]'`],
    ['[{}]', `JSON_ARRAY: is a JSON array, not an object -> send one object per line: jq -c '.[]'`],
    [' {', 'JSON_PRETTY: is the start of pretty-printed JSON -> send one object per line: jq -c .'],
    [{role: 'user'}, 'FIELD_MISSING: has no "session_id" -> give each event a "session_id"'],
    [{...LINE, session_id: ''}, 'FIELD_MISSING: has an empty "session_id" -> give each event a "session_id"'],
    [{...LINE, session_id: 7}, 'FIELD_INVALID: has the "session_id" 7, which is not a text -> send a string'],
    [{session_id: 's'}, 'FIELD_MISSING: has neither "event_type" nor "role" -> give each event a "role" or an "event_type"'],
    [{...LINE, role: 'human'}, 'FIELD_INVALID: has the "role" "human", which is not a role -> use one of user, assistant, system, tool'],
    [{...LINE, text: {a: 1}}, 'FIELD_INVALID: has the "text" an object, which is not a text -> send a string'],
    [{...LINE, seq: 1.5}, 'FIELD_INVALID: has the "seq" 1.5, which is not an integer -> send an integer'],
    [{...LINE, seq: 'x'.repeat(100)}, `FIELD_INVALID: has the "seq" "${'x'.repeat(60)}…", which is not an integer -> send an integer`],
    [{...LINE, metadata: []}, 'FIELD_INVALID: has the "metadata" an array, which is not an object -> send a JSON object'],
    [
      {...LINE, agent: 'x'.repeat(70_000)},
      `FIELD_INVALID: has the "agent" "${'x'.repeat(60)}…", which is longer than 65536 characters -> send a shorter one`,
    ],
    [
      {...LINE, big: 'x'.repeat(65_536)},
      'METADATA_TOO_LARGE: has 65546 bytes of metadata, unknown fields included; at most 65536 are kept -> send long content as "text"',
    ],
    [`{"a":${deep(64)}}`, 'LINE_TOO_DEEP: is nested deeper than 64 -> flatten it, or send the deep part as text'],
    [`{"a":${deep(100_000)}}`, 'LINE_TOO_DEEP: is nested deeper than 64 -> flatten it, or send the deep part as text'],
  ])('%j', (line, expected) => {
    expect(rejectionOf(line)).toBe(expected);
  });

  test('64 deep is not too deep', () => {
    expect(eventOf(`{"session_id":"s","role":"user","a":${deep(63)}}`).event.type).toBe('user_message');
  });

  test('65,536 bytes of metadata are not too many, however they were written', () => {
    const {event} = eventOf({...LINE, metadata: {big: 'x'.repeat(65_526)}});
    expect(JSON.stringify(event.metadata).length).toBe(65_536);
    const digits = `{"session_id":"s","role":"user","metadata":{"n":[${'1e20,'.repeat(3_500)}1]}}`;
    expect(rejectionOf(digits)).toContain('METADATA_TOO_LARGE');
  });

  test('an unknown event_type lists the known ones', () => {
    expect(rejectionOf({...LINE, event_type: 'UserPromptSubmit'})).toBe(
      'FIELD_INVALID: has the "event_type" "UserPromptSubmit", which is not an event type -> use one of session_start, subagent_start, user_message, assistant_message, tool_result, subagent_stop, assistant_stop, summary, session_end',
    );
  });

  test('a line that was too long to read', () => {
    expect(lineTooLong(LINE_LIMIT + 1).reason).toBe('is 16777217 bytes long; at most 16777216 are read');
  });
});

describe("the payload of an agent's hook", () => {
  test.each([
    [{session_id: 'a', hook_event_name: 'UserPromptSubmit', prompt: 'p'}, 'claude-code'],
    [{session_id: 'a', hook_event_name: 'Stop', turn_id: 't'}, 'codex'],
    [{type: 'agent-turn-complete', 'thread-id': 'x'}, 'codex'],
    [{session_id: 'a', hook_event_name: 'BeforeAgent'}, 'gemini-cli'],
  ])('%j names mem connect %s', (line, agent) => {
    expect(rejectionOf(line)).toMatch(/^HOOK_PAYLOAD: .* -> have mem read the agent's own files instead: /);
    expect(rejectionOf(line).endsWith(` instead: mem connect ${agent}`)).toBe(true);
  });

  test('is an event when it has what an event needs', () => {
    expect(eventOf({...LINE, hook_event_name: 'Stop'}).event.metadata).toEqual({hook_event_name: 'Stop'});
  });
});

test.each([
  ['members', `{"session_id":"s","role":"user",${Array.from({length: 1_000_000}, (_, at) => `"k${at}":0`).join(',')}}`],
  [
    'members of metadata',
    `{"session_id":"s","role":"user","metadata":{${Array.from({length: 1_000_000}, (_, at) => `"k${at}":0`).join(',')}}}`,
  ],
  ['objects', `{"session_id":"s","role":"user","metadata":{"a":[${'{},'.repeat(1_000_000)}{}]}}`],
])('a line with a million %s is refused before it is parsed', (_, line) => {
  const parse = vi.spyOn(JSON, 'parse');
  expect(parseLine(line, CONTEXT)).toMatchObject({kind: 'rejected', code: 'METADATA_TOO_LARGE'});
  // It took ten times as long as to read its bytes: values were made of all of it, only to be counted.
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});
