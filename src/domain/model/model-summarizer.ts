import type {SummarizerIdentity} from '../toc/fingerprint.js';
import type {TocLevel} from '../toc/node-id.js';
import type {ChildSummary, EventForSummary, Summary} from '../toc/summary.js';

/** Tokens of one call: an upper bound before it, the endpoint's own figures (or the bound, where it gives none) after it. */
export interface CallTokens {
  readonly prompt: number;
  readonly completion: number;
}

export interface CallReservation {
  /** Replaces what was reserved by what was used. Without it the reservation stays spent. */
  settle(used: CallTokens): Promise<void>;
}

/** The money: asked before every single request, tries and repairs included. */
export interface CallBudget {
  /** Commits a reservation. @returns undefined when the budget is used up: then the request must not be made */
  reserve(atMost: CallTokens): Promise<CallReservation | undefined>;
}

/** What a call of a model works with. */
export interface CallContext {
  readonly budget: CallBudget;
  /** Ends a call that is under way. */
  readonly signal: AbortSignal;
}

/** Why a model gave no summary. */
export type ModelFailureKind =
  /** The key, the model's name or the right to use it was refused: no further call can succeed. */
  | 'refused'
  /** The budget is used up: the node is made by a later run. */
  | 'budget'
  /** The run was stopped: the node keeps its mark. */
  | 'stopped'
  /** Everything else: the extractive summary is stored in its place. */
  | 'failed';

/** Thrown by a model's summarizer instead of a summary. */
export class ModelFailure extends Error {
  readonly kind: ModelFailureKind;
  /** A short code for `fallback` and for people, e.g. `timeout`, `http-500`, `rate-limited`, `not-json`, `no-sources`. It holds nothing of the answer. */
  readonly reason: string;
  /** A later try may succeed (time-out, 429, 408, 5xx, connection). */
  readonly canPass: boolean;

  constructor(kind: ModelFailureKind, reason: string, message: string, options: {canPass?: boolean; cause?: unknown} = {}) {
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
 * fail. It keeps at most `concurrency` calls going when it is called so often at once; the store must be closed meanwhile.
 */
export interface ModelSummarizer extends SummarizerIdentity {
  readonly concurrency: number;
  /** Whether they say enough (20 words) to be sent. */
  takesEvents(events: readonly EventForSummary[]): boolean;
  takesChildren(children: readonly ChildSummary[]): boolean;
  /** What the first request for these events would take at most; undefined where they are not taken. It makes the whole prompt. */
  estimateEvents(events: readonly EventForSummary[], overlap: readonly EventForSummary[]): CallTokens | undefined;
  estimateChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[]): CallTokens | undefined;
  /** @param overlap what came before across a size cut: context, never citable @throws ModelFailure */
  summarizeEvents(events: readonly EventForSummary[], overlap: readonly EventForSummary[], call: CallContext): Promise<Summary>;
  /** @throws ModelFailure */
  summarizeChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[], call: CallContext): Promise<Summary>;
}
