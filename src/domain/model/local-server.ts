/** A server on this machine that speaks OpenAI's protocol, and the models that it has. */
export interface LocalServer {
  readonly name: string;
  readonly baseUrl: string;
  /** In its own order. */
  readonly models: readonly string[];
}
