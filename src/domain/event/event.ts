import type {ExactNumber} from './json/exact-number.js';

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. The only form in which an instant crosses a function boundary. */
export type EpochMs = number & {readonly __brand: 'EpochMs'};

/** Later than every event: a ULID has 48 bits for its time. */
export const END_OF_TIME = (2 ** 48) as EpochMs;

/** A ULID of 26 characters, upper case. */
export type EventId = string & {readonly __brand: 'EventId'};

/** The name of a session (agent and session id) in keys: 16 characters of Crockford's base 32, from a hash. */
export type SessionKey = string & {readonly __brand: 'SessionKey'};

/** In the order in which types stand within one millisecond (and one `seq`). Their numbers in records are apart from it: see `event-record.ts`. */
export const EVENT_TYPES = [
  'session_start',
  'subagent_start',
  'user_message',
  'assistant_message',
  'tool_result',
  'subagent_stop',
  'assistant_stop',
  'summary',
  'session_end',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const ROLES = ['user', 'assistant', 'system', 'tool'] as const;
export type Role = (typeof ROLES)[number];

/** `ExactNumber` stands for a number that a double cannot hold. */
export type JsonValue = null | boolean | number | string | ExactNumber | readonly JsonValue[] | {readonly [key: string]: JsonValue};
export type JsonObject = {readonly [key: string]: JsonValue};

/** One immutable thing that happened in a conversation. */
export interface AgentEvent {
  readonly id: EventId;
  /** The time from the source, otherwise the time of arrival. */
  readonly time: EpochMs;
  /** The order from the source within one millisecond. */
  readonly seq: number;
  readonly type: EventType;
  readonly role: Role;
  readonly sessionId: string;
  /** In lower case, e.g. `claude-code`; empty when the source did not say. */
  readonly agent: string;
  readonly project: string;
  readonly source: string;
  /** The id from the source, if it was not a ULID. */
  readonly sourceEventId: string;
  /** At most 1 MiB of UTF-8. */
  readonly text: string;
  /** The text's size as received, in bytes of UTF-8; 0 unless it was cut. */
  readonly textBytes: number;
  readonly metadata: JsonObject;
}

export function typeRank(type: EventType): number {
  return EVENT_TYPES.indexOf(type);
}

/** The fields that decide the one order of events. */
export interface EventPosition {
  readonly time: EpochMs;
  readonly seq: number;
  readonly type: EventType;
  readonly id: EventId;
}

/** The one order for cuts, listings and summarizers: time, `seq`, the type's rank, id. */
export function compareEvents(a: EventPosition, b: EventPosition): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.seq !== b.seq) return a.seq < b.seq ? -1 : 1;
  if (a.type !== b.type) return typeRank(a.type) - typeRank(b.type);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
