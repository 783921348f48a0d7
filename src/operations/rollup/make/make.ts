import {eventLoopTurn} from '../../../system/sleep.js';
import type {Made} from '../commit/made.js';
import type {Work} from '../find/work.js';
import type {RollupRun} from '../rollup-run.js';
import {makeOffline, type OfflineNode} from './make-offline.js';
import type {ModelCalls} from './model-calls.js';
import {readAhead} from './read-ahead.js';
import {sideBySide} from './side-by-side.js';

type Task = () => Promise<Made>;

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
      tasks.push({time: work.time, task: () => makeOffline(run.mem.summarizer, work, offline)});
      for (const wanted of work.toMake) {
        const paid = calls && run.paidElsewhere?.versionOf(wanted);
        const node = paid === undefined ? wanted : {...wanted, ready: paid};
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
