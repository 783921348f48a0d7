export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What is quoted in a prompt. */
export interface PromptRecords {
  readonly records: readonly unknown[];
  /** What a model may cite, by the short name that it is given for it. */
  readonly sources: ReadonlyMap<string, string>;
}
