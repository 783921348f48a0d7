import type {ModelFailure} from '../../../domain/model/model-summarizer.js';
import {firstRetry, nextRetry} from '../../../domain/rollup/retry.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import {type Made, madeOutcome} from '../commit/made.js';
import type {NodeToMake} from '../find/node-to-make.js';
import type {Work} from '../find/work.js';
import type {RollupRun} from '../rollup-run.js';

/**
 * What is done about a node for which the model failed: the extractive summary is stored in its place and says why, and where the reason
 * can pass the node is put on the retry list. A stored node that is still right stays: its retry moves on, its redo has failed.
 * @param isUnasked the failure is that of other nodes, after which no call was made for this one
 */
export async function fallBack(
  {mem: {clock, summarizer}, retries}: RollupRun,
  work: Work,
  asked: NodeToMake,
  {reason, canPass, message}: ModelFailure,
  {isUnasked}: {readonly isUnasked: boolean},
): Promise<Made> {
  const {step, kept} = asked;
  // What cost nothing may be done again after a power cut.
  const part = {work, asked, parts: 1, nodes: [], changes: [], isPaid: !isUnasked} as const;
  if (step.reason === 'retry') {
    const retry = retries.get(step.id);
    const next = retry && canPass ? nextRetry(retry, reason, clock()) : undefined;
    return {
      ...part,
      changes: [next ? {kind: 'retry', retry: next} : {kind: 'no-retry', id: step.id}],
      outcomes: [{kind: 'kept', step, fallback: reason, isUnasked}],
    };
  }
  if (kept) {
    const outcome = {kind: 'failed', step, code: 'SERVICE_AWAY', message, isUnasked} as const;
    return {...part, changes: [{kind: 'keep-node', node: kept}], outcomes: [outcome]};
  }
  const node = asked.nodeOf(await asked.summarize(summarizer), summarizerName(summarizer), reason);
  return {
    ...part,
    nodes: [node],
    changes: canPass ? [{kind: 'retry', retry: firstRetry(step.id, reason, clock())}] : [],
    outcomes: [{...madeOutcome(step, node), isUnasked}],
  };
}
