import type {EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import {readEventHead} from '../../domain/event/event-record.js';
import {encodeTime} from '../../domain/event/identity/crockford.js';
import {sessionKey as brandedKey, eventId, hashName, timeOfId} from '../../domain/event/identity/event-id.js';
import type {WordsMark} from '../../domain/event/identity/words-mark.js';
import {UnknownShape} from '../../domain/stored/fields.js';
import {
  isSegmentId,
  type LocalDate,
  localDate,
  type NodeId,
  nodeId,
  type PeriodId,
  periodPartOf,
  type TocLevel,
  tocLevelOf,
  tocLevelOfLetter,
} from '../../domain/toc/node-id.js';

/*
 * All keys of the store. They are ASCII, of fixed width within a kind (but for job names), and sort as what they name does.
 *
 *  !counters, !header               what is read at each opening; !counters is also the low key of every commit
 *  a <ULID>                         alias: the time of an event whose ULID was made at another time
 *  c <number, 12 digits>            commit
 *  d <date> <session key>           session-day
 *  e <time, 10> <id, 26>            event
 *  f <TOC level> <period part>      retry: a node that is a fallback, and when its model is asked again
 *  g <number, 12 digits>            what a commit changed
 *  h <lease>                        the newest fence of a lease
 *  i <topic, 16> <name, 16>         what an import remembers; topic and name as hashes
 *  j <job>                          job state
 *  k <TOC level> <period part>      mark of a node
 *  l <date>                         ledger: what calls of a model took on that day
 *  m <date> <session key>           mark of a session-day
 *  n <node id> # <version, 8>       node
 *  o <number, 12 digits>            what was taken out, for the journals of other homes
 *  p <TOC level> <period part>      pointer to a node's latest version
 *  s <source alias, 16>             alias: the time and id of an event whose source gave an id and no time
 *  t <id>                           tombstone
 *  t <source alias, 16>             what a tombstone's event is found again by where its source gave no time
 *  u <session key> <HMAC, 32>       the words of a forgotten event
 *  x <row's key>                    row of the search index
 *  ~last                            the high key of every commit
 */

export const COUNTERS_KEY = '!counters';
export const HEADER_KEY = '!header';

/** With !counters the common low and high key of all commits: LevelDB merges level-0 files only where their ranges overlap. */
export const LAST_KEY = '~last';

/** Half-open. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

const TOC_LEVEL_LETTER: Readonly<Record<TocLevel, string>> = {year: 'y', month: 'm', week: 'w', day: 'd', segment: 's'};

/** Behind every character that a key holds after its prefix. */
const END = '~';

function prefixRange(prefix: string): KeyRange {
  return {from: prefix, to: prefix + END};
}

export function eventKey(time: EpochMs, id: EventId): string {
  return `e${encodeTime(time)}${id}`;
}

/** Events from `start` (inclusive) to `end` (exclusive); both may lie outside of what an id can say. */
export function eventRange(start: EpochMs, end: EpochMs): KeyRange {
  return {from: eventBound(start), to: eventBound(end)};
}

function eventBound(time: EpochMs): string {
  if (time <= 0) return 'e';
  return time < 32 ** 10 ? `e${encodeTime(time)}` : `e${END}`;
}

export const EVENTS = prefixRange('e');
export const NODES = prefixRange('n');
export const RETRIES = prefixRange('f');
export const TOMBSTONES = prefixRange('t');
export const COMMITS = prefixRange('c');
/** All marks, and the ledger, which lies between them. */
export const MARKS: KeyRange = {from: 'k', to: prefixRange('m').to};

export const ulidAliasKey = (id: EventId): string => `a${id}`;
export const sourceAliasKey = (alias: string): string => `s${alias}`;
export const tombstoneKey = (id: EventId): string => `t${id}`;
export const aliasTombstoneKey = (alias: string): string => `t${alias}`;
/** Whether it is the key of a tombstone itself, and of none of its aliases. */
export const isTombstoneKey = (key: string): boolean => key.length === 27;
export const wordsKey = (mark: WordsMark): string => `u${mark}`;
export const FORGOTTEN_WORDS = prefixRange('u');
export const forgottenWordsOf = (session: SessionKey): KeyRange => prefixRange(`u${session}`);

/** The keys under which an event is stored: its own, and its alias with what that says. */
interface EventKeys {
  readonly key: string;
  readonly aliasKey: string | undefined;
}

export function keysOfRecord(record: Buffer): EventKeys {
  const head = readEventHead(record);
  const key = eventKey(head.time, head.id);
  switch (head.identity) {
    case 'derived':
    case 'record':
    case 'random':
      return {key, aliasKey: undefined};
    case 'ulid':
      return {key, aliasKey: key.startsWith(head.id.slice(0, 10), 1) ? undefined : ulidAliasKey(head.id)};
    case 'source-without-time':
      return {key, aliasKey: sourceAliasKey(head.sourceAlias)};
  }
}

export const sessionDayKey = (date: LocalDate, sessionKey: SessionKey): string => `d${date}${sessionKey}`;
export const sessionDayMarkKey = (date: LocalDate, sessionKey: SessionKey): string => `m${date}${sessionKey}`;

export function dateRange(prefix: 'd' | 'm', from: LocalDate | undefined, to: LocalDate | undefined): KeyRange {
  return {from: prefix + (from ?? ''), to: prefix + (to ?? END)};
}

/** Of a session-day's key, of its mark's, or of either without its prefix behind any one letter. */
export function sessionDayOfKey(key: string): {readonly date: LocalDate; readonly sessionKey: SessionKey} {
  return {date: localDate(key.slice(1, 11)), sessionKey: brandedKey(key.slice(11))};
}

export const nodeMarkKey = (id: NodeId): string => `k${TOC_LEVEL_LETTER[tocLevelOf(id)]}${periodPartOf(id)}`;
export const pointerKey = (id: NodeId): string => `p${TOC_LEVEL_LETTER[tocLevelOf(id)]}${periodPartOf(id)}`;

export const retryKey = (id: NodeId): string => `f${TOC_LEVEL_LETTER[tocLevelOf(id)]}${periodPartOf(id)}`;

/** Marks or pointers of a TOC level whose period part lies in `[from, to)`. */
export function periodRange(prefix: 'k' | 'p', tocLevel: TocLevel, from?: string, to?: string): KeyRange {
  const start = prefix + TOC_LEVEL_LETTER[tocLevel];
  return {from: start + (from ?? ''), to: start + (to ?? END)};
}

/** Of a pointer's key or a retry's. */
export function nodeIdOfKey(key: string): NodeId {
  return nodeId(tocLevelIn(key, 1), key.slice(2));
}

/** Of the key of a node's version. */
export function nodeIdOfVersionKey(key: string): NodeId {
  const id = key.slice(1, key.lastIndexOf('#'));
  return nodeId(tocLevelIn(key, 5), id.slice(id.indexOf(':', 4) + 1));
}

/** Of a node mark's key. */
export function periodIdOfKey(key: string): PeriodId {
  const id = nodeIdOfKey(key);
  if (isSegmentId(id)) throw new UnknownShape(key, 'marks a segment');
  return id;
}

function tocLevelIn(key: string, at: number): TocLevel {
  const tocLevel = tocLevelOfLetter(key.charAt(at));
  if (tocLevel === undefined) throw new UnknownShape(key, 'is of no TOC level');
  return tocLevel;
}

export const nodeKey = (id: NodeId, version: number): string => `n${id}#${String(version).padStart(8, '0')}`;
/** Keys between the segments of one month and the next, of nodes and of pointers, in order: they are most of what is not events. */
export function segmentBounds(months: readonly string[]): readonly string[] {
  return [...months.map((month) => `ntoc:segment:${month}`), ...months.map((month) => `p${TOC_LEVEL_LETTER.segment}${month}`)];
}

/** The versions of all nodes of a TOC level that come behind one. */
export function versionsOfLevel(tocLevel: TocLevel, after: NodeId | undefined): KeyRange {
  const range = prefixRange(`ntoc:${tocLevel}:`);
  return after === undefined ? range : {from: nodeVersions(after).to, to: range.to};
}

export const nodeVersions = (id: NodeId): KeyRange => prefixRange(`n${id}#`);

export const ledgerKey = (date: LocalDate): string => `l${date}`;
export const importNoteKey = (topic: string, name: string): string => `i${hashName(topic)}${hashName(name)}`;
export const importNotes = (topic: string): KeyRange => prefixRange(`i${hashName(topic)}`);
export const searchKey = (key: string): string => `x${key}`;
export const searchRange = (prefix: string): KeyRange => prefixRange(`x${prefix}`);
export const jobKey = (job: string): string => `j${job}`;
export const commitKey = (commit: number): string => `c${String(commit).padStart(12, '0')}`;
/** Kept apart from the commits. A look for gaps reads all commits; only a reader that asks what is new reads these. */
export const changedNamesKey = (commit: number): string => `g${String(commit).padStart(12, '0')}`;
/** Commits behind one up to another, or what they changed. */
export function commitsBehind(prefix: 'c' | 'g', commit: number, last: number): KeyRange {
  const key = prefix === 'c' ? commitKey : changedNamesKey;
  return {from: key(commit + 1), to: key(last + 1)};
}
export const takenPartKey = (number: number): string => `o${String(number).padStart(12, '0')}`;
/** Those behind one. */
export const takenPartsBehind = (number: number): KeyRange => ({from: takenPartKey(number + 1), to: prefixRange('o').to});
export const fenceKey = (lease: string): string => `h${lease}`;
export const commitOfKey = (key: string): number => Number(key.slice(1));
export const timeOfEventKey = (key: string): EpochMs => timeOfId(eventId(key.slice(1)));
