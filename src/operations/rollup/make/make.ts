import {errorOutcome, type RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import {isSegmentNode, type TocNode} from '../../../domain/toc/node.js';
import {eventLoopTurn} from '../../../system/sleep.js';
import {type Made, madeOutcome} from '../commit/made.js';
import type {NodeToMake, Work} from '../find/work.js';
import type {RollupRun} from '../rollup-run.js';
import type {ModelCalls} from './model-calls.js';
import {readAhead} from './read-ahead.js';
import {sideBySide} from './side-by-side.js';

type Task = () => Promise<Made>;

/** Made without a call. */
interface OfflineNode {
  readonly node: NodeToMake;
  /** The model would take it. */
  readonly isCallSaved: boolean;
}

/**
 * Makes what was found. @param calls undefined without a model: then one thing comes after the other, while the next batch is read. With
 * one the store is closed meanwhile, for a call takes long.
 */
export function make(run: RollupRun, calls: ModelCalls | undefined, found: AsyncGenerator<Work[]>): AsyncGenerator<Made> {
  return sideBySide(
    tasksFor(run, calls, calls ? found : readAhead(found)),
    () => calls?.limit ?? 1,
    (task) => task(),
    () => calls?.abandon(),
  );
}

/** In the order of what was found; with a model the newest node of a batch first, for the budget may end. */
async function* tasksFor(run: RollupRun, calls: ModelCalls | undefined, found: AsyncGenerator<Work[]>): AsyncGenerator<Task> {
  for await (const batch of found) {
    const tasks: {readonly time: number; readonly task: Task}[] = [];
    // What is made may go: the next batch is in memory, too.
    for (const work of batch.splice(0)) {
      const offline: OfflineNode[] = [];
      tasks.push({time: work.time, task: () => makeOffline(run, work, offline)});
      for (const node of work.toMake) {
        const request = node.ready === undefined ? calls && node.requestOf(calls.model) : undefined;
        if (calls && request && !calls.leavesOut(node)) tasks.push({time: node.start, task: () => calls.make(work, node, request)});
        else offline.push({node, isCallSaved: request !== undefined});
      }
    }
    if (calls) tasks.sort((a, b) => b.time - a.time);
    for (let next = tasks.shift(); next; next = tasks.shift()) {
      // What is being read comes in only while nothing is made.
      if (!calls) await eventLoopTurn();
      if (run.signal.aborted) return;
      yield next.task;
    }
  }
}

/** Makes nodes of some work without a model, and all that needs no summary. One node that fails does not stop the others. */
async function makeOffline({mem: {summarizer}}: RollupRun, work: Work, toMake: readonly OfflineNode[]): Promise<Made> {
  const nodes: TocNode[] = work.retracted.map(({node}) => node);
  const outcomes: RollupOutcome[] = work.retracted.map(({step, node}) => ({
    kind: 'retracted',
    step,
    version: node.version,
    replacedBy: isSegmentNode(node) ? (node.replacedBy ?? []) : [],
  }));
  let parts = 1;
  for (const {node: wanted, isCallSaved} of toMake) {
    try {
      const node = wanted.ready ?? wanted.nodeOf(await wanted.summarize(summarizer), summarizerName(summarizer));
      nodes.push(node);
      outcomes.push({...madeOutcome(wanted.step, node), ...(isCallSaved && {isCallSaved})});
      parts++;
    } catch (error) {
      outcomes.push(errorOutcome(wanted.step, error));
    }
  }
  for (const step of work.left) outcomes.push({kind: 'left', step});
  // Until it is committed, its events would take more memory than what was made of them.
  const {mark, isSettled, activity, partsLeft} = work;
  const isWhole = toMake.length === work.toMake.length;
  const committed = isWhole ? {mark, isSettled, ...(activity && {activity}), partsLeft} : work;
  return {work: committed, parts, nodes, changes: work.changes?.() ?? [], outcomes, isPaid: false};
}
