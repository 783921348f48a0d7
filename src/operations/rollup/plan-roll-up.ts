import {NOTHING_SPENT} from '../../domain/rollup/budget.js';
import type {RollupOutcome, RollupStep} from '../../domain/rollup/rollup-step.js';
import {Calendar} from '../../domain/time/period.js';
import {withDrainedStore} from '../access/drained-store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {Commits} from './commit/commits.js';
import {assertPriced} from './make/run-budget.js';
import {holdOverlay, Overlay} from './overlay.js';
import {plannedModel, plannedSummarizer} from './planned-summarizers.js';
import {hasWork} from './roll-up.js';
import {beginRun} from './rollup-run.js';
import {type WalkOptions, walk} from './walk.js';

/**
 * Yields what a rollup would do now, and changes nothing but to drain the inbox: the same walk, above which what it would make lies in
 * memory. That counts as a change of what is above it, so the periods that are named are an upper bound, and so is what their calls take.
 * @throws MemError NO_STORE, STORE_BUSY; CONFIG_INVALID where the budget lacks prices
 */
export async function* planRollUp(mem: Mem, options: WalkOptions): AsyncGenerator<RollupStep> {
  if (mem.model) assertPriced(mem.budget);
  const start = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async (store) => {
    const today = new Calendar(store.header.timeZone).dateOf(mem.clock());
    return {isNeeded: await hasWork(mem, store), today, spent: (await store.spentOn(today)) ?? NOTHING_SPENT};
  });
  if (!start.isNeeded && options.redo === undefined) return;
  const overlay = new Overlay([[start.today, start.spent]]);
  const planned = {...mem, summarizer: plannedSummarizer(mem.summarizer), model: mem.model && plannedModel(mem.model)};
  const run = await beginRun(planned, holdOverlay(mem, overlay), new AbortController().signal, {isDryRun: true});
  const commits = new Commits(run);
  for await (const outcome of walk(run, commits, options)) yield stepFrom(outcome);
  await commits.finish();
  for (const outcome of commits.takeOutcomes()) yield stepFrom(outcome);
}

function stepFrom(outcome: RollupOutcome): RollupStep {
  const call = outcome.kind === 'made' ? outcome.call : undefined;
  return call ? {...outcome.step, call} : outcome.step;
}
