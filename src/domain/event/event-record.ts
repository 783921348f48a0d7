import {instant} from '../time/instant.js';
import {ARRIVAL_AT} from './arrival.js';
import {type AgentEvent, type EventPosition, type EventType, type JsonObject, ROLES, type Role, type SessionKey} from './event.js';
import {eventId, IDENTITIES, type Identity, sessionKey, sessionKeyOf} from './identity/event-id.js';
import {exactJson, parseExactly} from './json/exact-json.js';
import {isThinking} from './thinking.js';

/*
 * An event as bytes, the same in an inbox frame and in the store: a head of fixed width, then JSON. So a drain and a cut need no JSON.
 * Inbox and store each add a checksum.
 *
 *  0  u8     format, 2
 *  1  u8     type's number | identity's << 4
 *  2  u8     role's number | flags << 2 (HAS_TEXT, SEQ_ORDERS_ONLY, HAS_EXACT_NUMBERS, IS_ALTERED)
 *  3  u48    time in ms, big-endian
 *  9  f64    seq, big-endian
 * 17  26     id
 * 43  16     session key
 * 59  16     source alias, or spaces
 * 75  u48    arrival: the time part of the inbox file's ULID, big-endian; 0 in the inbox file itself
 * 81  10     the random part of that ULID
 * 91  u32    the event's place in that file, from 0
 * 95  …      JSON: session_id, agent, project, source, source_event_id, text, text_bytes, metadata, no_time, former; empty ones left out
 *
 * Format 1 is read for ever: u8 1, u8 (type's place in FORMAT_1_TYPES | role << 3 | has text << 5 | identity << 6), time at 2, seq at 8,
 * id at 16, session key at 42, alias at 58, the JSON at 74.
 */
export const RECORD_FORMAT = 2;
const HEAD_BYTES = 95;
const NO_ALIAS = ' '.repeat(16);
const HAS_TEXT = 1;
const SEQ_ORDERS_ONLY = 2;
const HAS_EXACT_NUMBERS = 4;
const IS_ALTERED = 8;

const FORMAT_1_HEAD_BYTES = 74;
/** The numbers of types in format 1, which are also their first numbers in format 2: a new type takes the next one, up to 15. */
const FORMAT_1_TYPES = [
  'session_start',
  'subagent_start',
  'user_message',
  'assistant_message',
  'tool_result',
  'subagent_stop',
  'assistant_stop',
  'session_end',
] as const satisfies readonly EventType[];
const TYPES = [...FORMAT_1_TYPES, 'summary'] as const satisfies readonly EventType[];
const NUMBER_OF_TYPE = Object.fromEntries(TYPES.map((type, at) => [type, at])) as Readonly<Record<EventType, number>>;

/** An event that is not stored yet, with the origin of its id. */
export interface NewEvent {
  readonly event: AgentEvent;
  readonly identity: Identity;
  /** The key for a second delivery of a source id without a time (`sourceAliasOf`); otherwise empty. */
  readonly sourceAlias: string;
  /** Whether the source gave a time. Otherwise the event's time is that of its arrival. */
  readonly hasTime: boolean;
  /** Whether the source gave the `seq`; else it orders the event, but the id was made with 0. */
  readonly hasSeq: boolean;
  /** Whether a number of the metadata is an `ExactNumber`. */
  readonly hasExactNumbers: boolean;
  /** Whether less is kept than was received, so that the id cannot be made from it again. */
  readonly isAltered: boolean;
  /** The bits of the id and the alias that an older mem gave it, where they cannot be made from what is kept of the text; else empty. */
  readonly former: string;
}

/** The part of a record that can be read without JSON. */
export interface EventHead extends EventPosition {
  readonly role: Role;
  readonly identity: Identity;
  readonly sessionKey: SessionKey;
  readonly sourceAlias: string;
  /** Whether there is anything to summarize: the text is not only white space, and the event is no `summary` and no thinking. */
  readonly hasText: boolean;
}

export function encodeEvent(event: NewEvent): Buffer {
  const json = bodyOf(event);
  const record = Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(json));
  writeHead(record, 0, event);
  record.write(json, HEAD_BYTES, 'utf8');
  return record;
}

/** Encodes many events into one piece of memory, which it uses again and again. */
export class RecordBuffer {
  readonly #buffer: Buffer;
  #used = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** Like `encodeEvent`. @returns bytes that are valid until `reset` */
  encode(event: NewEvent): Buffer {
    const json = bodyOf(event);
    // No UTF-16 unit takes more than three bytes.
    if (this.#used + HEAD_BYTES + json.length * 3 > this.#buffer.length) return encodeEvent(event);
    const start = this.#used;
    writeHead(this.#buffer, start, event);
    this.#used = start + HEAD_BYTES + this.#buffer.write(json, start + HEAD_BYTES, 'utf8');
    return this.#buffer.subarray(start, this.#used);
  }

  reset(): void {
    this.#used = 0;
  }
}

function bodyOf({event, hasTime, hasExactNumbers, former}: NewEvent): string {
  const body = {
    session_id: event.sessionId,
    agent: event.agent || undefined,
    project: event.project || undefined,
    source: event.source || undefined,
    source_event_id: event.sourceEventId || undefined,
    text: event.text || undefined,
    text_bytes: event.textBytes || undefined,
    metadata: isEmpty(event.metadata) || hasExactNumbers ? undefined : event.metadata,
    no_time: hasTime ? undefined : true,
    former: former || undefined,
  };
  const json = JSON.stringify(body);
  return hasExactNumbers ? `${json.slice(0, -1)},"metadata":${exactJson(event.metadata)}}` : json;
}

function writeHead(buffer: Buffer, at: number, {event, identity, sourceAlias, hasSeq, hasExactNumbers, isAltered}: NewEvent): void {
  const hasText = event.type !== 'summary' && !isThinking(event) && /\S/.test(event.text);
  const flags =
    (hasText ? HAS_TEXT : 0) | (hasSeq ? 0 : SEQ_ORDERS_ONLY) | (hasExactNumbers ? HAS_EXACT_NUMBERS : 0) | (isAltered ? IS_ALTERED : 0);
  buffer[at] = RECORD_FORMAT;
  buffer[at + 1] = NUMBER_OF_TYPE[event.type] | (IDENTITIES.indexOf(identity) << 4);
  buffer[at + 2] = ROLES.indexOf(event.role) | (flags << 2);
  buffer.writeUIntBE(event.time, at + 3, 6);
  buffer.writeDoubleBE(event.seq, at + 9);
  buffer.write(event.id + sessionKeyOf(event.agent, event.sessionId) + (sourceAlias || NO_ALIAS), at + 17, 'latin1');
  buffer.fill(0, at + ARRIVAL_AT, at + HEAD_BYTES);
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

/** @throws RangeError when the bytes are not a record of a known format. The caller has checked their checksum. */
export function readEventHead(record: Buffer): EventHead {
  if (record[0] === 1) return readFormat1Head(record);
  const type = TYPES[(record[1] ?? 0) & 15];
  const identity = IDENTITIES[(record[1] ?? 0) >> 4];
  const bits = record[2] ?? 0;
  const role = ROLES[bits & 3];
  if (record[0] !== RECORD_FORMAT || record.length < HEAD_BYTES || !type || !role || !identity) throw new RangeError('not an event record');
  return {
    time: instant(record.readUIntBE(3, 6)),
    seq: record.readDoubleBE(9),
    id: eventId(record.toString('latin1', 17, 43)),
    sessionKey: sessionKey(record.toString('latin1', 43, 59)),
    sourceAlias: identity === 'source-without-time' ? record.toString('latin1', 59, 75) : '',
    type,
    role,
    identity,
    hasText: ((bits >> 2) & HAS_TEXT) !== 0,
  };
}

function readFormat1Head(record: Buffer): EventHead {
  const bits = record[1] ?? 0;
  const type = FORMAT_1_TYPES[bits & 7];
  const role = ROLES[(bits >> 3) & 3];
  const identity = IDENTITIES[bits >> 6];
  if (record.length < FORMAT_1_HEAD_BYTES || !type || !role || !identity) throw new RangeError('not an event record');
  return {
    time: instant(record.readUIntBE(2, 6)),
    seq: record.readDoubleBE(8),
    id: eventId(record.toString('latin1', 16, 42)),
    sessionKey: sessionKey(record.toString('latin1', 42, 58)),
    sourceAlias: identity === 'source-without-time' ? record.toString('latin1', 58, 74) : '',
    type,
    role,
    identity,
    hasText: (bits & 32) !== 0,
  };
}

/** Whether an older mem made the record, by its rules for ids. */
export function isOldRecord(record: Buffer): boolean {
  return record[0] !== RECORD_FORMAT;
}

/** The shape of a record's JSON. */
interface RecordBody {
  readonly session_id: string;
  readonly agent?: string;
  readonly project?: string;
  readonly source?: string;
  readonly source_event_id?: string;
  readonly text?: string;
  readonly text_bytes?: number;
  readonly metadata?: JsonObject;
  readonly no_time?: boolean;
  readonly former?: string;
}

/** @param head of the record, if it was read before @throws RangeError as `readEventHead` does */
export function decodeEvent(record: Buffer, head: EventHead = readEventHead(record)): AgentEvent {
  const {id, time, seq, type, role} = head;
  const body = readBody(record);
  return {
    id,
    time,
    seq,
    type,
    role,
    sessionId: body.session_id,
    agent: body.agent ?? '',
    project: body.project ?? '',
    source: body.source ?? '',
    sourceEventId: body.source_event_id ?? '',
    text: body.text ?? '',
    textBytes: body.text_bytes ?? 0,
    metadata: body.metadata ?? {},
  };
}

/** How a record's event was given: see `NewEvent`. Format 1 does not tell whether it had a `seq`, or lost some metadata. */
export function provenanceOf(record: Buffer): Pick<NewEvent, 'hasTime' | 'hasSeq' | 'isAltered'> {
  const {no_time, text_bytes} = readBody(record);
  const flags = record[0] === 1 ? 0 : (record[2] ?? 0) >> 2;
  return {
    hasTime: no_time !== true,
    hasSeq: (flags & SEQ_ORDERS_ONLY) === 0,
    isAltered: (flags & IS_ALTERED) !== 0 || text_bytes !== undefined,
  };
}

/** `former` of `NewEvent`. */
export function formerOf(record: Buffer): string {
  return readBody(record).former ?? '';
}

function readBody(record: Buffer): RecordBody {
  const isFormat1 = record[0] === 1;
  const json = record.toString('utf8', isFormat1 ? FORMAT_1_HEAD_BYTES : HEAD_BYTES, record.length);
  const hasExact = !isFormat1 && (((record[2] ?? 0) >> 2) & HAS_EXACT_NUMBERS) !== 0;
  return ((hasExact ? parseExactly(json) : undefined) ?? JSON.parse(json)) as RecordBody;
}
