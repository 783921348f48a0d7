import type {EpochMs} from '../../domain/event/event.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {ImportNote, SessionDay, StoreCounters, StoreHeader} from '../port/store.js';
import {nodeIdOfKey, sessionDayOfKey} from './keys.js';

/*
 * What lies in the store as JSON, and back. Whoever parses has checked the checksum, so the shape is what this file wrote.
 */

export const NO_COUNTERS: StoreCounters = {events: 0, duplicates: 0, holes: 0, lastCommit: 0, lastIngestAt: 0 as EpochMs};

export function formatJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? 'null', 'utf8');
}

export const parseJson = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

/** Numbers are the commits of marks and of `~last`. */
export const parseNumber = (bytes: Buffer): number => parseJson(bytes) as number;
export const parseHeader = (bytes: Buffer): StoreHeader => parseJson(bytes) as StoreHeader;
export const parseCounters = (bytes: Buffer): StoreCounters => ({...NO_COUNTERS, ...(parseJson(bytes) as Partial<StoreCounters>)});
export const parseNode = (bytes: Buffer): TocNode => parseJson(bytes) as TocNode;
export const parsePointer = (bytes: Buffer): NodePointer => parseJson(bytes) as NodePointer;

export const parseImportNote = (bytes: Buffer): ImportNote => parseJson(bytes) as ImportNote;
export const parseSpending = (bytes: Buffer): Spending => parseJson(bytes) as Spending;

/** When a commit was made. */
export const parseCommit = (bytes: Buffer): {readonly at: EpochMs} => parseJson(bytes) as {readonly at: EpochMs};

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

export function pointerTo(node: TocNode): NodePointer {
  return {
    id: node.id,
    version: node.version,
    status: node.status,
    start: node.start,
    end: node.end,
    inputFingerprint: node.inputFingerprint,
    contentDigest: node.contentDigest,
    ...(node.segment === undefined ? {} : {sessionKey: node.segment.sessionKey}),
    ...(node.replacedBy === undefined ? {} : {replacedBy: node.replacedBy}),
  };
}
