import {type EventId, ROLES} from '../../event/event.js';
import {eventId, timeOfId} from '../../event/identity/event-id.js';
import {bytesOfUlid, ulidOfBytes} from '../../event/identity/ulid-bytes.js';
import {instant} from '../../time/instant.js';
import type {ByteReader, ByteWriter} from './bytes.js';
import type {IndexedEvent} from './entry.js';

const TIME_BYTES = 6;
const OWN_TIME = 4;

/*
 * The events of a session-day, in their order:
 *   places: how many, then project and branch of each
 *   how many events, then of each:
 *     time: to the time before it, signed (the first: to 0)
 *     role's number | OWN_TIME where the id has another time
 *     the 10 random bytes of the id; with OWN_TIME its 6 bytes of time before them
 *     terms; the number of its place
 */

export function writeEvents(writer: ByteWriter, events: readonly IndexedEvent[]): void {
  const places = new Map<string, number>();
  for (const {project, branch} of events) {
    const place = placeKey(project, branch);
    if (!places.has(place)) places.set(place, places.size);
  }
  writer.number(places.size);
  for (const place of places.keys()) for (const text of place.split('\n')) writer.text(text);
  writer.number(events.length);
  let before = 0;
  for (const {id, time, role, length, project, branch} of events) {
    const hasOwnTime = timeOfId(id) !== time;
    const bytes = bytesOfUlid(id);
    writer.signed(time - before);
    writer.number(ROLES.indexOf(role) | (hasOwnTime ? OWN_TIME : 0));
    writer.bytes(hasOwnTime ? bytes : bytes.subarray(TIME_BYTES));
    writer.number(length);
    writer.number(places.get(placeKey(project, branch)) ?? 0);
    before = time;
  }
}

export function readEvents(reader: ByteReader): IndexedEvent[] {
  const places = Array.from({length: reader.number()}, () => ({project: reader.text(), branch: reader.text()}));
  let time = 0;
  return Array.from({length: reader.number()}, () => {
    time += reader.signed();
    const flags = reader.number();
    const id = flags & OWN_TIME ? reader.bytes(16) : withTime(time, reader.bytes(10));
    const length = reader.number();
    const place = places[reader.number()] ?? {project: '', branch: ''};
    return {id: idOf(id), time: instant(time), role: ROLES[flags & 3] ?? 'system', length, ...place};
  });
}

/** Line ends cannot be told from the separator, so they become spaces; neither a project's key nor a branch may have one. */
function placeKey(project: string, branch: string): string {
  return `${project.replaceAll('\n', ' ')}\n${branch.replaceAll('\n', ' ')}`;
}

function withTime(time: number, random: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(time, 0, TIME_BYTES);
  bytes.set(random, TIME_BYTES);
  return bytes;
}

function idOf(bytes: Buffer): EventId {
  return eventId(ulidOfBytes(bytes));
}
