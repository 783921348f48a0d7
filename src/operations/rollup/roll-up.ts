import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {PERIOD_LEVELS} from '../../domain/toc/node-id.js';
import type {Fence, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdOnce} from '../access/hold.js';
import {takeLease} from '../access/take-lease.js';
import {backfillJournal} from '../care/backfill-journal.js';
import {trySettleOwnJournal} from '../forget/own-journal.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {careForIndex} from '../search/care-for-index.js';
import {isComplete, noteCompleteIndex} from '../search/complete-index.js';
import {readCheckpoint} from './commit/checkpoint.js';
import {Commits} from './commit/commits.js';
import {hasOldRules} from './mark-for-new-rules.js';
import {dueOf} from './retries.js';
import {beginRun} from './rollup-run.js';
import {holdStore} from './rollup-store.js';
import {type WalkOptions, walk} from './walk.js';

export interface RollUpOptions extends WalkOptions {
  /** The lease of rollups is held by the caller. */
  readonly isLocked?: boolean | undefined;
  /** Of that lease. */
  readonly fence?: Fence | undefined;
}

/** So long a rollup writes to a journal that is younger than the store. */
const BACKFILL_MS = 2_000;

/**
 * Rolls up what is due, yielding what became of each node that is marked. It can be killed at any point: what is committed stays, what is
 * not stays marked. When `signal` aborts, what is made is committed and nothing more is begun. The store is closed while a summary is made and while
 * the caller looks at an outcome.
 * @throws MemError LOCK_BUSY when another rollup runs, NO_STORE, STORE_BUSY
 */
export async function* rollUp(mem: Mem, options: RollUpOptions, signal: AbortSignal): AsyncGenerator<RollupOutcome> {
  const isNeeded = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, (store) => hasWork(mem, store));
  await backfillJournal(mem, BACKFILL_MS, signal);
  await trySettleOwnJournal(mem);
  if (!isNeeded && options.redo === undefined) return;
  const lease = options.isLocked ? undefined : await takeLease(mem, 'rollup');
  try {
    // Under the lease: a change of the time zone takes it too, so the calendar is that of the store until the last commit.
    const run = await beginRun(mem, holdStore(mem), signal, {isDryRun: false});
    await holdOnce(mem, (store) => noteCompleteIndex(store, run.now));
    const commits = new Commits(run, lease?.fence ?? options.fence);
    try {
      yield* walk(run, commits, options);
      await commits.finish();
      yield* commits.takeOutcomes();
      await careForIndex(mem, run);
      await mem.store.maintenance?.tidy();
    } finally {
      await run.threaded?.end();
    }
  } finally {
    await lease?.release();
  }
}

/** Whether anything is marked, a retry is due, the search index is not complete, or the last rollup was cut short, which is to be closed. */
export async function hasWork(mem: Pick<Mem, 'model' | 'clock'>, store: Store): Promise<boolean> {
  if (hasOldRules(store)) return true;
  const last = await readCheckpoint(store);
  if (last !== undefined && last.finishedAt === undefined) return true;
  const [marks, ...nodeMarks] = await Promise.all([
    store.sessionDayMarks({}, {limit: 1}),
    ...PERIOD_LEVELS.map((tocLevel) => store.nodeMarks(tocLevel)),
  ]);
  if (marks.length + nodeMarks.flat().length > 0) return true;
  if ((await store.counters()).events > 0 && !(await isComplete(store))) return true;
  return mem.model !== undefined && dueOf(mem, await store.retries(), mem.clock()).length > 0;
}
