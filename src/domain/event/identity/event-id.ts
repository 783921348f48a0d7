import type {EpochMs, EventId, EventType, JsonObject, Role, SessionKey} from '../event.js';
import {canonicalJson} from '../json/json.js';
import {encodeBits, encodeTime, timeOfUlid} from './crockford.js';
import {sha256} from './sha256.js';

// Only ASCII letters: some other letters become ASCII in upper case, and must not pass.
const ULID = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;

/**
 * How an event came by its id; decides how a second delivery of it is found. Their places are numbers in records: new ones go to the end,
 * eight have room. `derived`: by all that the source said. `record`: by the source's own id of the record, its time and text.
 */
export const IDENTITIES = ['derived', 'ulid', 'source-without-time', 'random', 'record'] as const;
export type Identity = (typeof IDENTITIES)[number];

/** `text` as a ULID in upper case; undefined when it is not a ULID. */
export function asUlid(text: string): EventId | undefined {
  return text.length === 26 && ULID.test(text) ? eventId(text.toUpperCase()) : undefined;
}

/** Brands a text that was stored or made as an id. */
export function eventId(text: string): EventId {
  return text as EventId;
}

/** The same for the name of a session. */
export function sessionKey(text: string): SessionKey {
  return text as SessionKey;
}

/** The time part of an id. */
export function timeOfId(id: EventId): EpochMs {
  return timeOfUlid(id);
}

/**
 * The first 80 bits of SHA-256 over a list of strings. Each string follows its length in bytes, so that no two lists look alike.
 * A text with a lone surrogate counts as its JSON: UTF-8 cannot express it, and two different texts would look the same.
 */
function digest80(list: readonly string[]): string {
  return encodeBits(sha256(list.map(framed).join('')));
}

function framed(part: string): string {
  const bytes = Buffer.byteLength(part);
  if (bytes === part.length) return `${bytes}:${part}`;
  const text = part.isWellFormed() ? part : JSON.stringify(part);
  return `${Buffer.byteLength(text)}:${text}`;
}

/** Frames a part that is surely ASCII: bulk input calls this for each event. */
function framedAscii(part: string): string {
  return `${part.length}:${part}`;
}

/** The input of an id: everything as received, before any cut; type and role with their defaults. */
export interface EventIdentity {
  readonly sourceEventId: string;
  readonly agent: string;
  readonly sessionId: string;
  /** Undefined if the source gave no time. */
  readonly time: EpochMs | undefined;
  readonly type: EventType;
  readonly role: Role;
  readonly text: string;
  readonly seq: number;
  readonly metadata: JsonObject;
}

/** The last session: bulk input mostly continues it. */
let lastSession = {agent: '', sessionId: '', framed: framed('') + framed('')};

function framedSession(agent: string, sessionId: string): string {
  if (lastSession.agent !== agent || lastSession.sessionId !== sessionId) {
    lastSession = {agent, sessionId, framed: framed(agent) + framed(sessionId)};
  }
  return lastSession.framed;
}

const EVENT_ID_RULES = framed('mem-event-1');
const RECORD_ID_RULES = framed('mem-event-2');

/**
 * The 16 characters behind the time part of the id of a record that has an id of its source and a time. The session is no part of it: a
 * fork or a resumed file copies records under another session id.
 */
export function recordIdBits({sourceEventId, agent, time, text}: Pick<EventIdentity, 'sourceEventId' | 'agent' | 'time' | 'text'>): string {
  return encodeBits(sha256(RECORD_ID_RULES + framed(agent) + framed(sourceEventId) + framedAscii(String(time)) + framed(text)));
}

/** The 16 characters behind the time part of a derived id. The same event always gives the same characters. */
export function deriveIdBits({sourceEventId, agent, sessionId, time, type, role, text, seq, metadata}: EventIdentity): string {
  const list =
    EVENT_ID_RULES +
    framed(sourceEventId) +
    framedSession(agent, sessionId) +
    framedAscii(time === undefined ? '' : String(time)) +
    framedAscii(type) +
    framedAscii(role) +
    framed(text) +
    (sourceEventId === '' ? framedAscii(String(seq)) + framed(canonicalJson(metadata)) : '');
  return encodeBits(sha256(list));
}

/** An id from a time and 16 characters of `deriveIdBits` or of a ULID generator. */
export function makeEventId(time: EpochMs, bits: string): EventId {
  return eventId(encodeTime(time) + bits);
}

const sessionKeys = new Map<string, SessionKey>();
let last: {readonly agent: string; readonly sessionId: string; readonly key: SessionKey} | undefined;

/** The name of a session in keys. It remembers the last sessions, since bulk input asks for the same ones again and again. */
export function sessionKeyOf(agent: string, sessionId: string): SessionKey {
  if (last !== undefined && last.sessionId === sessionId && last.agent === agent) return last.key;
  const name = `${agent.length}:${agent}${sessionId}`;
  let key = sessionKeys.get(name);
  if (key === undefined) {
    key = sessionKey(digest80(['mem-session-1', agent, sessionId]));
    if (sessionKeys.size >= 1024) sessionKeys.clear();
    sessionKeys.set(name, key);
  }
  last = {agent, sessionId, key};
  return key;
}

/** A name of any length as 16 characters, for keys. */
export function hashName(name: string): string {
  return digest80(['mem-name-1', name]);
}

/** The name of a source id without a time: from agent, session, source id and text (as received). */
export function sourceAliasOf(agent: string, sessionId: string, sourceEventId: string, text: string): string {
  return digest80(['mem-source-1', agent, sessionId, sourceEventId, text]);
}
