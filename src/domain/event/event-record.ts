import {instant} from '../time/instant.js';
import {ARRIVAL_AT, type Arrival, stampArrival} from './arrival.js';
import {type AgentEvent, type EventType, type JsonObject, ROLES} from './event.js';
import type {EventHead, HeadFields} from './event-head.js';
import {eventId, IDENTITIES, type Identity, sessionKey, sessionKeyOf} from './identity/event-id.js';
import {exactJson} from './json/exact-json.js';
import {
  HAS_EXACT_NUMBERS,
  HAS_TEXT,
  HEAD_BYTES,
  IS_ALTERED,
  isOldRecord,
  type Provenance,
  readBody,
  SEQ_ORDERS_ONLY,
} from './record-body.js';
import {FORMAT_1_TYPES, readFormat1Head, writeFormat1} from './record-format-1.js';
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
 * Format 1 is read for ever: see `record-format-1.ts`.
 */
export const RECORD_FORMAT = 2;
const NO_ALIAS = ' '.repeat(16);

/** A new type takes the next number, up to 15. */
const TYPES = [...FORMAT_1_TYPES, 'summary'] as const satisfies readonly EventType[];
const NUMBER_OF_TYPE = Object.fromEntries(TYPES.map((type, at) => [type, at])) as Readonly<Record<EventType, number>>;

export type {EventHead, HeadFields} from './event-head.js';

/** An event that is not stored yet, with the origin of its id. */
export interface NewEvent extends Provenance {
  readonly event: AgentEvent;
  readonly identity: Identity;
  /** The key for a second delivery of a source id without a time (`sourceAliasOf`); otherwise empty. */
  readonly sourceAlias: string;
  /** Whether a number of the metadata is an `ExactNumber`. */
  readonly hasExactNumbers: boolean;
  /** The bits of the id and the alias that an older mem gave it, where they cannot be made from what is kept of the text; else empty. */
  readonly former: string;
  /** Only of an event that mem itself wrote as a line before: it becomes the same record again. */
  readonly origin?: {readonly format: 1 | 2; readonly arrival?: Arrival};
}

export function encodeEvent(event: NewEvent): Buffer {
  if (event.origin !== undefined) return encodeAgain(event, event.origin);
  const json = bodyOf(event);
  const record = Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(json));
  writeFields(record, 0, fieldsOf(event), flagsOf(event));
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
    if (event.origin !== undefined) return encodeEvent(event);
    const json = bodyOf(event);
    // No UTF-16 unit takes more than three bytes.
    if (this.#used + HEAD_BYTES + json.length * 3 > this.#buffer.length) return encodeEvent(event);
    const start = this.#used;
    writeFields(this.#buffer, start, fieldsOf(event), flagsOf(event));
    this.#used = start + HEAD_BYTES + this.#buffer.write(json, start + HEAD_BYTES, 'utf8');
    return this.#buffer.subarray(start, this.#used);
  }

  reset(): void {
    this.#used = 0;
  }
}

function encodeAgain(event: NewEvent, {format, arrival}: NonNullable<NewEvent['origin']>): Buffer {
  const body = bodyOf(event);
  const record = recordOfParts({format, head: fieldsOf(event), flags: flagsOf(event, format), body});
  if (arrival !== undefined) stampArrival(record, arrival);
  return record;
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

function flagsOf({event, hasSeq, hasExactNumbers, isAltered}: NewEvent, format: 1 | 2 = 2): number {
  const hasText = event.type !== 'summary' && !isThinking(event) && /\S/.test(event.text) ? HAS_TEXT : 0;
  if (format === 1) return hasText;
  return hasText | (hasSeq ? 0 : SEQ_ORDERS_ONLY) | (hasExactNumbers ? HAS_EXACT_NUMBERS : 0) | (isAltered ? IS_ALTERED : 0);
}

function fieldsOf({event, identity, sourceAlias}: NewEvent): HeadFields {
  return {event, identity, sourceAlias, sessionKey: sessionKeyOf(event.agent, event.sessionId)};
}

function writeFields(buffer: Buffer, at: number, {event, identity, sourceAlias, sessionKey}: HeadFields, flags: number): void {
  buffer[at] = RECORD_FORMAT;
  buffer[at + 1] = NUMBER_OF_TYPE[event.type] | (IDENTITIES.indexOf(identity) << 4);
  buffer[at + 2] = ROLES.indexOf(event.role) | (flags << 2);
  buffer.writeUIntBE(event.time, at + 3, 6);
  buffer.writeDoubleBE(event.seq, at + 9);
  buffer.write(event.id + sessionKey + (sourceAlias || NO_ALIAS), at + 17, 'latin1');
  buffer.fill(0, at + ARRIVAL_AT, at + HEAD_BYTES);
}

/** A record in parts, as a line of the journal holds it: see `line/event-line.ts`. */
export interface RecordParts {
  readonly format: 1 | 2;
  readonly head: HeadFields;
  /** Four bits of format 2; of format 1 one: whether there is a text. */
  readonly flags: number;
  /** JSON, kept as it is. */
  readonly body: string;
}

/** All but the body. @throws RangeError as `readEventHead` does */
export function headPartsOf(record: Buffer): Omit<RecordParts, 'body'> {
  const {identity, sourceAlias, sessionKey, hasText, ...event} = readEventHead(record);
  const head = {event, identity, sourceAlias, sessionKey};
  if (isOldRecord(record)) return {format: 1, head, flags: hasText ? HAS_TEXT : 0};
  return {format: 2, head, flags: (record[2] ?? 0) >> 2};
}

/** A record of its parts, without its arrival. @throws RangeError for what its format has no number for */
export function recordOfParts({format, head, flags, body}: RecordParts): Buffer {
  if (format === 1) return writeFormat1(head, flags !== 0, body);
  const record = Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(body));
  writeFields(record, 0, head, flags);
  record.write(body, HEAD_BYTES, 'utf8');
  return record;
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
