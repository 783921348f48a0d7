import {EVENT_TYPES, type EventType, type JsonObject, type JsonValue, ROLES, type Role} from '../event.js';
import {exactJson} from '../json/exact-json.js';
import {ExactNumber} from '../json/exact-number.js';
import {quoted, type Rejection, rejected} from './rejection.js';

/** Of an event's metadata, in bytes of JSON. */
export const METADATA_LIMIT = 64 * 1024;
/** For session ids and every other name, in UTF-16 units. */
const NAME_LIMIT = 64 * 1024;
/** JSON grows by less than this factor when it is written again: `1e20` becomes 21 digits. */
const JSON_GROWTH = 8;

/** The fields that mem knows, as received. */
export interface Fields {
  session_id?: unknown;
  event_type?: unknown;
  role?: unknown;
  timestamp?: unknown;
  seq?: unknown;
  event_id?: unknown;
  source_event_id?: unknown;
  text?: unknown;
  text_bytes?: unknown;
  metadata?: unknown;
  agent?: unknown;
  project?: unknown;
  source?: unknown;
}

export function isKnownField(key: string): key is keyof Fields {
  switch (key) {
    case 'session_id':
    case 'event_type':
    case 'role':
    case 'timestamp':
    case 'seq':
    case 'event_id':
    case 'source_event_id':
    case 'text':
    case 'text_bytes':
    case 'metadata':
    case 'agent':
    case 'project':
    case 'source':
      return true;
  }
  return false;
}

/** Ends a parse from within. Bad lines are rare, and this needs no check after each field. */
export class BadLine {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    this.rejection = rejection;
  }
}

export function missingField(field: string, value: unknown): Rejection {
  return rejected('FIELD_MISSING', `has ${value === undefined ? 'no' : 'an empty'} "${field}"`, `give each event a "${field}"`);
}

export function invalidField(field: string, value: unknown, why: string, hint: string): Rejection {
  return rejected('FIELD_INVALID', `has the "${field}" ${quoted(value)}, ${why}`, hint);
}

export function nameField(field: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new BadLine(invalidField(field, value, 'which is not a text', 'send a string'));
  if (value.length > NAME_LIMIT)
    throw new BadLine(invalidField(field, value, `which is longer than ${NAME_LIMIT} characters`, 'send a shorter one'));
  return value;
}

export function integerField(field: string, value: unknown): number {
  if (value === undefined) return 0;
  if (value instanceof ExactNumber)
    throw new BadLine(invalidField(field, value, 'which is beyond 2^53', 'send an integer between -(2^53 - 1) and 2^53 - 1'));
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new BadLine(invalidField(field, value, 'which is not an integer', 'send an integer'));
  return value + 0; // -0 + 0 is 0: equal numbers must be equal bytes.
}

export function typeAndRole({event_type: givenType, role: givenRole}: Fields): readonly [EventType, Role] {
  const type = givenType === undefined ? undefined : EVENT_TYPES.find((known) => known === givenType);
  if (givenType !== undefined && type === undefined)
    throw new BadLine(invalidField('event_type', givenType, 'which is not an event type', `use one of ${EVENT_TYPES.join(', ')}`));
  const role = givenRole === undefined ? undefined : ROLES.find((known) => known === givenRole);
  if (givenRole !== undefined && role === undefined)
    throw new BadLine(invalidField('role', givenRole, 'which is not a role', `use one of ${ROLES.join(', ')}`));
  if (type !== undefined) return [type, role ?? defaultRole(type)];
  if (role === undefined)
    throw new BadLine(rejected('FIELD_MISSING', 'has neither "event_type" nor "role"', 'give each event a "role" or an "event_type"'));
  return [defaultType(role), role];
}

function defaultRole(type: EventType): Role {
  if (type === 'user_message') return 'user';
  if (type === 'assistant_message') return 'assistant';
  return type === 'tool_result' ? 'tool' : 'system';
}

function defaultType(role: Role): EventType {
  if (role === 'assistant') return 'assistant_message';
  return role === 'tool' ? 'tool_result' : 'user_message';
}

/** A source's own metadata and, where it has no member of the same name, the fields that mem does not know. */
export function toMetadata(given: unknown, extra: readonly [string, JsonValue][] | undefined): JsonObject {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof ExactNumber)) {
    throw new BadLine(invalidField('metadata', given, 'which is not an object', 'send a JSON object'));
  }
  const own = (given ?? {}) as JsonObject;
  // Not by assignment: a member named __proto__ is a member like any other.
  return extra === undefined ? own : Object.fromEntries([...renameClashes(extra, own), ...Object.entries(own)]);
}

/** @param size the line's, in characters @throws BadLine for more metadata than is kept */
export function checkMetadataSize(metadata: JsonObject, size: number): void {
  if (size * JSON_GROWTH > METADATA_LIMIT) {
    const bytes = Buffer.byteLength(exactJson(metadata));
    if (bytes > METADATA_LIMIT) throw new BadLine(tooMuchMetadata(String(bytes)));
  }
}

export function tooMuchMetadata(bytes: string): Rejection {
  const reason = `has ${bytes} bytes of metadata, unknown fields included; at most ${METADATA_LIMIT} are kept`;
  return rejected('METADATA_TOO_LARGE', reason, 'send long content as "text"');
}

/** If metadata has a member of the same name, an unknown field becomes `top_level.NAME`: neither is lost. */
function renameClashes(extra: readonly [string, JsonValue][], sourceMetadata: JsonObject): readonly [string, JsonValue][] {
  return extra.map(([key, value]) => [Object.hasOwn(sourceMetadata, key) ? `top_level.${key}` : key, value]);
}
