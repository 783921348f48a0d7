import {type ErrorCode, MemError} from '../../errors.js';
import type {FailureReason} from '../model/failure-reason.js';
import type {CallTokens} from '../model/model-summarizer.js';
import type {NodeId, SegmentId, TocLevel} from '../toc/node-id.js';

/** Why a step is in a plan, or why it is left for later. */
export type RollupReason =
  | 'new'
  | 'changed'
  /** The cutting rules are newer, and give it the same events: the model's text stays. */
  | 'new-rules'
  | 'retry'
  | 'redo'
  | 'without-inputs'
  | 'too-recent'
  | 'up-to-date'
  | `waits-for-${TocLevel}`
  | 'waits-for-budget'
  /** The model refused the key, its name or the right to use it. */
  | 'waits-for-model';

/** What a plan says of one node. */
export interface RollupStep {
  readonly id: NodeId;
  readonly tocLevel: TocLevel;
  readonly reason: RollupReason;
  /** Only in a plan: what the call of the model that it needs would take at most. */
  readonly call?: CallTokens | undefined;
}

/** The model was not asked, for its endpoint was away for the nodes before. */
type Unasked = boolean | undefined;

export type RollupOutcome =
  /** A version was stored. */
  | {
      readonly kind: 'made';
      readonly step: RollupStep;
      readonly version: number;
      readonly title: string;
      readonly fallback: FailureReason | undefined;
      /** What was reserved for the call of the model. */
      readonly call?: CallTokens | undefined;
      /** The model would take it, and was left out because the node is old. */
      readonly isCallSaved?: boolean;
      readonly isUnasked?: Unasked;
    }
  /** A retry that failed too: the fallback that is there stays. */
  | {readonly kind: 'kept'; readonly step: RollupStep; readonly fallback: FailureReason; readonly isUnasked?: Unasked}
  | {readonly kind: 'retracted'; readonly step: RollupStep; readonly version: number; readonly replacedBy: readonly SegmentId[]}
  /** The node is as it should be, or must wait: see the reason. */
  | {readonly kind: 'left'; readonly step: RollupStep}
  | {
      readonly kind: 'failed';
      readonly step: RollupStep;
      readonly message: string;
      readonly code: ErrorCode;
      readonly isUnasked?: Unasked;
    };

/**
 * One node that fails does not stop the others: its mark stays, and it is printed with them.
 * @throws what is no MemError again: that is a bug
 */
export function errorOutcome(step: RollupStep, error: unknown): RollupOutcome {
  if (!(error instanceof MemError)) throw error;
  return {kind: 'failed', step, message: error.message, code: error.code};
}
