import {addSpending, NOTHING_SPENT, type Spending} from '../../../domain/rollup/budget.js';
import {type NodePointer, pointerTo, type TocNode} from '../../../domain/toc/node.js';
import type {LocalDate, NodeId} from '../../../domain/toc/node-id.js';
import {addToSessionDay} from '../../port/sort-batch.js';
import type {Change, SessionDay, StoreHeader} from '../../port/store.js';
import * as keys from '../keys.js';
import {formatNode, parsePointer} from '../node-records.js';
import type {Reader} from '../read/reader.js';
import {formatAlias, formatJson, formatRetry, formatSessionDay, formatTombstone, parseSessionDay, parseSpending} from '../records.js';
import type {SealedBatch} from './sealed-batch.js';

/** A change of the port, or one that only LevelDB's side makes. */
export type OwnChange =
  | Change
  /** A version of a node with its record already made. */
  | {readonly kind: 'node'; readonly node: TocNode; readonly record: Buffer}
  | {readonly kind: 'no-commit-record'; readonly commit: number}
  /** The store takes on what this mem writes: an older one must not open it any more. */
  | {readonly kind: 'format'; readonly formatVersion: number; readonly holdsFormerIds: boolean};

/** The journal and the store have a version of a node in the same words: they are put into words once. */
export function withNodeRecords(changes: readonly OwnChange[]): readonly OwnChange[] {
  return changes.map((change) => (change.kind === 'node' ? {...change, record: nodeRecordOf(change)} : change));
}

export function nodeRecordOf(change: Extract<OwnChange, {kind: 'node'}>): Buffer {
  return 'record' in change ? change.record : formatNode(change.node);
}

/**
 * What changes are added to, as it is stored: a commit reads it, adds to it and writes it while it has the store alone. An added part
 * may follow another one, or a removal, in the same commit.
 */
export interface Sums {
  readonly sessionDays: Map<string, SessionDay | undefined>;
  readonly ledger: Map<LocalDate, Spending>;
  /** Of nodes that are to be made again. */
  readonly pointers: ReadonlyMap<NodeId, NodePointer>;
  /** Of nodes that are to be taken out, the keys of all versions. */
  readonly versions: ReadonlyMap<NodeId, readonly string[]>;
}

export async function readSums(reader: Reader, changes: readonly OwnChange[]): Promise<Sums> {
  const dayKeys = new Set<string>();
  const dates = new Set<LocalDate>();
  const ids = new Set<NodeId>();
  const versions = new Map<NodeId, readonly string[]>();
  for (const change of changes) {
    if (change.kind === 'no-node') versions.set(change.id, await reader.list(keys.nodeVersions(change.id), (key) => key));
    else if (change.kind === 'session-day-activity') dayKeys.add(keys.sessionDayKey(change.date, change.sessionKey));
    else if (change.kind === 'session-day-add') dayKeys.add(keys.sessionDayKey(change.sessionDay.date, change.sessionDay.sessionKey));
    else if (change.kind === 'spend') dates.add(change.date);
    else if (change.kind === 'redo-node') ids.add(change.pointer.id);
  }
  const days = await reader.lookUp([...dayKeys]);
  const spent = await reader.getMany([...dates].map(keys.ledgerKey));
  const pointers = await readPointers(reader, ids);
  return {
    sessionDays: new Map([...dayKeys].map((key, at) => [key, days[at] && parseSessionDay(key, days[at])])),
    ledger: new Map([...dates].map((date, at) => [date, spent[at] ? parseSpending(keys.ledgerKey(date), spent[at]) : NOTHING_SPENT])),
    pointers: new Map(pointers.map((pointer) => [pointer.id, pointer])),
    versions,
  };
}

/**
 * Throws where the versions of nodes in `changes` do not follow what is stored, or the latest version of a node would go: a commit that
 * was planned on what is no longer true.
 */
export async function checkVersions(reader: Reader, changes: readonly OwnChange[]): Promise<void> {
  const ids = new Set<NodeId>();
  for (const change of changes) {
    if (change.kind === 'node') ids.add(change.node.id);
    else if (change.kind === 'no-node-version' || change.kind === 'no-node') ids.add(change.id);
  }
  if (ids.size === 0) return;
  const latest = new Map<NodeId, number>((await readPointers(reader, ids)).map(({id, version}) => [id, version]));
  for (const change of changes) {
    if (change.kind === 'node') {
      const {id, version} = change.node;
      if (version !== (latest.get(id) ?? 0) + 1) throw new Error(`version ${version} of ${id} does not follow ${latest.get(id) ?? 0}`);
      latest.set(id, version);
    } else if (change.kind === 'no-node') {
      latest.delete(change.id);
    } else if (change.kind === 'no-node-version' && change.version === latest.get(change.id)) {
      throw new Error(`version ${change.version} of ${change.id} is the latest and stays`);
    }
  }
}

async function readPointers(reader: Reader, ids: ReadonlySet<NodeId>): Promise<readonly NodePointer[]> {
  const pointerKeys = [...ids].map(keys.pointerKey);
  const found = await reader.getMany(pointerKeys);
  return pointerKeys.flatMap((key, at) => (found[at] === undefined ? [] : [parsePointer(key, found[at])]));
}

/** Puts a change into its batch. Counters are the caller's, and what is numbered by them. @param token of the marks that it sets */
export function putChange(batch: SealedBatch, change: OwnChange, token: string, header: StoreHeader, sums: Sums): void {
  switch (change.kind) {
    case 'event': {
      const {key, aliasKey} = keys.keysOfRecord(change.record);
      batch.put(key, change.record);
      if (aliasKey !== undefined) batch.put(aliasKey, formatAlias(key));
      return;
    }
    case 'no-event': {
      const {key, aliasKey} = keys.keysOfRecord(change.record);
      batch.del(key);
      if (aliasKey !== undefined) batch.del(aliasKey);
      return;
    }
    case 'tombstone': {
      const {id, alias, words} = change.tombstone;
      batch.put(keys.tombstoneKey(id), formatTombstone(change.tombstone));
      if (alias !== '') batch.put(keys.aliasTombstoneKey(alias), formatJson(null));
      for (const mark of words) batch.put(keys.wordsKey(mark), formatJson(null));
      return;
    }
    case 'session-day-add': {
      const key = keys.sessionDayKey(change.sessionDay.date, change.sessionDay.sessionKey);
      const sum = addToSessionDay(sums.sessionDays.get(key), change.sessionDay);
      sums.sessionDays.set(key, sum);
      batch.put(key, formatSessionDay(sum));
      return;
    }
    case 'session-day-activity': {
      const key = keys.sessionDayKey(change.date, change.sessionKey);
      const known = sums.sessionDays.get(key);
      if (known === undefined) return;
      const counted = {...known, activity: change.activity};
      sums.sessionDays.set(key, counted);
      batch.put(key, formatSessionDay(counted));
      return;
    }
    case 'no-session-day': {
      const key = keys.sessionDayKey(change.date, change.sessionKey);
      sums.sessionDays.set(key, undefined);
      batch.del(key);
      return;
    }
    case 'mark-session-day':
      batch.put(keys.sessionDayMarkKey(change.date, change.sessionKey), formatJson(token));
      return;
    case 'unmark-session-day':
      batch.del(keys.sessionDayMarkKey(change.date, change.sessionKey));
      return;
    case 'mark-node':
      batch.put(keys.nodeMarkKey(change.id), formatJson(token));
      return;
    case 'unmark-node':
      batch.del(keys.nodeMarkKey(change.id));
      return;
    case 'node':
      batch.put(keys.nodeKey(change.node.id, change.node.version), nodeRecordOf(change));
      batch.put(keys.pointerKey(change.node.id), formatJson(pointerTo(change.node)));
      return;
    case 'redo-node': {
      const pointer = sums.pointers.get(change.pointer.id);
      if (pointer) batch.put(keys.pointerKey(pointer.id), formatJson({...pointer, inputFingerprint: ''}));
      return;
    }
    case 'keep-node':
      batch.put(keys.pointerKey(change.node.id), formatJson(pointerTo(change.node)));
      return;
    case 'no-node-version':
      batch.del(keys.nodeKey(change.id, change.version));
      return;
    case 'no-node':
      for (const key of sums.versions.get(change.id) ?? []) batch.del(key);
      for (const keyOf of [keys.pointerKey, keys.nodeMarkKey, keys.retryKey]) batch.del(keyOf(change.id));
      return;
    case 'format': {
      const {formatVersion, holdsFormerIds} = change;
      batch.put(keys.HEADER_KEY, formatJson({...header, formatVersion, holdsFormerIds}));
      return;
    }
    case 'time-zone':
      batch.put(keys.HEADER_KEY, formatJson({...header, timeZone: change.timeZone, alarm: ''}));
      return;
    case 'rules-version':
      batch.put(keys.HEADER_KEY, formatJson({...header, rulesVersion: change.rulesVersion}));
      return;
    case 'spend': {
      const sum = addSpending(sums.ledger.get(change.date) ?? NOTHING_SPENT, change.added);
      sums.ledger.set(change.date, sum);
      batch.put(keys.ledgerKey(change.date), formatJson(sum));
      return;
    }
    case 'retry':
      batch.put(keys.retryKey(change.retry.id), formatRetry(change.retry));
      return;
    case 'no-retry':
      batch.del(keys.retryKey(change.id));
      return;
    case 'search-row':
      if (change.row === undefined) batch.del(keys.searchKey(change.key));
      else batch.put(keys.searchKey(change.key), change.row);
      return;
    case 'import-note':
      batch.put(keys.importNoteKey(change.note.topic, change.note.name), formatJson(change.note));
      return;
    case 'job-state':
      batch.put(keys.jobKey(change.job), formatJson(change.state));
      return;
    case 'no-commit-record':
      batch.del(keys.commitKey(change.commit));
      batch.del(keys.changedNamesKey(change.commit));
      return;
    case 'count':
    case 'taken-part':
      return;
  }
}
