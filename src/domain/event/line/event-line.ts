import {arrivalOf, stampArrival} from '../arrival.js';
import type {EventId} from '../event.js';
import {headPartsOf, recordOfParts} from '../event-record.js';
import {eventId, sessionKeyOf} from '../identity/event-id.js';
import {bodyBytes} from '../record-body.js';
import {readLineHead} from './line-head.js';

/*
 * A stored event as a line of JSON: what the journal holds and `mem export` prints, and what `mem ingest` takes back as the same record, byte
 * for byte. First what the head of a record knows, then `mem` with what no other field tells, then the body of the record as it is:
 *
 *   {"event_id":…,"timestamp":…,"seq":…,"event_type":…,"role":…,"mem":{"format":…,"identity":…,"alias":…,"flags":…,"arrival":…,"place":…},"session_id":…
 */
const BODY_MARK = ',"session_id":';

/** The line of a record: JSON without a line break. @throws RangeError for bytes that are no record */
export function eventLine(record: Buffer): string {
  return eventLinePieces(record).join('');
}

/** The same in two pieces, for many: the second is UTF-8, and a view of the record. */
export function eventLinePieces(record: Buffer): readonly [string, Buffer] {
  return [lineStart(record), bodyBytes(record).subarray(1)];
}

/** What stands before the body, ASCII. */
function lineStart(record: Buffer): string {
  const {format, head, flags} = headPartsOf(record);
  const arrival = arrivalOf(record);
  const {id, time, seq, type, role} = head.event;
  const alias = head.sourceAlias === '' ? '' : `,"alias":"${head.sourceAlias}"`;
  const arrived = arrival === undefined ? '' : `,"arrival":"${arrival.file}","place":${arrival.place}`;
  const envelope = `{"format":${format},"identity":"${head.identity}"${alias},"flags":${flags}${arrived}}`;
  const when = new Date(time).toISOString();
  return `{"event_id":"${id}","timestamp":"${when}","seq":${seq},"event_type":"${type}","role":"${role}","mem":${envelope},`;
}

const ID_AT = '{"event_id":"'.length;

/** The id in a line that `eventLine` made, without reading the rest; of another line any text. */
export function idOfLine(line: string): EventId {
  return eventId(line.slice(ID_AT, ID_AT + 26));
}

/**
 * The record of a line that `eventLine` made. Its id is not made again from the content.
 * @throws RangeError for any other text
 */
export function recordOfLine(line: string): Buffer {
  const at = line.indexOf(BODY_MARK);
  if (at < 0) throw new RangeError('not the line of an event');
  const body = `{${line.slice(at + 1)}`;
  const {head, envelope} = readLineHead(parsed(`${line.slice(0, at)}}`));
  const {session_id: sessionId, agent = ''} = parsed(body);
  if (typeof sessionId !== 'string' || typeof agent !== 'string') throw new RangeError('not the line of an event: it has no session');
  const {format, flags, arrival, place = 0} = envelope;
  const record = recordOfParts({format, head: {...head, sessionKey: sessionKeyOf(agent, sessionId)}, flags, body});
  if (arrival !== undefined) stampArrival(record, {file: arrival, place});
  if (eventLine(record) !== line) throw new RangeError('not the line of the event that it tells of');
  return record;
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError('not the line of an event: it is not JSON', {cause: error});
  }
  return Object(value);
}
