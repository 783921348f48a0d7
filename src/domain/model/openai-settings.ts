/** Where the key is; the first that is set counts. The key itself is in no setting. */
export interface KeyPlaces {
  /** An argument list: the key is what it prints. */
  readonly command: readonly string[] | undefined;
  /** An absolute path. */
  readonly file: string | undefined;
  /** The name of a variable of the environment. */
  readonly variable: string;
}

/** What the endpoint of a model, and the requests to it, are set to. */
export interface OpenAiSettings {
  /** As `parseBaseUrl` gives it. Without one every call is refused. */
  readonly baseUrl: string | undefined;
  /** Empty: every call is refused. */
  readonly model: string;
  readonly key: KeyPlaces;
  /** A period's prompt; a segment's may be twice as long, so that one which was cut at 4,000 tokens is sent whole. */
  readonly maxPromptTokens: number;
  readonly maxAnswerTokens: number;
  readonly concurrency: number;
  /** Of one request, to the last byte of its answer. */
  readonly timeoutMs: number;
}
