import {type ErrorCode, MemError} from '../errors.js';
import type {NodeId, TocLevel} from './node-id.js';

/** Why a step is in a plan, or why it is left for later. */
export type RollupReason =
  | 'new'
  | 'changed'
  | 'retry'
  | 'redo'
  | 'without-inputs'
  | 'too-recent'
  | 'up-to-date'
  | `waits-for-${TocLevel}`
  | 'waits-for-budget';

/** What a plan says of one node. */
export interface RollupStep {
  readonly id: NodeId;
  readonly tocLevel: TocLevel;
  readonly reason: RollupReason;
}

export type RollupOutcome =
  /** A version was stored. */
  | {
      readonly kind: 'made';
      readonly step: RollupStep;
      readonly version: number;
      readonly title: string;
      readonly fallback: string | undefined;
    }
  | {readonly kind: 'retracted'; readonly step: RollupStep; readonly version: number; readonly replacedBy: readonly NodeId[]}
  /** The node is as it should be, or must wait: see the reason. */
  | {readonly kind: 'left'; readonly step: RollupStep}
  | {readonly kind: 'failed'; readonly step: RollupStep; readonly message: string; readonly code: ErrorCode};

/**
 * One node that fails does not stop the others: its mark stays, and it is printed with them.
 * @throws what is no MemError again: that is a bug
 */
export function errorOutcome(step: RollupStep, error: unknown): RollupOutcome {
  if (!(error instanceof MemError)) throw error;
  return {kind: 'failed', step, message: error.message, code: error.code};
}
