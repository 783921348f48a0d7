import {type EpochMs, type EventId, ROLES, type Role} from '../../event/event.js';
import {eventId, timeOfId} from '../../event/identity/event-id.js';
import {bytesOfUlid, ulidOfBytes} from '../../event/identity/ulid-bytes.js';
import {instant} from '../../time/instant.js';
import type {ByteReader, ByteWriter} from './bytes.js';
import type {IndexedEvent} from './entry.js';

const ID_BYTES = 16;
const TIME_BYTES = 6;
const OWN_TIME = 4;
const NOWHERE = {project: '', branch: ''};

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
  const placeOf = events.map(placesIn(places));
  writer.number(places.size);
  for (const place of places.keys()) for (const text of place.split('\n')) writer.text(text);
  writer.number(events.length);
  let before = 0;
  for (const [at, {id, time, role, length}] of events.entries()) {
    const hasOwnTime = timeOfId(id) !== time;
    const bytes = bytesOfUlid(id);
    writer.signed(time - before);
    writer.number(ROLES.indexOf(role) | (hasOwnTime ? OWN_TIME : 0));
    writer.bytes(hasOwnTime ? bytes : bytes.subarray(TIME_BYTES));
    writer.number(length);
    writer.number(placeOf[at] ?? 0);
    before = time;
  }
}

export function readEvents(reader: ByteReader): IndexedEvent[] {
  return readRowEvents(reader).map(({id, time, role, length, project, branch}) => ({id, time, role, length, project, branch}));
}

/** The same for who asks for few of their ids: each is made when it is asked for. */
export function readRowEvents(reader: ByteReader): IndexedEvent[] {
  const places = Array.from({length: reader.number()}, () => ({project: reader.text(), branch: reader.text()}));
  const events: IndexedEvent[] = [];
  let time = 0;
  for (let left = reader.number(); left > 0; left--) {
    time += reader.signed();
    const flags = reader.number();
    const idAt = reader.at;
    reader.pass(flags & OWN_TIME ? ID_BYTES : ID_BYTES - TIME_BYTES);
    const length = reader.number();
    const place = places[reader.number()] ?? NOWHERE;
    events.push(new RowEvent(reader, idAt, flags, instant(time), length, place));
  }
  return events;
}

/** An event as its session-day's row has it. */
class RowEvent implements IndexedEvent {
  readonly time: EpochMs;
  readonly role: Role;
  readonly length: number;
  readonly #reader: ByteReader;
  readonly #idAt: number;
  readonly #flags: number;
  readonly #place: Placed;

  constructor(reader: ByteReader, idAt: number, flags: number, time: EpochMs, length: number, place: Placed) {
    this.time = time;
    this.role = ROLES[flags & 3] ?? 'system';
    this.length = length;
    this.#reader = reader;
    this.#idAt = idAt;
    this.#flags = flags;
    this.#place = place;
  }

  get id(): EventId {
    if (this.#flags & OWN_TIME) return idOf(this.#reader.bytesAt(this.#idAt, ID_BYTES));
    return idOf(withTime(this.time, this.#reader.bytesAt(this.#idAt, ID_BYTES - TIME_BYTES)));
  }

  get project(): string {
    return this.#place.project;
  }

  get branch(): string {
    return this.#place.branch;
  }
}

type Placed = Pick<IndexedEvent, 'project' | 'branch'>;

/** Numbers places as they come up. Most events are where the one before them is. */
function placesIn(places: Map<string, number>): (event: Placed) => number {
  let last: Placed | undefined;
  let number = 0;
  return (event) => {
    if (last?.project === event.project && last.branch === event.branch) return number;
    const key = placeKey(event.project, event.branch);
    number = places.get(key) ?? places.size;
    places.set(key, number);
    last = event;
    return number;
  };
}

/** What a month tells of a session-day's events. */
export interface EventTotals {
  readonly events: number;
  /** The terms of all of them together. */
  readonly length: number;
  /** Sorted, each once. */
  readonly projects: readonly string[];
}

/** The same columns, of which only the sums are wanted. */
export function readTotals(reader: ByteReader): EventTotals {
  const places = Array.from({length: reader.number()}, () => {
    const project = reader.text();
    reader.passOver(reader.number());
    return project;
  });
  const events = reader.number();
  let length = 0;
  for (let left = events; left > 0; left--) {
    reader.number();
    reader.passOver(reader.number() & OWN_TIME ? ID_BYTES : ID_BYTES - TIME_BYTES);
    length += reader.number();
    reader.number();
  }
  return {events, length, projects: events === 0 ? [] : [...new Set(places)].sort()};
}

/** Line ends cannot be told from the separator, so they become spaces; neither a project's key nor a branch may have one. */
function placeKey(project: string, branch: string): string {
  return `${project.replaceAll('\n', ' ')}\n${branch.replaceAll('\n', ' ')}`;
}

function withTime(time: number, random: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(ID_BYTES);
  bytes.writeUIntBE(time, 0, TIME_BYTES);
  bytes.set(random, TIME_BYTES);
  return bytes;
}

function idOf(bytes: Buffer): EventId {
  return eventId(ulidOfBytes(bytes));
}
