import {isRecord} from '../../stored/fields.js';

/** How much of an input is looked at. */
const START_BYTES = 64 * 1024;
const LINES = 5;
const GEMINI_OBJECT = /^\s*\{\s*"sessionId":\s*"[^"]*",\s*"projectHash":/;
const SQLITE = 'SQLite format 3\0';
const ZSTD = '\x28\xb5\x2f\xfd';

/**
 * Whether an input that begins like this is a file in which an agent keeps its conversation, by the shapes that such files have: it is not
 * for `mem ingest`. The fast lane asks it, so it knows no agent more closely.
 */
export function isTranscriptStart(start: Buffer): boolean {
  const magic = start.toString('latin1', 0, SQLITE.length);
  if (magic === SQLITE || magic.startsWith(ZSTD)) return true;
  const text = start.toString('utf8', 0, START_BYTES);
  if (GEMINI_OBJECT.test(text)) return true;
  for (const line of text.split('\n', LINES)) {
    const object = parse(line);
    if (object === undefined) continue;
    // An event, or what wants to be one.
    if ('session_id' in object || 'event_type' in object || 'hook_event_name' in object) return false;
    if (isOfTranscript(object)) return true;
  }
  return false;
}

function isOfTranscript(line: Readonly<Record<string, unknown>>): boolean {
  const {type} = line;
  if (typeof type === 'string') {
    if (typeof line['sessionId'] === 'string' || 'leafUuid' in line || 'snapshot' in line) return true;
    if ('payload' in line && 'timestamp' in line) return true;
    return (type === 'session' || type === 'session.start') && ('id' in line || 'data' in line);
  }
  if (typeof line['sessionId'] === 'string' && ('projectHash' in line || 'startTime' in line)) return true;
  if ('display' in line && 'timestamp' in line && 'project' in line) return true;
  const {message} = line;
  return 'role' in line && typeof message === 'object' && message !== null && 'content' in message;
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
