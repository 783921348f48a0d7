import type {EpochMs, JsonObject, JsonValue} from '../event.js';
import type {NewEvent} from '../event-record.js';
import {asUlid} from '../identity/event-id.js';
import {parseExactly} from '../json/exact-json.js';
import {excessOf, isDeeperThan} from '../json/json.js';
import {exportedEvent} from '../line/exported-event.js';
import {asEnvelope} from '../line/line-head.js';
import {type NewEventContext, newEvent} from '../new-event.js';
import {
  BadLine,
  checkMetadataSize,
  type Fields,
  integerField,
  invalidField,
  isKnownField,
  METADATA_LIMIT,
  missingField,
  nameField,
  toMetadata,
  tooMuchMetadata,
  typeAndRole,
} from './event-fields.js';
import {recognizeHookPayload} from './hook-payload.js';
import {quoted, type Rejection, rejected} from './rejection.js';
import {parseTimestamp} from './timestamp.js';

/** The rest of a longer line is not read. */
export const LINE_LIMIT = 16 * 1024 * 1024;
const DEPTH_LIMIT = 64;
/** A value and the comma behind it take two bytes, and mem knows a dozen fields. */
const MOST_COMMAS = METADATA_LIMIT / 2 + 64;
/** A line of at most this many characters is parsed before its depth is checked. */
const SHORT_LINE = 64 * 1024;
export interface ParseContext extends NewEventContext {
  /** The time of an event without a time from its source. */
  readonly arrivedAt: EpochMs;
  /** No timestamp may be later than 48 h after this. */
  readonly now: EpochMs;
}

export type ParsedLine = {readonly kind: 'event'; readonly event: NewEvent} | Rejection | {readonly kind: 'blank'};

const BLANK = {kind: 'blank'} as const;
const ONE_OBJECT = 'send one JSON object per line';

/** Parses a received line into an event, or says why it is bad. */
export function parseLine(line: string | Buffer, context: ParseContext): ParsedLine {
  if (typeof line === 'string') return parseText(line, context);
  const text = line.toString('utf8');
  // U+FFFD stands for bytes that could not be decoded, or for itself. Encoding it again tells which.
  if (text.includes('\ufffd') && !Buffer.from(text).equals(line)) return notUtf8(line);
  return parseText(text, context);
}

function notUtf8(line: Buffer): Rejection {
  const hint = line.includes(0)
    ? 'is it UTF-16? convert it: iconv -f UTF-16 -t UTF-8'
    : 'convert the input to UTF-8, for example with iconv';
  return rejected('LINE_NOT_UTF8', 'is not UTF-8', hint);
}

export function lineTooLong(bytes: number): Rejection {
  return rejected('LINE_TOO_LONG', `is ${bytes} bytes long; at most ${LINE_LIMIT} are read`, 'split its content into several events');
}

function parseText(received: string, context: ParseContext): ParsedLine {
  const line = received.charCodeAt(0) === 0xfeff ? received.slice(1) : received;
  if (line.charCodeAt(0) !== 0x7b && line.trim() === '') return BLANK;
  // A deep line, or one with a million members, takes far more time and memory as values than as text.
  const excess = line.length > SHORT_LINE ? excessOf(line, {depth: DEPTH_LIMIT, commas: MOST_COMMAS}) : undefined;
  if (excess === 'depth') return tooDeep();
  if (excess === 'commas') return tooMuchMetadata(`more than ${METADATA_LIMIT}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return notJson(line.trim());
  }
  if (typeof value !== 'object' || value === null) return rejected('LINE_NOT_OBJECT', `is ${quoted(value)}, not a JSON object`, ONE_OBJECT);
  if (Array.isArray(value)) return rejected('JSON_ARRAY', 'is a JSON array, not an object', `send one object per line: jq -c '.[]'`);
  const exact = parseExactly(line);
  return parseObject((exact ?? value) as JsonObject, line.length, exact !== undefined, context);
}

function tooDeep(): Rejection {
  return rejected('LINE_TOO_DEEP', `is nested deeper than ${DEPTH_LIMIT}`, 'flatten it, or send the deep part as text');
}

function notJson(line: string): Rejection {
  if (line === '[') return rejected('JSON_ARRAY', 'is the start of a JSON array, not an object', `send one object per line: jq -c '.[]'`);
  if (line === '{') return rejected('JSON_PRETTY', 'is the start of pretty-printed JSON', 'send one object per line: jq -c .');
  return rejected('LINE_NOT_JSON', 'is not JSON', ONE_OBJECT);
}

function parseObject(line: JsonObject, size: number, hasExactNumbers: boolean, context: ParseContext): ParsedLine {
  try {
    const envelope = line['mem'] === undefined ? undefined : asEnvelope(line['mem']);
    const event =
      envelope === undefined
        ? toEvent(line, size, hasExactNumbers, context)
        : exportedEvent(line, envelope, {size, hasExactNumbers, redactor: context.redactor});
    return {kind: 'event', event};
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    const {rejection} = error;
    return (rejection.code === 'FIELD_MISSING' ? recognizeHookPayload(line) : undefined) ?? rejection;
  }
}

function toEvent(line: JsonObject, size: number, hasExactNumbers: boolean, context: ParseContext): NewEvent {
  const fields: Fields = {};
  let extra: [string, JsonValue][] | undefined;
  let isNested = false;
  for (const key in line) {
    const value = line[key] ?? null;
    if (typeof value === 'object' && value !== null) isNested = true;
    if (isKnownField(key)) {
      // Sources often write null for "nothing".
      if (value !== null) fields[key] = value;
    } else {
      extra ??= [];
      extra.push([key, value]);
    }
  }
  if (isNested && isDeeperThan(line, DEPTH_LIMIT)) throw new BadLine(tooDeep());

  const sessionId = nameField('session_id', fields.session_id);
  if (sessionId === '') throw new BadLine(missingField('session_id', fields.session_id));
  const [type, role] = typeAndRole(fields);
  const agent = nameField('agent', fields.agent).toLowerCase();
  const project = nameField('project', fields.project);
  const source = nameField('source', fields.source);
  const eventId = nameField('event_id', fields.event_id);
  const givenSourceId = nameField('source_event_id', fields.source_event_id);
  const text = fields.text ?? '';
  if (typeof text !== 'string') throw new BadLine(invalidField('text', text, 'which is not a text', 'send a string'));
  const givenTextBytes = integerField('text_bytes', fields.text_bytes);
  const seq = integerField('seq', fields.seq);
  const given = fields.timestamp === undefined ? undefined : parseTimestamp(fields.timestamp, context.now);
  if (typeof given === 'object') throw new BadLine(given);

  const ulid = asUlid(eventId);
  const sourceEventId = ulid === undefined && eventId !== '' ? eventId : givenSourceId;
  if (givenSourceId !== '' && givenSourceId !== sourceEventId) extra = [...(extra ?? []), ['source_event_id', givenSourceId]];
  const metadata = toMetadata(fields.metadata, extra);
  const event = newEvent(
    {
      ulid,
      sourceEventId,
      agent,
      sessionId,
      time: given,
      arrivedAt: context.arrivedAt,
      type,
      role,
      text,
      textBytes: givenTextBytes,
      seq: fields.seq === undefined ? undefined : seq,
      metadata,
      hasExactNumbers,
      project,
      source,
    },
    context,
  );
  checkMetadataSize(event.event.metadata, size);
  return event;
}
