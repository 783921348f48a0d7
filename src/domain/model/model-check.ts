import type {CallContext} from './model-summarizer.js';

/** The ways to request the form of an answer, the strictest first. */
export const ANSWER_FORMATS = ['schema', 'json', 'text'] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** What one tiny summary has shown about an endpoint and its model. */
export interface ModelCheck {
  readonly format: AnswerFormat;
  /** How many requests that took. */
  readonly requests: number;
}

/** Tries the configured model. It sends an invented text, nothing stored. */
export interface ModelChecker {
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** @throws ModelFailure, with the MemError behind it as its cause */
  check(call: CallContext): Promise<ModelCheck>;
}
