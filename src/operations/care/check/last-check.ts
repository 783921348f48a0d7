import {errnoOf, MemError} from '../../../errors.js';
import {lockBusy} from '../../../locks/locks.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {type RepairOptions, type RepairReport, repair} from '../repair/repair.js';
import {check} from './check.js';
import type {CheckOptions, CheckReport} from './check-report.js';

/** In so many parts `compact` looks at everything: each week at one of them, so that 28 days do. */
const SLICES = 4;

/** Checks, and notes what was found. @throws MemError LOCK_BUSY where faults were found beside a compaction or forgetting that goes on */
export async function checkAndNote(mem: Mem, options: CheckOptions): Promise<CheckReport> {
  const report = await checkAlone(mem, options);
  note(mem, report);
  return report;
}

/**
 * A forgetting takes out of the store, then of the journal, and a compaction puts sealed files in the place of others: what is found beside
 * them may be no fault. So it is looked for once more while neither runs.
 */
async function checkAlone(mem: Mem, options: CheckOptions): Promise<CheckReport> {
  const first = await check(mem, options).catch(missedFile);
  if (first !== undefined && (first.cure === undefined || !first.isWhole)) return first;
  const lock = await awaitLock(mem, options.signal).catch(unlessReadOnly);
  if (lock === undefined) return first ?? check(mem, options);
  try {
    return await check(mem, options);
  } finally {
    lock.release();
  }
}

function missedFile(error: unknown): undefined {
  if (error instanceof MemError && errnoOf(error.cause) === 'ENOENT') return undefined;
  throw error;
}

/** In a home that cannot be written nobody forgets or compacts. */
function unlessReadOnly(error: unknown): undefined {
  if (error instanceof MemError && error.code === 'NOT_WRITTEN') return undefined;
  throw error;
}

async function awaitLock(mem: Mem, signal: AbortSignal | undefined): Promise<{release(): void}> {
  for (const since = mem.ticks(); ; ) {
    const lock = mem.locks.acquire('compact', {trigger: 'hand'});
    if (lock.kind === 'acquired') return lock;
    if (signal?.aborted || mem.ticks() - since >= JOB_PATIENCE_MS) throw lockBusy('compact', lock.holder);
    await mem.store.pause();
  }
}

/** Repairs, and notes what is found then. What was found before stays noted where it does not come to its end. */
export async function repairAndNote(mem: Mem, options: RepairOptions): Promise<RepairReport> {
  const report = await repair(mem, {...options, onFound: (before) => note(mem, before)});
  if (report.after !== undefined) note(mem, report.after);
  return report;
}

/** Looks at the part of the memory whose turn it is, at all of that. */
export async function checkNextSlice(mem: Mem, signal: AbortSignal | undefined): Promise<CheckReport> {
  const number = (mem.checkNotes.read()?.nextSlice ?? 0) % SLICES;
  const report = await check(mem, {depth: 'full', slice: {number, of: SLICES}, signal});
  note(mem, report, report.isWhole ? number + 1 : number);
  return report;
}

function note({checkNotes}: Pick<Mem, 'checkNotes'>, report: CheckReport, nextSlice?: number): void {
  const {at, verdicts, storeFault, cure, isWhole} = report;
  const before = checkNotes.read();
  const next = nextSlice ?? before?.nextSlice ?? 0;
  const faults = verdicts.reduce((sum, part) => sum + part.faults, storeFault === undefined ? 0 : 1);
  // What was found elsewhere is not healed by a look at a part, nor by one that was cut short.
  const isPartial = nextSlice !== undefined || !isWhole;
  if (faults === 0 && isPartial && before !== undefined) {
    checkNotes.write({...before, nextSlice: next});
    return;
  }
  const first = storeFault ?? verdicts.flatMap(({examples}) => examples)[0] ?? '';
  checkNotes.write({at, faults, first, cure: cure ?? '', nextSlice: next});
}
