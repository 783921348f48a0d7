import type {CallContext} from '../../../domain/model/model-summarizer.js';
import type {RollupStep} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {Summary} from '../../../domain/toc/summary.js';
import type {Change, Store} from '../../../store/port/store.js';

/** A node for which a model is to be asked. What it is made from has been read. */
export interface WantedNode {
  readonly step: RollupStep;
  /** @throws ModelFailure */
  ask(call: CallContext): Promise<Summary>;
  /** The summary that needs no model. */
  standIn(): Promise<Summary>;
  /** @param by the name of the summarizer that made it @param fallback why it was not the model */
  nodeOf(summary: Summary, by: string, fallback?: string): TocNode;
  /**
   * What is to be committed in this opening of the store: the node with its marks, or without one the marks alone.
   * @returns undefined when what it was made from has changed since: it stays marked
   */
  changesFor(store: Store, node: TocNode | undefined): Promise<readonly Change[] | undefined>;
  /** Whether a version that is stored was made from the same. */
  isMadeFromSame(stored: TocNode): boolean;
}
