import type {Activity} from '../../../domain/event/activity.js';
import type {EpochMs} from '../../../domain/event/event.js';
import type {FailureReason} from '../../../domain/model/failure-reason.js';
import type {CallContext, ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import type {RollupStep} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {Summarizer, Summary} from '../../../domain/toc/summary.js';
import type {Change, NodeMark, SessionDayMark} from '../../../store/port/store.js';

export type Mark = SessionDayMark | NodeMark;

/** Of some work, what a commit needs. */
export interface MarkedWork {
  readonly mark: Mark;
  /** Nothing more will come of it by itself: once all its parts are stored the mark can go. */
  readonly isSettled: boolean;
  /** Of a session-day, what was counted of it; it is stored as the mark goes. */
  readonly activity?: Activity;
  /** Parts that are not stored yet: each node to make is one, and all the rest together is one. */
  partsLeft: number;
}

/** What is to be done about one mark, that of a session-day or of a period: read and planned, nothing is made yet. */
export interface Work extends MarkedWork {
  readonly toMake: readonly NodeToMake[];
  readonly retracted: readonly {readonly step: RollupStep; readonly node: TocNode}[];
  readonly left: readonly RollupStep[];
  /** Where its date ends or its period starts, to put the newest first. */
  readonly time: EpochMs;
  /** About how long it takes to read and to make, in segments. */
  readonly size: number;
  /** What is stored beside its nodes, whatever becomes of them. */
  readonly changes?: () => readonly Change[];
}

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

/** The node, its TOC level and the reason alone: the step of a plan holds all the events of a segment. */
export function stepOf({id, tocLevel, reason}: RollupStep): RollupStep {
  return {id, tocLevel, reason};
}
