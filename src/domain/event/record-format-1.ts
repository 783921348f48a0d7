import {instant} from '../time/instant.js';
import {type EventType, ROLES} from './event.js';
import type {EventHead, HeadFields} from './event-head.js';
import {eventId, IDENTITIES, sessionKey} from './identity/event-id.js';
import {FORMAT_1_HEAD_BYTES} from './record-body.js';

/*
 * Records of an older mem, read for ever: u8 1, u8 (type's place in FORMAT_1_TYPES | role << 3 | has text << 5 | identity << 6), time at 2,
 * seq at 8, id at 16, session key at 42, alias at 58, the JSON at 74. They are written again only where they come from a line of the journal.
 */
/** They have the same numbers in format 2. */
export const FORMAT_1_TYPES = [
  'session_start',
  'subagent_start',
  'user_message',
  'assistant_message',
  'tool_result',
  'subagent_stop',
  'assistant_stop',
  'session_end',
] as const satisfies readonly EventType[];
const FORMAT_1_IDENTITIES = IDENTITIES.slice(0, 4);
const HAS_TEXT = 32;

/** @throws RangeError when the bytes are not such a record */
export function readFormat1Head(record: Buffer): EventHead {
  const bits = record[1] ?? 0;
  const type = FORMAT_1_TYPES[bits & 7];
  const role = ROLES[(bits >> 3) & 3];
  const identity = FORMAT_1_IDENTITIES[bits >> 6];
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
    hasText: (bits & HAS_TEXT) !== 0,
  };
}

/** @throws RangeError for a type or an identity that the format does not have */
export function writeFormat1({event, sessionKey, sourceAlias, ...head}: HeadFields, hasText: boolean, body: string): Buffer {
  const type = FORMAT_1_TYPES.findIndex((known) => known === event.type);
  const identity = FORMAT_1_IDENTITIES.indexOf(head.identity);
  if (type < 0 || identity < 0) throw new RangeError('not an event record of format 1');
  const record = Buffer.allocUnsafe(FORMAT_1_HEAD_BYTES + Buffer.byteLength(body));
  record[0] = 1;
  record[1] = type | (ROLES.indexOf(event.role) << 3) | (hasText ? HAS_TEXT : 0) | (identity << 6);
  record.writeUIntBE(event.time, 2, 6);
  record.writeDoubleBE(event.seq, 8);
  record.write(event.id + sessionKey + sourceAlias.padEnd(16), 16, 'latin1');
  record.write(body, FORMAT_1_HEAD_BYTES, 'utf8');
  return record;
}
