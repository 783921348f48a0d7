import type {EpochMs} from '../../domain/event/event.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {ImportNote, SessionDay, StoreCounters, StoreHeader} from '../port/store.js';
import {nodeIdOfKey, sessionDayOfKey} from './keys.js';

/*
 * What lies in the store as JSON, and back. Whoever parses has checked the checksum, so the shape is what this file wrote.
 */

/** With what only LevelDB's side knows of its own end. */
export interface StoredCounters extends StoreCounters {
  /** The number of the last commit; 0 for none. */
  readonly lastCommit: number;
  /** How often the store was found below the witness: commits that had been on disk were gone. `compact` forgets it once no gap is left. */
  readonly holes: number;
}

export const NO_COUNTERS: StoredCounters = {events: 0, duplicates: 0, holes: 0, lastCommit: 0, lastIngestAt: 0 as EpochMs};

export function formatJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? 'null', 'utf8');
}

export const parseJson = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

/** A mark's token. Stores had the number of a commit in its place once: it is a token like any other. */
export const parseToken = (bytes: Buffer): string => String(parseJson(bytes));
/** A fence's number; 0 where none was ever given. */
export const parseNumber = (bytes: Buffer | undefined): number => (bytes === undefined ? 0 : Number(parseJson(bytes)));
/** Format 1 did not say whether ids are former ones: they are. */
export function parseHeader(bytes: Buffer): StoreHeader {
  const header = parseJson(bytes) as Omit<StoreHeader, 'holdsFormerIds'> & Partial<StoreHeader>;
  return {...header, holdsFormerIds: header.holdsFormerIds ?? true};
}
export const parseCounters = (bytes: Buffer): StoredCounters => ({...NO_COUNTERS, ...(parseJson(bytes) as Partial<StoredCounters>)});
export const parseNode = (bytes: Buffer): TocNode => parseJson(bytes) as TocNode;
export const parsePointer = (bytes: Buffer): NodePointer => parseJson(bytes) as NodePointer;

export const parseImportNote = (bytes: Buffer): ImportNote => parseJson(bytes) as ImportNote;
export const parseSpending = (bytes: Buffer): Spending => parseJson(bytes) as Spending;

/** When a commit was made, and a token of its own. An older mem wrote no token, and not what the commit changed. */
export interface CommitRecord {
  readonly at: EpochMs;
  readonly token?: string;
}

export const parseCommit = (bytes: Buffer): CommitRecord => parseJson(bytes) as CommitRecord;

/** What a commit changed: session-days by the tail of their keys, nodes by their ids. */
export interface ChangedNames {
  readonly days: readonly string[];
  readonly nodes: readonly NodeId[];
}

export const parseChangedNames = (bytes: Buffer): ChangedNames => parseJson(bytes) as ChangedNames;

export function formatSessionDay({agent, sessionId, first, last, count}: SessionDay): Buffer {
  return formatJson({agent, sessionId, first, last, count});
}

export function parseSessionDay(key: string, bytes: Buffer): SessionDay {
  return {...sessionDayOfKey(key), ...(parseJson(bytes) as Omit<SessionDay, 'date' | 'sessionKey'>)};
}

export function formatRetry({reason, tries, dueAt}: Retry): Buffer {
  return formatJson({reason, tries, dueAt});
}

export function parseRetry(key: string, bytes: Buffer): Retry {
  return {id: nodeIdOfKey(key), ...(parseJson(bytes) as Omit<Retry, 'id'>)};
}

/** What an alias says: the key of its event, without the prefix. */
export const formatAlias = (eventKey: string): Buffer => Buffer.from(eventKey.slice(1), 'latin1');
export const parseAlias = (bytes: Buffer): string => `e${bytes.toString('latin1')}`;
