import {
  type AgentEvent,
  type EpochMs,
  EVENT_TYPES,
  type EventId,
  type EventPosition,
  type JsonObject,
  ROLES,
  type Role,
  type SessionKey,
  typeRank,
} from './event.js';
import {IDENTITIES, type Identity, sessionKeyOf} from './event-id.js';

/*
 * An event as bytes, the same in an inbox frame and in the store: a head of fixed width, then JSON. So a drain and a cut need no JSON.
 * Inbox and store each add a checksum.
 *
 *  0  u8     format, 1
 *  1  u8     type's rank | role << 3 | (has text) << 5 | identity << 6
 *  2  u48    time in ms, big-endian
 *  8  f64    seq, big-endian
 * 16  26     id
 * 42  16     session key
 * 58  16     source alias, spaces unless the identity is source-without-time
 * 74  …      JSON: session_id, agent, project, source, source_event_id, text, text_bytes, metadata, no_time; empty ones left out
 */
export const RECORD_FORMAT = 1;
const HEAD_BYTES = 74;
const NO_ALIAS = ' '.repeat(16);

/** An event that is not stored yet, with the origin of its id. */
export interface NewEvent {
  readonly event: AgentEvent;
  readonly identity: Identity;
  /** The key for a second delivery of a source id without a time (`sourceAliasOf`); otherwise empty. */
  readonly sourceAlias: string;
  /** Whether the source gave a time. Otherwise the event's time is that of its arrival. */
  readonly hasTime: boolean;
}

/** The part of a record that can be read without JSON. */
export interface EventHead extends EventPosition {
  readonly role: Role;
  readonly identity: Identity;
  readonly sessionKey: SessionKey;
  readonly sourceAlias: string;
  /** Whether the text is more than white space. */
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

function bodyOf({event, hasTime}: NewEvent): string {
  return JSON.stringify({
    session_id: event.sessionId,
    agent: event.agent || undefined,
    project: event.project || undefined,
    source: event.source || undefined,
    source_event_id: event.sourceEventId || undefined,
    text: event.text || undefined,
    text_bytes: event.textBytes || undefined,
    metadata: isEmpty(event.metadata) ? undefined : event.metadata,
    no_time: hasTime ? undefined : true,
  });
}

function writeHead(buffer: Buffer, at: number, {event, identity, sourceAlias}: NewEvent): void {
  const hasText = /\S/.test(event.text) ? 1 : 0;
  buffer[at] = RECORD_FORMAT;
  buffer[at + 1] = typeRank(event.type) | (ROLES.indexOf(event.role) << 3) | (hasText << 5) | (IDENTITIES.indexOf(identity) << 6);
  buffer.writeUIntBE(event.time, at + 2, 6);
  buffer.writeDoubleBE(event.seq, at + 8);
  buffer.write(event.id + sessionKeyOf(event.agent, event.sessionId) + (sourceAlias || NO_ALIAS), at + 16, 'latin1');
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

/** @throws RangeError when the bytes are not a record of a known format. The caller has checked their checksum. */
export function readEventHead(record: Buffer): EventHead {
  const bits = record[1] ?? 0;
  const type = EVENT_TYPES[bits & 7];
  const role = ROLES[(bits >> 3) & 3];
  const identity = IDENTITIES[bits >> 6];
  if (record[0] !== RECORD_FORMAT || record.length < HEAD_BYTES || !type || !role || !identity) throw new RangeError('not an event record');
  return {
    time: record.readUIntBE(2, 6) as EpochMs,
    seq: record.readDoubleBE(8),
    id: record.toString('latin1', 16, 42) as EventId,
    sessionKey: record.toString('latin1', 42, 58) as SessionKey,
    sourceAlias: identity === 'source-without-time' ? record.toString('latin1', 58, 74) : '',
    type,
    role,
    identity,
    hasText: (bits & 32) !== 0,
  };
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
}

/** @throws RangeError as `readEventHead` does */
export function decodeEvent(record: Buffer): AgentEvent {
  const {id, time, seq, type, role} = readEventHead(record);
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

/** Whether the source gave the event's time: see `NewEvent`. */
export function hasGivenTime(record: Buffer): boolean {
  return readBody(record).no_time !== true;
}

function readBody(record: Buffer): RecordBody {
  return JSON.parse(record.toString('utf8', HEAD_BYTES, record.length)) as RecordBody;
}
