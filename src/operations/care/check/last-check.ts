import type {Mem} from '../../mem.js';
import {type RepairOptions, type RepairReport, repair} from '../repair/repair.js';
import {check} from './check.js';
import type {CheckOptions, CheckReport} from './check-report.js';

/** In so many parts `compact` looks at everything: each week at one of them, so that 28 days do. */
const SLICES = 4;

/** Checks, and notes what was found. */
export async function checkAndNote(mem: Mem, options: CheckOptions): Promise<CheckReport> {
  const report = await check(mem, options);
  note(mem, report);
  return report;
}

/** Repairs, and notes what is found then. */
export async function repairAndNote(mem: Mem, options: RepairOptions): Promise<RepairReport> {
  const report = await repair(mem, options);
  note(mem, report.after ?? report.before);
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
