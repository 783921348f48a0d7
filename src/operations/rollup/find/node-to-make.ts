import type {EpochMs} from '../../../domain/event/event.js';
import type {FailureReason} from '../../../domain/model/failure-reason.js';
import type {CallContext, ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import type {RollupStep} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {Summarizer, Summary} from '../../../domain/toc/summary.js';

/** A node to make. What it is made from has been read. */
export interface NodeToMake {
  readonly step: RollupStep;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly version: number;
  readonly fingerprint: string;
  /** The version to store, where it needs no summary: see `new-rules.ts`. */
  readonly ready?: TocNode | undefined;
  /** Of a redo by a model, the stored version if it was made from the same inputs. It stays when the model fails. */
  readonly kept: TocNode | undefined;
  summarize(by: Summarizer): Summary | Promise<Summary>;
  /** @returns undefined when the input says too little to be sent to a model */
  requestOf(model: ModelSummarizer): ModelRequest | undefined;
  /** @param by the name of the summarizer that made it @param fallback why it was not the wanted one */
  nodeOf(summary: Summary, by: string, fallback?: FailureReason): TocNode;
}

/** What a model is asked for a node. @throws ModelFailure */
export type ModelRequest = (call: CallContext) => Promise<Summary>;
