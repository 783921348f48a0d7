import {MemError} from '../../../errors.js';
import {lockBusy} from '../../../locks/locks.js';
import {trySettleOwnJournal} from '../../forget/own-journal.js';
import type {Mem} from '../../mem.js';
import {check} from '../check/check.js';
import type {CheckOptions, CheckReport} from '../check/check-report.js';
import type {Copy} from '../check/verdict.js';
import {type MadeStore, type MakeStoreOptions, makeStore} from './make-store.js';
import {type RepairedJournal, repairJournal} from './repair-journal.js';

export interface RepairOptions extends Pick<MakeStoreOptions, 'timeZone' | 'onProgress'> {
  /** Only says what is wrong, and what would be made again. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onCheck?: CheckOptions['onProgress'];
  /** What was found, before anything is done about it. */
  readonly onFound?: (before: CheckReport) => void;
}

export interface RepairReport {
  readonly dryRun: boolean;
  /** What was found before. */
  readonly before: CheckReport;
  /** What was made again, or would be. */
  readonly copies: readonly Copy[];
  readonly store: MadeStore | undefined;
  readonly journal: RepairedJournal | undefined;
  /** What is found now; undefined where nothing was done, or a signal ended it. */
  readonly after: CheckReport | undefined;
}

/**
 * Finds what is damaged in the store and the journal, and makes each again from what is whole of both. The old store is kept beside the new
 * one; where it cannot be helped, everything is as before. It can be killed at any point, and run again.
 * @throws MemError LOCK_BUSY while a compaction runs, NO_STORE, STORE_BUSY, FORMAT_NEWER, NOT_WRITTEN, IO_ERROR
 */
export async function repair(mem: Mem, options: RepairOptions): Promise<RepairReport> {
  if (!options.dryRun) await trySettleOwnJournal(mem);
  const lock = takeLock(mem);
  try {
    return await repairHeld(mem, options);
  } finally {
    lock.release();
  }
}

/** Whether something is lost, or was not repaired. */
export function isBadAfter({dryRun, copies, store, after}: RepairReport): boolean {
  if (dryRun || after === undefined) return copies.length > 0;
  return after.cure !== undefined || (store?.lostEvents ?? 0) > 0;
}

/** A lease would open the store. */
export function takeLock(mem: Pick<Mem, 'locks'>): {release(): void} {
  const lock = mem.locks.acquire('compact', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('compact', lock.holder);
  return lock;
}

async function repairHeld(mem: Mem, {dryRun, timeZone, signal, onProgress, onCheck, onFound}: RepairOptions): Promise<RepairReport> {
  const look = (): Promise<CheckReport> => check(mem, {depth: 'full', signal, onProgress: onCheck});
  const before = await look();
  onFound?.(before);
  const copies = (['store', 'journal'] as const).filter((copy) => before.wrong.has(copy) || (copy === 'journal' && before.isJournalShort));
  const report = {dryRun, before, copies, store: undefined, journal: undefined, after: undefined};
  if (dryRun || copies.length === 0 || !before.isWhole) return report;
  const store = copies.includes('store')
    ? await makeStore(mem, {salvages: true, dropsIndex: before.isIndexWrong, timeZone, signal, onProgress})
    : undefined;
  if (signal?.aborted) return {...report, store};
  const upkeep = mem.store.maintenance?.journal;
  const journal = upkeep ? await repairJournal(mem, upkeep, signal) : undefined;
  return {...report, store, journal, after: signal?.aborted ? undefined : await look()};
}

/** @throws MemError NO_STORE */
export function assertHasJournal(mem: Pick<Mem, 'journal' | 'home'>): void {
  if (mem.journal.hasFiles()) return;
  throw new MemError('NO_STORE', `there is no journal in ${mem.home} to make the store from`, {
    hint: 'what the store still has is brought back by: mem repair',
  });
}
