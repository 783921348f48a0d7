export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** The quoted part of a prompt. */
export interface PromptRecords {
  readonly records: readonly unknown[];
  /** The ids that a model may cite, by the short names that the prompt gives them. */
  readonly sources: ReadonlyMap<string, string>;
}
