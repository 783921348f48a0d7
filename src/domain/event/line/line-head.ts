import {instant} from '../../time/instant.js';
import {EVENT_TYPES, ROLES} from '../event.js';
import type {HeadFields} from '../event-head.js';
import {asUlid, IDENTITIES, type Identity} from '../identity/event-id.js';

/** What a line says of its record besides the event. */
export interface Envelope {
  /** Of the record. */
  readonly format: 1 | 2;
  readonly identity: Identity;
  readonly alias: string;
  /** The record's own: see `event-record.ts`. */
  readonly flags: number;
  /** The ULID of the inbox file; undefined where it is not known. */
  readonly arrival: string | undefined;
  readonly place: number;
}

type Json = Readonly<Record<string, unknown>>;

const ALIAS = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** What `value` says as the `mem` of a line; undefined where it has another shape: then it is a source's own field of that name. */
export function asEnvelope(value: unknown): Envelope | undefined {
  const {format, identity: name, alias = '', flags, arrival, place = 0}: Json = Object(value);
  const identity = IDENTITIES.find((known) => known === name);
  if ((format !== 1 && format !== 2) || identity === undefined || !isIn(flags, 15) || !isIn(place, 2 ** 32 - 1)) return undefined;
  if (typeof alias !== 'string' || (identity === 'source-without-time' ? !ALIAS.test(alias) : alias !== '')) return undefined;
  if (arrival !== undefined && (typeof arrival !== 'string' || asUlid(arrival) !== arrival)) return undefined;
  return {format, identity, alias, flags, arrival, place};
}

/** The head that the fields of a line in front of its body tell. @throws RangeError where they are not those of such a line */
export function readLineHead({event_id, timestamp, seq, event_type, role: roleName, mem}: Json): {
  readonly head: Omit<HeadFields, 'sessionKey'>;
  readonly envelope: Envelope;
} {
  const envelope = asEnvelope(mem);
  const id = typeof event_id === 'string' ? asUlid(event_id) : undefined;
  const type = EVENT_TYPES.find((known) => known === event_type);
  const role = ROLES.find((known) => known === roleName);
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (!envelope || !id || !type || !role || typeof seq !== 'number' || !isIn(time, 2 ** 48 - 1)) {
    throw new RangeError('not the line of an event: a field is missing or wrong');
  }
  const {identity, alias} = envelope;
  return {head: {event: {id, time: instant(time), seq, type, role}, identity, sourceAlias: alias}, envelope};
}

function isIn(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
