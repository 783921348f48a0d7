import {expect, test} from 'vitest';
import {isTranscriptStart} from '../../../../src/domain/event/parse/transcript-start.js';

const starts = (text: string): boolean => isTranscriptStart(Buffer.from(text, 'latin1'));

test.each([
  ['a message with its session', '{"type":"user","sessionId":"s","message":{"role":"user","content":"hello"}}\n'],
  ['a summary before the messages', '{"type":"summary","summary":"Soup","leafUuid":"u"}\n{"type":"user","sessionId":"s"}\n'],
  ['a line of an unknown shape before them', '{"a":1}\n\n{"type":"assistant","sessionId":"s"}\n'],
  ['a record with a payload', '{"timestamp":"2024-01-15T12:00:00Z","type":"session_meta","payload":{"id":"s","session_id":"s"}}\n'],
  ['an object over many lines', '{\n  "sessionId": "s",\n  "projectHash": "h",\n  "messages": []\n}\n'],
  ['a header of its own', '{"sessionId":"s","startTime":"2024-01-15T12:00:00Z"}\n'],
  ['a session line', '{"type":"session","id":"s","timestamp":"2024-01-15T12:00:00Z","cwd":"/srv"}\n'],
  ['messages without a type', '{"role":"user","message":{"content":[{"type":"text","text":"hello"}]}}\n'],
  ['a list of prompts', '{"display":"hello","pastedContents":{},"timestamp":1,"project":"/srv"}\n'],
  ['a database', 'SQLite format 3\0'],
  ['a compressed file', '\x28\xb5\x2f\xfd\x04\x00'],
])('takes %s for a transcript', (_, text) => {
  expect(starts(text)).toBe(true);
});

test.each([
  ['an event', '{"session_id":"s","role":"user","text":"hello"}\n{"type":"user","sessionId":"s"}\n'],
  ['an event without its session', '{"event_type":"user_message","type":"x","sessionId":"s"}\n'],
  ["a hook's payload", '{"hook_event_name":"Stop","session_id":"s","transcript_path":"/tmp/x"}\n'],
  ['a list', '[{"type":"user","sessionId":"s"}]\n'],
  ['words', 'hello\n'],
  ['nothing', ''],
])('does not take %s for one', (_, text) => {
  expect(starts(text)).toBe(false);
});
