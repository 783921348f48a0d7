import type {SummarizerIdentity} from '../toc/fingerprint.js';
import type {TocLevel} from '../toc/node-id.js';
import type {ChildSummary, EventForSummary, ModelContext, Summary} from '../toc/summary.js';
import type {FailureReason} from './failure-reason.js';

/** Tokens of one call: an upper bound before it; after it the endpoint's own figures, or the bound if it gives none. */
export interface CallTokens {
  readonly prompt: number;
  readonly completion: number;
}

export interface CallReservation {
  /** Replaces the reserved amount by the used one. Without this call the reservation stays spent. */
  settle(used: CallTokens): Promise<void>;
}

/** The money. It is asked before every single request, with tries and repairs. */
export interface CallBudget {
  /** Commits a reservation. @returns undefined when the budget is used up: then the request must not be made */
  reserve(atMost: CallTokens): Promise<CallReservation | undefined>;
}

/** What a call of a model needs. */
export interface CallContext {
  readonly budget: CallBudget;
  /** Aborts a running call. */
  readonly signal: AbortSignal;
}

/** Why a model made no summary. */
export type ModelFailureKind =
  /** The key, the model's name or the permission was refused: no further call can succeed. */
  | 'refused'
  /** The budget is used up: a later run makes the node. */
  | 'budget'
  /** The run was stopped: the node keeps its mark. */
  | 'stopped'
  /** Everything else: the extractive summary is stored instead. */
  | 'failed';

/** Thrown by a model's summarizer instead of a summary. */
export class ModelFailure extends Error {
  readonly kind: ModelFailureKind;
  readonly reason: FailureReason;
  /** A later try may succeed (time-out, 429, 408, 5xx, connection). */
  readonly canPass: boolean;

  constructor(kind: ModelFailureKind, reason: FailureReason, message: string, options: {canPass?: boolean; cause?: unknown} = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.name = 'ModelFailure';
    this.kind = kind;
    this.reason = reason;
    this.canPass = options.canPass ?? false;
  }

  /** By its name: what calls a model is in a bundle of its own, with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): value is ModelFailure {
    return value instanceof Error && value.name === 'ModelFailure';
  }
}

/**
 * A summarizer that calls a model. Like every summarizer it is a function of its input, but a call takes seconds, costs money and may
 * fail. It runs at most `concurrency` calls at once. The store must be closed during a call.
 */
export interface ModelSummarizer extends SummarizerIdentity {
  readonly concurrency: number;
  /** Whether the events say enough (20 words) to be sent. */
  takesEvents(events: readonly EventForSummary[]): boolean;
  takesChildren(children: readonly ChildSummary[]): boolean;
  /** What the first request for these events would take at most; undefined if they are not worth a call. It makes the whole prompt. */
  estimateEvents(events: readonly EventForSummary[], context: ModelContext): CallTokens | undefined;
  estimateChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[]): CallTokens | undefined;
  /** @throws ModelFailure */
  summarizeEvents(events: readonly EventForSummary[], context: ModelContext, call: CallContext): Promise<Summary>;
  /** @throws ModelFailure */
  summarizeChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[], call: CallContext): Promise<Summary>;
}
