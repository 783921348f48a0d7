import {type PeriodLevel, TOC_LEVELS, type TocLevel} from '../domain/node-id.js';
import {Calendar} from '../domain/period.js';
import type {RollupOutcome} from '../domain/rollup-step.js';
import type {Store} from '../store/store.js';
import {withDrainedStore} from './drained-store.js';
import {JOB_PATIENCE_MS, type Mem} from './mem.js';
import {findRedo, markForRedo, type Redo} from './redo.js';
import {rollUpPeriods} from './roll-up-periods.js';
import {rollUpSegments} from './roll-up-segments.js';
import {RollupRun} from './rollup-run.js';
import {takeLock} from './take-lock.js';

export interface RollUpOptions {
  /** Rolls up what is below this TOC level first, then it, and nothing above it. Default: all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Makes again what was made so, though nothing changed. */
  readonly redo?: Redo | undefined;
}

/** So many nodes leave so many removed marks that a reader would take longer to step over them than for all the rest. */
const MANY_NODES = 2_000;

/** From the leaves to the root: what is below a TOC level is made before it. */
export function levelsUpTo(tocLevel: TocLevel = 'year'): readonly TocLevel[] {
  return TOC_LEVELS.slice(TOC_LEVELS.indexOf(tocLevel)).reverse();
}

/**
 * Rolls up what is due, yielding what became of each node that is marked. It can be killed at any point: what is committed stays, what is
 * not stays marked. When `signal` aborts, what is made is committed and nothing more is begun. The store is closed while a summary is made and while
 * the caller looks at an outcome.
 * @throws MemError LOCK_BUSY when another rollup runs, NO_STORE, STORE_BUSY
 */
export async function* rollUp(mem: Mem, options: RollUpOptions, signal: AbortSignal): AsyncGenerator<RollupOutcome> {
  const {timeZone, isMarked} = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async (store) => ({
    timeZone: store.header.timeZone,
    isMarked: await hasMarks(store),
  }));
  if (!isMarked && options.redo === undefined) return;
  const lock = takeLock(mem, 'rollup');
  try {
    const run = new RollupRun(mem, new Calendar(timeZone), mem.clock(), signal);
    if (options.redo) for await (const pointers of findRedo(mem, options.redo)) await markForRedo(mem, pointers);
    for (const tocLevel of levelsUpTo(options.tocLevel)) {
      if (signal.aborted) break;
      yield* tocLevel === 'segment' ? rollUpSegments(run) : rollUpPeriods(run, tocLevel as PeriodLevel);
    }
    if (run.changedCount > 0) await mem.store.use(JOB_PATIENCE_MS, (store) => run.finish(store));
    if (run.changedCount >= MANY_NODES) await mem.store.use(JOB_PATIENCE_MS, (store) => store.compactMarks());
  } finally {
    lock.release();
  }
}

async function hasMarks(store: Store): Promise<boolean> {
  if ((await store.sessionDayMarks({}, {limit: 1})).length > 0) return true;
  for (const tocLevel of TOC_LEVELS) if (tocLevel !== 'segment' && (await store.nodeMarks(tocLevel)).length > 0) return true;
  return false;
}
