import type {NodeId} from '../../domain/toc/node-id.js';
import type {Change} from '../port/store.js';
import {Sealer} from './checksum.js';
import type {WriteBatch} from './db.js';
import {
  commitKey,
  HEADER_KEY,
  importNoteKey,
  jobKey,
  keysOfRecord,
  ledgerKey,
  nodeKey,
  nodeMarkKey,
  pointerKey,
  retryKey,
  sessionDayKey,
  sessionDayMarkKey,
} from './keys.js';
import type {Reader, Work} from './reader.js';
import {formatAlias, formatJson, formatRetry, formatSessionDay, parsePointer, pointerTo} from './records.js';

/** A batch whose values get their checksums. */
export class SealedBatch {
  static readonly #sealer = new Sealer();
  readonly #batch: WriteBatch;
  readonly #work: Work;

  constructor(batch: WriteBatch, work: Work) {
    this.#batch = batch;
    this.#work = work;
  }

  put(key: string, bytes: Buffer): void {
    this.#work.keysWritten += 1;
    this.#batch.put(key, SealedBatch.#sealer.seal(key, bytes));
  }

  del(key: string): void {
    this.#work.keysWritten += 1;
    this.#batch.del(key);
  }
}

/**
 * Throws where the versions of nodes in `changes` do not follow what is stored, or the latest version of a node would go: a commit that
 * was planned on what is no longer true.
 */
export async function checkVersions(reader: Reader, changes: readonly Change[]): Promise<void> {
  const ids = new Set<NodeId>();
  for (const change of changes) {
    if (change.kind === 'node') ids.add(change.node.id);
    else if (change.kind === 'no-node-version') ids.add(change.id);
  }
  if (ids.size === 0) return;
  const latest = new Map<NodeId, number>();
  const pointers = await reader.getMany([...ids].map(pointerKey));
  for (const pointer of pointers) {
    if (pointer === undefined) continue;
    const {id, version} = parsePointer(pointer);
    latest.set(id, version);
  }
  for (const change of changes) {
    if (change.kind === 'node') {
      const {id, version} = change.node;
      if (version !== (latest.get(id) ?? 0) + 1) throw new Error(`version ${version} of ${id} does not follow ${latest.get(id) ?? 0}`);
      latest.set(id, version);
    } else if (change.kind === 'no-node-version' && change.version === latest.get(change.id)) {
      throw new Error(`version ${change.version} of ${change.id} is the latest and stays`);
    }
  }
}

/** Puts a change of the commit with this number into its batch. Counters are the caller's. */
export function putChange(batch: SealedBatch, change: Change, commit: number): void {
  switch (change.kind) {
    case 'event': {
      const {key, aliasKey} = keysOfRecord(change.record);
      batch.put(key, change.record);
      if (aliasKey !== undefined) batch.put(aliasKey, formatAlias(key));
      return;
    }
    case 'session-day':
      batch.put(sessionDayKey(change.sessionDay.date, change.sessionDay.sessionKey), formatSessionDay(change.sessionDay));
      return;
    case 'no-session-day':
      batch.del(sessionDayKey(change.date, change.sessionKey));
      return;
    case 'mark-session-day':
      batch.put(sessionDayMarkKey(change.date, change.sessionKey), formatJson(commit));
      return;
    case 'unmark-session-day':
      batch.del(sessionDayMarkKey(change.date, change.sessionKey));
      return;
    case 'mark-node':
      batch.put(nodeMarkKey(change.id), formatJson(commit));
      return;
    case 'unmark-node':
      batch.del(nodeMarkKey(change.id));
      return;
    case 'node':
      batch.put(nodeKey(change.node.id, change.node.version), formatJson(change.node));
      batch.put(pointerKey(change.node.id), formatJson(pointerTo(change.node)));
      return;
    case 'redo-node':
      batch.put(pointerKey(change.pointer.id), formatJson({...change.pointer, inputFingerprint: ''}));
      return;
    case 'keep-node':
      batch.put(pointerKey(change.node.id), formatJson(pointerTo(change.node)));
      return;
    case 'no-node-version':
      batch.del(nodeKey(change.id, change.version));
      return;
    case 'header':
      batch.put(HEADER_KEY, formatJson(change.header));
      return;
    case 'counters':
      return;
    case 'ledger':
      batch.put(ledgerKey(change.date), formatJson(change.spending));
      return;
    case 'retry':
      batch.put(retryKey(change.retry.id), formatRetry(change.retry));
      return;
    case 'no-retry':
      batch.del(retryKey(change.id));
      return;
    case 'import-note':
      batch.put(importNoteKey(change.note.topic, change.note.name), formatJson(change.note));
      return;
    case 'job-state':
      batch.put(jobKey(change.job), formatJson(change.state));
      return;
    case 'no-commit-record':
      batch.del(commitKey(change.commit));
      return;
  }
}
