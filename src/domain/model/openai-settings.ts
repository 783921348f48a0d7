/** Where the key is; the first place that is set counts. No setting holds the key itself. */
export interface KeyPlaces {
  /** An argument list: the command prints the key. */
  readonly command: readonly string[] | undefined;
  /** An absolute path. */
  readonly file: string | undefined;
  /** The name of an environment variable. */
  readonly variable: string;
}

/** How much a thinking model may think, in the words of the `reasoning_effort` of OpenAI's API. Endpoints accept some of them. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** The settings of a model's endpoint and of requests to it. */
export interface OpenAiSettings {
  /** From `parseBaseUrl`. Without it every call is refused. */
  readonly baseUrl: string | undefined;
  /** If it is empty, every call is refused. */
  readonly model: string;
  readonly key: KeyPlaces;
  /** For a period's prompt. A segment's prompt may be twice as long, so that a segment of 4,000 tokens is sent whole. */
  readonly maxPromptTokens: number;
  readonly maxAnswerTokens: number;
  /** Undefined: requests do not name one, because many endpoints refuse it. */
  readonly reasoningEffort: ReasoningEffort | undefined;
  readonly concurrency: number;
  /** For one request, to the last byte of its answer. */
  readonly timeoutMs: number;
}
