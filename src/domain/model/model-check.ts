import type {CallContext} from './model-summarizer.js';

/** How an endpoint can be told to write its answer, from the strictest on. */
export const ANSWER_FORMATS = ['schema', 'json', 'text'] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** What one tiny summary has shown about an endpoint and its model. */
export interface ModelCheck {
  readonly format: AnswerFormat;
  /** Requests that were made to find it out. */
  readonly requests: number;
}

/** Tries out the model that is set. What it sends is made up: nothing that was stored. */
export interface ModelChecker {
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** @throws ModelFailure, with the MemError that it comes from as its cause where there is one */
  check(call: CallContext): Promise<ModelCheck>;
}
