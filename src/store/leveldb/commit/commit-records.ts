import type {EpochMs} from '../../../domain/event/event.js';
import {DAY_MS} from '../../../domain/time/durations.js';
import type {CommitRecords} from '../../port/store.js';
import {COMMITS, commitOfKey} from '../keys.js';
import type {Reader} from '../read/reader.js';
import {parseCommit} from '../records.js';
import type {OwnChange} from './changes.js';

/** Records of commits are kept this long: they tell what is new. */
const KEPT_DAYS = 30;

export async function readCommitRecords(reader: Reader): Promise<CommitRecords> {
  const list = await reader.list(COMMITS, (key, bytes) => ({commit: commitOfKey(key), at: parseCommit(key, bytes).at}));
  return {first: list[0]?.commit ?? 0, last: list.at(-1)?.commit ?? 0, count: list.length, records: list};
}

/** The changes that let old records go: only from the oldest on and never the last, for what is kept must be without gaps. */
export function pruneRecords(
  {records, last}: CommitRecords,
  now: EpochMs,
): {readonly changes: readonly OwnChange[]; readonly removed: number; readonly kept: number} {
  const firstKept = records.findIndex(({commit, at}) => commit === last || now - at < KEPT_DAYS * DAY_MS);
  const old = firstKept <= 0 ? [] : records.slice(0, firstKept);
  const changes = old.map(({commit}): OwnChange => ({kind: 'no-commit-record', commit}));
  return {changes, removed: old.length, kept: records.length - old.length};
}
