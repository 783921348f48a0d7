import {errorOutcome, type RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import {isSegmentNode, type TocNode} from '../../../domain/toc/node.js';
import type {Summarizer} from '../../../domain/toc/summary.js';
import {type Made, madeOutcome} from '../commit/made.js';
import type {NodeToMake} from '../find/node-to-make.js';
import type {Work} from '../find/work.js';

/** Made without a call. */
export interface OfflineNode {
  readonly node: NodeToMake;
  /** The model would take it. */
  readonly isCallSaved: boolean;
}

/** Makes nodes of some work without a model, and all that needs no summary. One node that fails does not stop the others. */
export async function makeOffline(summarizer: Summarizer, work: Work, toMake: readonly OfflineNode[]): Promise<Made> {
  if (work.made) return work.made();
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
