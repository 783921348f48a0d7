import type {EpochMs} from '../../domain/event/event.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {TOC_LEVELS, type TocLevel} from '../../domain/toc/node-id.js';
import type {Commits} from './commit/commits.js';
import {findWork} from './find/find-work.js';
import {make} from './make/make.js';
import {ModelCalls} from './make/model-calls.js';
import {markForNewRules} from './mark-for-new-rules.js';
import {markForRedo, type Redo} from './redo.js';
import type {RollupRun} from './rollup-run.js';

export interface WalkOptions {
  /** Rolls up what is below this TOC level first, then it, and nothing above it. Default: all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Makes again what was made so, though nothing changed. */
  readonly redo?: Redo | undefined;
  /** Not made this time; what they are inputs of waits. */
  readonly leftOut?: ReadonlySet<TocLevel> | undefined;
  /** What ended before it is made offline, also where a model is configured. */
  readonly offlineBefore?: EpochMs | undefined;
}

/**
 * Finds what is marked, makes it and commits it, from the leaves to the root, and yields what became of each node. When the run's signal
 * aborts, what is made is committed and nothing more is begun.
 */
export async function* walk(run: RollupRun, commits: Commits, options: WalkOptions): AsyncGenerator<RollupOutcome> {
  await markForNewRules(run);
  if (options.redo) await markForRedo(run, options.redo);
  const {model} = run.mem;
  const calls = model && run.budget && new ModelCalls(run, model, run.budget, options.offlineBefore);
  for (const tocLevel of levelsUpTo(options.tocLevel)) {
    if (run.signal.aborted) break;
    if (options.leftOut?.has(tocLevel)) continue;
    const found = findWork(run, commits, tocLevel, (time) => calls?.isAskedFor(time) ?? false);
    for await (const made of make(run, calls, found)) {
      await commits.add(made);
      yield* commits.takeOutcomes();
    }
    // Periods are made on this thread, and the other one holds a heap of its own.
    if (tocLevel === 'segment') await run.threaded?.endThread();
  }
}

/** What is below a TOC level is made before it. */
function levelsUpTo(tocLevel: TocLevel = 'year'): readonly TocLevel[] {
  return TOC_LEVELS.slice(TOC_LEVELS.indexOf(tocLevel)).reverse();
}
