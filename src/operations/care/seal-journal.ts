import {MemError} from '../../errors.js';
import type {JournalFile} from '../../journal/journal.js';
import type {KnownEnd} from '../../store/port/journal.js';
import type {Mem} from '../mem.js';

export interface SealReport {
  readonly files: number;
  /** By how much smaller they are now. */
  readonly savedBytes: number;
  /** Left as they are, for `mem repair`. */
  readonly damagedFiles: number;
}

/**
 * Seals our files that are not appended to any more. The store is not held meanwhile; the caller has the lease of compactions. Of a journal
 * that is not in the store yet, nothing is sealed.
 */
export async function sealJournal(mem: Mem, {dryRun, signal}: {dryRun: boolean; signal?: AbortSignal | undefined}): Promise<SealReport> {
  const ends = mem.store.journalFiles?.facts?.ends ?? [];
  const writer = mem.journal.ownWriter();
  const report = {files: 0, savedBytes: 0, damagedFiles: 0};
  if (!dryRun) mem.journal.sweep();
  for (const file of mem.journal.list().files) {
    if (signal?.aborted || file.writer !== writer || !isClosed(file, ends)) continue;
    if (dryRun) {
      report.files++;
      continue;
    }
    const sealed = await mem.journal.rewrite(file, {}).catch(asDamaged);
    if (sealed === undefined) report.damagedFiles++;
    else {
      report.files++;
      report.savedBytes += file.bytes - sealed.bytes;
    }
  }
  return report;
}

/** Whether the store's end lies in a later file: then nothing is appended to this one, nor read from a place in it. */
function isClosed({kind, writer, number, generation}: JournalFile, ends: readonly KnownEnd[]): boolean {
  const end = ends.find((known) => known.kind === kind && known.writer === writer);
  return generation === 0 && end !== undefined && number < end.number;
}

function asDamaged(error: unknown): undefined {
  if (error instanceof MemError && error.code === 'JOURNAL_DAMAGED') return undefined;
  throw error;
}
