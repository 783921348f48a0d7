import type {ModelFailure} from '../../../domain/model/model-summarizer.js';
import {firstRetry, nextRetry} from '../../../domain/rollup/retry.js';
import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import type {Change, Store} from '../../../store/port/store.js';
import {holdOnce} from '../../access/hold.js';
import type {RollupRun} from '../steps/rollup-run.js';
import type {WantedNode} from './wanted-node.js';

/**
 * What is done about a node for which the model failed: the extractive summary is stored in its place and says why, and where the reason
 * can pass the node is put on the retry list. A node that is there and still right stays: its retry moves on, its redo has failed.
 * @param isUnasked the failure is that of other nodes, after which this one was not asked for
 */
export async function fallBack(
  run: RollupRun,
  wanted: WantedNode,
  failure: ModelFailure,
  {isUnasked}: {readonly isUnasked: boolean},
): Promise<readonly RollupOutcome[]> {
  const {step} = wanted;
  const {reason, canPass, message} = failure;
  const now = run.mem.clock();
  if (step.reason === 'retry') {
    const retry = run.retryOf(step.id);
    const next = retry && canPass ? nextRetry(retry, reason, now) : undefined;
    const change: Change = next ? {kind: 'retry', retry: next} : {kind: 'no-retry', id: step.id};
    const isStored = await holdOnce(run.mem, async (store) => commit(store, await wanted.changesFor(store, undefined), [change]));
    return isStored ? [{kind: 'kept', step, fallback: reason, isUnasked}] : [];
  }
  const node = wanted.nodeOf(await wanted.standIn(), summarizerName(run.mem.summarizer), reason);
  const retry: readonly Change[] = canPass ? [{kind: 'retry', retry: firstRetry(step.id, reason, now)}] : [];
  return holdOnce(run.mem, async (store): Promise<readonly RollupOutcome[]> => {
    const [stored] = step.reason === 'redo' ? await store.nodes([step.id]) : [];
    if (stored && wanted.isMadeFromSame(stored)) {
      const isStored = await commit(store, await wanted.changesFor(store, undefined), [{kind: 'keep-node', node: stored}]);
      return isStored ? [{kind: 'failed', step, code: 'SERVICE_AWAY', message, isUnasked}] : [];
    }
    const isStored = await commit(store, await wanted.changesFor(store, node), retry);
    return isStored ? [{kind: 'made', step, version: node.version, title: node.title, fallback: reason, isUnasked}] : [];
  });

  async function commit(store: Store, changes: readonly Change[] | undefined, more: readonly Change[]): Promise<boolean> {
    // What cost nothing may be done again after a power cut.
    if (changes !== undefined) await run.commit(store, [...changes, ...more], {sync: !isUnasked});
    return changes !== undefined;
  }
}
