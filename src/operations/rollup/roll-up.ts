import type {ModelSummarizer} from '../../domain/model/model-summarizer.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {Calendar} from '../../domain/time/period.js';
import {TOC_LEVELS, type TocLevel} from '../../domain/toc/node-id.js';
import type {Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {takeLock} from '../access/take-lock.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {ModelCalls} from './model/model-calls.js';
import {periodsForModel} from './model/roll-up-periods-by-model.js';
import {segmentsForModel} from './model/roll-up-segments-by-model.js';
import {rollUpPeriods} from './offline/roll-up-periods.js';
import {rollUpSegments} from './offline/roll-up-segments.js';
import {findRedo, markForRedo, type Redo} from './redo.js';
import {dueOf, markForRetry} from './steps/retries.js';
import {ROLLUP_JOB, type RollupCheckpoint, RollupRun} from './steps/rollup-run.js';
import type {RunBudget} from './steps/run-budget.js';

export interface RollUpOptions {
  /** Rolls up what is below this TOC level first, then it, and nothing above it. Default: all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Makes again what was made so, though nothing changed. */
  readonly redo?: Redo | undefined;
  /** Made by nobody this time; what they are inputs of waits. */
  readonly leftOut?: ReadonlySet<TocLevel> | undefined;
  /** The lock of rollups is held by who calls. */
  readonly isLocked?: boolean | undefined;
}

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
  const isNeeded = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, (store) => hasWork(mem, store));
  if (!isNeeded && options.redo === undefined) return;
  const lock = options.isLocked ? undefined : takeLock(mem, 'rollup');
  try {
    // Under the lock: a change of the time zone takes it too, so the calendar is that of the store until the last commit.
    const run = await mem.store.use(JOB_PATIENCE_MS, async (store) => {
      const begun = new RollupRun(mem, new Calendar(store.header.timeZone), mem.clock(), signal, await store.retries());
      await markForRetry(mem, store, [...begun.dueRetries]);
      return begun;
    });
    if (options.redo) for await (const pointers of findRedo(mem, options.redo)) await markForRedo(mem, pointers);
    const ofLevel = mem.model && run.budget ? withModel(run, mem.model, run.budget) : withoutModel(run);
    for (const tocLevel of levelsUpTo(options.tocLevel)) {
      if (signal.aborted) break;
      if (options.leftOut?.has(tocLevel)) continue;
      yield* ofLevel(tocLevel);
    }
    await mem.store.use(JOB_PATIENCE_MS, (store) => run.finish(store));
    await mem.store.maintenance?.tidy();
  } finally {
    lock?.release();
  }
}

/** Makes what is marked of a TOC level. */
type RollUpLevel = (tocLevel: TocLevel) => AsyncGenerator<RollupOutcome>;

function withoutModel(run: RollupRun): RollUpLevel {
  return (tocLevel) => (tocLevel === 'segment' ? rollUpSegments(run) : rollUpPeriods(run, tocLevel));
}

function withModel(run: RollupRun, model: ModelSummarizer, budget: RunBudget): RollUpLevel {
  const calls = new ModelCalls(run, model, budget);
  return (tocLevel) =>
    calls.make(tocLevel === 'segment' ? segmentsForModel(run, model, () => calls.hasEnded) : periodsForModel(run, model, tocLevel));
}

/** Whether anything is marked, a retry is due, or the last rollup was cut short, which is to be closed. */
async function hasWork(mem: Mem, store: Store): Promise<boolean> {
  const last = (await store.jobStates([ROLLUP_JOB]))[0] as RollupCheckpoint | undefined;
  if (last !== undefined && last.finished_at === undefined) return true;
  if ((await store.sessionDayMarks({}, {limit: 1})).length > 0) return true;
  for (const tocLevel of TOC_LEVELS) if (tocLevel !== 'segment' && (await store.nodeMarks(tocLevel)).length > 0) return true;
  return mem.model !== undefined && dueOf(mem, await store.retries(), mem.clock()).length > 0;
}
