import type {TakenPart} from '../../domain/care/taken-part.js';
import type {Activity} from '../../domain/event/activity.js';
import type {EpochMs} from '../../domain/event/event.js';
import {eventId, sessionKey} from '../../domain/event/identity/event-id.js';
import {markOf} from '../../domain/event/identity/words-mark.js';
import type {Tombstone} from '../../domain/event/tombstone.js';
import {parseFailureReason} from '../../domain/model/failure-reason.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import {Fields, isText} from '../../domain/stored/fields.js';
import {instant} from '../../domain/time/instant.js';
import {zoneSpelling} from '../../domain/time/zone-spelling.js';
import {isNodeId, localDate, type NodeId} from '../../domain/toc/node-id.js';
import type {ImportNote, SessionDay, StoreCounters, StoreHeader} from '../port/store.js';
import {parseJournal, type StoredJournal} from './journal/stored-journal.js';
import {COUNTERS_KEY, HEADER_KEY, nodeIdOfKey, sessionDayOfKey} from './keys.js';

/*
 * What lies in the store as JSON, and back. The checksum says that a value is what was written; the parsers here say that it has the shape
 * that this mem writes, or that an older one wrote. @throws UnknownShape
 */

/** With what only LevelDB's side knows of its own end. */
export interface StoredCounters extends StoreCounters {
  /** The number of the last commit; 0 for none. */
  readonly lastCommit: number;
  /** Undefined in a store that never had one beside it. */
  readonly journal?: StoredJournal | undefined;
  /** How many parts were taken out; only of a store that several homes write to. */
  readonly takenParts?: number;
  /** Of redaction marks and of forgotten words, the memory's own first; only of a store that several homes write to. */
  readonly redactKeys?: readonly string[];
}

export const NO_COUNTERS: StoredCounters = {
  events: 0,
  duplicates: 0,
  lastCommit: 0,
  lastIngestAt: instant(0),
  journal: {ends: []},
};

export function formatJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? 'null', 'utf8');
}

export const parseJson = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

/** A mark's token. Stores had the number of a commit in its place once: it is a token like any other. */
export const parseToken = (bytes: Buffer): string => String(parseJson(bytes));
/** A fence's number; 0 where none was ever given. */
export const parseNumber = (bytes: Buffer | undefined): number => (bytes === undefined ? 0 : Number(parseJson(bytes)));
/** Format 1 did not say whether ids are former ones: they are. And an older mem kept a zone as it was spelled in `TZ`. */
export function parseHeader(bytes: Buffer): StoreHeader {
  const value = parseJson(bytes);
  const fields = new Fields(HEADER_KEY, value);
  return {
    storeId: fields.text('storeId'),
    formatVersion: fields.number('formatVersion'),
    timeZone: zoneSpelling(fields.text('timeZone')),
    rulesVersion: fields.number('rulesVersion'),
    createdAt: fields.instant('createdAt'),
    alarm: fields.text('alarm'),
    holdsFormerIds: fields.has('holdsFormerIds') ? fields.flag('holdsFormerIds') : true,
  };
}
export function parseCounters(bytes: Buffer): StoredCounters {
  const fields = new Fields(COUNTERS_KEY, parseJson(bytes));
  return {
    events: fields.number('events'),
    duplicates: fields.number('duplicates'),
    lastCommit: fields.number('lastCommit'),
    lastIngestAt: fields.has('lastIngestAt') ? fields.instant('lastIngestAt') : NO_COUNTERS.lastIngestAt,
    ...(fields.has('journal') && {journal: parseJournal(fields.inner('journal'))}),
    ...(fields.has('redactKeys') && {redactKeys: fields.texts('redactKeys')}),
    ...(fields.has('takenParts') && {takenParts: fields.number('takenParts')}),
  };
}

export function parseTakenPart(key: string, bytes: Buffer): TakenPart {
  const fields = new Fields(key, parseJson(bytes));
  return {
    date: localDate(fields.text('date')),
    sessionKeys: fields.texts('sessionKeys').map(sessionKey),
    ids: fields.texts('ids').map(eventId),
    takesNodes: fields.flag('takesNodes'),
  };
}

/** The source that wrote the value parses it. */
export function parseImportNote(key: string, bytes: Buffer): ImportNote {
  const value = parseJson(bytes);
  const fields = new Fields(key, value);
  return {topic: fields.text('topic'), name: fields.text('name'), value: fields.any('value')};
}

export function parseSpending(key: string, bytes: Buffer): Spending {
  const fields = new Fields(key, parseJson(bytes));
  return {
    calls: fields.number('calls'),
    promptTokens: fields.number('promptTokens'),
    completionTokens: fields.number('completionTokens'),
    microUsd: fields.number('microUsd'),
  };
}

/** When a commit was made, and a token of its own. An older mem wrote no token, and not what the commit changed. */
export interface CommitRecord {
  readonly at: EpochMs;
  readonly token?: string;
}

export function parseCommit(key: string, bytes: Buffer): CommitRecord {
  const fields = new Fields(key, parseJson(bytes));
  return {at: fields.instant('at'), ...(fields.has('token') && {token: fields.text('token')})};
}

/** What a commit changed: session-days by the tail of their keys, nodes by their ids. */
export interface ChangedNames {
  readonly days: readonly string[];
  readonly nodes: readonly NodeId[];
}

export function parseChangedNames(key: string, bytes: Buffer): ChangedNames {
  const fields = new Fields(key, parseJson(bytes));
  return {days: fields.texts('days'), nodes: fields.list('nodes', isStoredNodeId)};
}

const isStoredNodeId = (value: unknown): value is NodeId => isText(value) && isNodeId(value);

export function formatSessionDay({agent, sessionId, first, last, count, activity}: SessionDay): Buffer {
  return formatJson({agent, sessionId, first, last, count, activity});
}

export function parseSessionDay(key: string, bytes: Buffer): SessionDay {
  const fields = new Fields(key, parseJson(bytes));
  return {
    ...sessionDayOfKey(key),
    agent: fields.text('agent'),
    sessionId: fields.text('sessionId'),
    first: fields.instant('first'),
    last: fields.instant('last'),
    count: fields.number('count'),
    ...(fields.has('activity') && {activity: parseActivity(fields.inner('activity'))}),
  };
}

function parseActivity(fields: Fields): Activity {
  return {events: fields.number('events'), hours: fields.list('hours', isNumbers), projects: fields.list('projects', isNamedNumber)};
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isNumbers = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && isNumber(value[0]) && isNumber(value[1]);
const isNamedNumber = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isNumber(value[1]);

export function formatRetry({reason, tries, dueAt}: Retry): Buffer {
  return formatJson({reason, tries, dueAt});
}

export function parseRetry(key: string, bytes: Buffer): Retry {
  const fields = new Fields(key, parseJson(bytes));
  const reason = parseFailureReason(fields.text('reason'));
  return {id: nodeIdOfKey(key), reason, tries: fields.number('tries'), dueAt: fields.instant('dueAt')};
}

export const formatTombstone = ({at, alias, words}: Tombstone): Buffer => formatJson({at, alias: alias || undefined, words});

export function parseTombstone(key: string, bytes: Buffer): Omit<Tombstone, 'id'> {
  const fields = new Fields(key, parseJson(bytes));
  return {at: fields.instant('at'), alias: fields.has('alias') ? fields.text('alias') : '', words: fields.texts('words').map(markOf)};
}

/** What an alias says: the key of its event, without the prefix. */
export const formatAlias = (eventKey: string): Buffer => Buffer.from(eventKey.slice(1), 'latin1');
export const parseAlias = (bytes: Buffer): string => `e${bytes.toString('latin1')}`;
