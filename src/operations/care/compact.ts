import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {type NodeId, TOC_LEVELS} from '../../domain/toc/node-id.js';
import type {Change, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdInTurns, letOthersIn} from '../access/hold.js';
import {takeLock} from '../access/take-lock.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** Records of commits are kept this long, to tell whether any commit is missing. */
const COMMIT_RECORD_DAYS = 30;
const POINTERS_PER_TURN = 1_000;

export interface CompactOptions {
  /** Nothing is removed. */
  readonly dryRun: boolean;
  /** The caller holds the lock of compactions. */
  readonly isLocked?: boolean;
  /** Ends the compaction. Finished parts stay finished. */
  readonly signal?: AbortSignal | undefined;
}

/** What a compaction did, or would do with `dryRun`. */
export interface CompactReport {
  readonly dryRun: boolean;
  /** Drained inbox files. */
  readonly inbox: {readonly files: number; readonly bytes: number; readonly keptFiles: number; readonly keepDays: number | undefined};
  readonly versions: {readonly removed: number; readonly kept: number; readonly keepVersions: number | undefined};
  readonly commitRecords: {readonly removed: number; readonly kept: number};
  /** The approximate size of the store on disk. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Removes what the policy lets go (old versions of nodes, drained inbox files; never an event) and has LevelDB compact itself, key range
 * by key range; the store is let go between them.
 * @throws MemError LOCK_BUSY when another compaction runs
 */
export async function compact(mem: Mem, {dryRun, isLocked, signal}: CompactOptions): Promise<CompactReport> {
  await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
  const lock = isLocked ? undefined : takeLock(mem, 'compact');
  try {
    const now = mem.clock();
    const versions = await holdInTurns(mem, JOB_PATIENCE_MS, (current) => pruneVersions(mem, current, {dryRun, signal}));
    const commitRecords = await mem.store.use(JOB_PATIENCE_MS, (store) => pruneCommitRecords(store, now, dryRun));
    const inbox = pruneInbox(mem, now, dryRun);
    const steps = await mem.store.use(JOB_PATIENCE_MS, (store) => store.compactionSteps());
    const bytesBefore = steps.reduce((sum, {bytes}) => sum + bytes, 0);
    if (dryRun) return {dryRun, inbox, versions, commitRecords, bytesBefore, bytesAfter: bytesBefore};
    for (const step of steps) {
      if (signal?.aborted) break;
      await mem.store.use(JOB_PATIENCE_MS, (store) => store.compact(step));
      await letOthersIn();
    }
    const after = await mem.store.use(JOB_PATIENCE_MS, (store) => store.compactionSteps());
    return {dryRun, inbox, versions, commitRecords, bytesBefore, bytesAfter: after.reduce((sum, {bytes}) => sum + bytes, 0)};
  } finally {
    lock?.release();
  }
}

function pruneInbox(mem: Mem, now: EpochMs, dryRun: boolean): CompactReport['inbox'] {
  const keepDays = mem.inboxKeepDays;
  const before = mem.inbox.facts().doneFiles;
  if (keepDays === undefined) return {files: 0, bytes: 0, keptFiles: before, keepDays};
  const {files, bytes} = mem.inbox.pruneDone(now, keepDays, {dryRun});
  return {files, bytes, keptFiles: before - files, keepDays};
}

/** Removes all but the newest versions of each node. The latest one always stays. */
async function* pruneVersions(
  mem: Mem,
  current: () => Store,
  {dryRun, signal}: CompactOptions,
): AsyncGenerator<void, CompactReport['versions']> {
  const keepVersions = mem.keepVersions;
  let removed = 0;
  let kept = 0;
  for (const tocLevel of TOC_LEVELS) {
    let from: string | undefined = '';
    while (from !== undefined && !signal?.aborted) {
      const page = await current().pointers(tocLevel, {from}, POINTERS_PER_TURN);
      const changes: Change[] = [];
      for (const {id, version} of page) {
        const there = await versionsThere(current(), id, version, keepVersions);
        const old = there.filter((one) => keepVersions !== undefined && one <= version - keepVersions);
        removed += old.length;
        kept += there.length - old.length;
        for (const one of old) changes.push({kind: 'no-node-version', id, version: one});
      }
      if (changes.length > 0 && !dryRun) await current().commit(changes, mem.clock(), {sync: true});
      from = page.length < POINTERS_PER_TURN ? undefined : after(page.at(-1)?.id);
      yield;
    }
  }
  return {removed, kept, keepVersions};
}

/** The numbers of the versions that are there. Without a policy none was ever removed, so nothing has to be read. */
async function versionsThere(store: Store, id: NodeId, latest: number, keepVersions: number | undefined): Promise<readonly number[]> {
  if (keepVersions === undefined || latest === 1) return Array.from({length: latest}, (_, at) => at + 1);
  return (await store.versions(id)).map(({version}) => version);
}

/** The first period part that sorts after that of `id`. */
function after(id: NodeId | undefined): string | undefined {
  return id === undefined ? undefined : `${id.slice(id.indexOf(':', 4) + 1)}\u0000`;
}

/**
 * Only from the oldest on and never the last: what is kept must be without gaps. Where it is not, commits are missing: the store
 * remembers it, and every command says so, until the gap is older than the records.
 */
async function pruneCommitRecords(store: Store, now: EpochMs, dryRun: boolean): Promise<CompactReport['commitRecords']> {
  const {records, last} = await store.commitRecords();
  const firstKept = records.findIndex(({commit, at}) => commit === last || now - at < COMMIT_RECORD_DAYS * DAY_MS);
  const old = firstKept <= 0 ? [] : records.slice(0, firstKept);
  const kept = records.slice(old.length);
  const hasGap = last - (kept[0]?.commit ?? last) + 1 > kept.length && kept.length > 0;
  const changes = old.map(({commit}): Change => ({kind: 'no-commit-record', commit}));
  if (hasGap !== store.counters.holes > 0) changes.push({kind: 'counters', counters: {holes: hasGap ? 1 : 0}});
  if (changes.length > 0 && !dryRun) await store.commit(changes, now, {sync: true});
  return {removed: old.length, kept: kept.length};
}
