import type {NodePointer} from '../../domain/toc/node.js';
import {type NodeId, TOC_LEVELS} from '../../domain/toc/node-id.js';
import type {Change, Fence, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {assertHeld, takeLease} from '../access/take-lease.js';
import {trySettleOwnJournal} from '../forget/own-journal.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {backfillJournal, type OldFiles} from './backfill-journal.js';
import {checkNextSlice} from './check/last-check.js';
import {type SealReport, sealJournal} from './seal-journal.js';

const POINTERS_PER_TURN = 1_000;

export interface CompactOptions {
  /** Nothing is removed. */
  readonly dryRun: boolean;
  /** The caller holds the lock of compactions. */
  readonly isLocked?: boolean;
  /** Of its lease. */
  readonly fence?: Fence | undefined;
  /** Ends the compaction. Finished parts stay finished. */
  readonly signal?: AbortSignal | undefined;
}

/** What a compaction did, or would do with `dryRun`. */
export interface CompactReport {
  readonly dryRun: boolean;
  /** Drained inbox files that an older mem kept. */
  readonly inbox: OldFiles;
  readonly journal: SealReport;
  readonly versions: {readonly removed: number; readonly kept: number; readonly keepVersions: number | undefined};
  readonly commitRecords: {readonly removed: number; readonly kept: number};
  /** The approximate size of the store on disk; undefined of a database, which takes care of its own. */
  readonly bytesBefore: number | undefined;
  readonly bytesAfter: number | undefined;
}

/**
 * Removes what the policy allows: old versions of nodes, never an event. Seals the journal's closed files, and compacts the store's. The
 * store is released in between.
 * @throws MemError LOCK_BUSY when another compaction runs
 */
export async function compact(mem: Mem, {dryRun, isLocked, signal, fence: heldFence}: CompactOptions): Promise<CompactReport> {
  await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
  const lease = isLocked ? undefined : await takeLease(mem, 'compact');
  try {
    const now = mem.clock();
    const versions = await holdInTurns(mem, JOB_PATIENCE_MS, (current) =>
      pruneVersions(mem, current, {dryRun, signal, fence: lease?.fence ?? heldFence}),
    );
    const upkeep = mem.store.maintenance;
    const commitRecords = (await upkeep?.pruneCommitRecords(now, {dryRun})) ?? {removed: 0, kept: 0};
    const inbox = dryRun ? mem.inbox.oldFiles() : await backfillJournal(mem, Number.POSITIVE_INFINITY, signal);
    if (!dryRun) await trySettleOwnJournal(mem);
    const journal = await sealJournal(mem, {dryRun, signal});
    const bytesBefore = await upkeep?.size();
    if (dryRun) return {dryRun, inbox, journal, versions, commitRecords, bytesBefore, bytesAfter: bytesBefore};
    await upkeep?.compact(signal);
    await checkNextSlice(mem, signal);
    return {dryRun, inbox, journal, versions, commitRecords, bytesBefore, bytesAfter: await upkeep?.size()};
  } finally {
    await lease?.release();
  }
}

/** Removes all but the newest versions of each node. The latest version always stays. */
async function* pruneVersions(
  mem: Mem,
  current: () => Store,
  {dryRun, signal, fence}: CompactOptions,
): AsyncGenerator<void, CompactReport['versions']> {
  const keepVersions = mem.keepVersions;
  let removed = 0;
  let kept = 0;
  for (const tocLevel of TOC_LEVELS) {
    let from: string | undefined = '';
    while (from !== undefined && !signal?.aborted) {
      const page = await current().pointers(tocLevel, {from}, POINTERS_PER_TURN);
      const changes: Change[] = [];
      const stored = await versionsOf(current(), page, keepVersions);
      for (const [at, {id, version}] of page.entries()) {
        const all = stored[at] ?? [];
        const old = all.filter((number) => keepVersions !== undefined && number <= version - keepVersions);
        removed += old.length;
        kept += all.length - old.length;
        for (const number of old) changes.push({kind: 'no-node-version', id, version: number});
      }
      if (changes.length > 0 && !dryRun) {
        assertHeld('compact', await current().commit(changes, mem.clock(), {sync: true, ...(fence && {fence})}));
      }
      from = page.length < POINTERS_PER_TURN ? undefined : after(page.at(-1)?.id);
      yield;
    }
  }
  return {removed, kept, keepVersions};
}

/** The numbers of the versions of each node. Without a policy no version was ever removed, so nothing has to be read. */
async function versionsOf(
  store: Store,
  pointers: readonly NodePointer[],
  keepVersions: number | undefined,
): Promise<readonly (readonly number[])[]> {
  const isKnown = ({version}: NodePointer): boolean => keepVersions === undefined || version === 1;
  const read = await store.versionsOf(pointers.filter((pointer) => !isKnown(pointer)).map(({id}) => id));
  let next = 0;
  return pointers.map((pointer) => {
    if (isKnown(pointer)) return Array.from({length: pointer.version}, (_, at) => at + 1);
    return (read[next++] ?? []).map(({version}) => version);
  });
}

/** The first period part that sorts after that of `id`. */
function after(id: NodeId | undefined): string | undefined {
  return id === undefined ? undefined : `${id.slice(id.indexOf(':', 4) + 1)}\u0000`;
}
