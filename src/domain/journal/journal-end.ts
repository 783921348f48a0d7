/** What a file of the journal holds, a line each: events, versions of nodes, or tombstones. */
export const JOURNAL_KINDS = ['event', 'node', 'forgotten'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** How far a journal goes, as the store knows it. What lies behind it came from a commit that the store does not have. */
export interface JournalEnd {
  readonly writer: string;
  /** Of the file: when it was begun, as `2024-01`. */
  readonly month: string;
  /** Of the file: they count up per writer and kind, whatever the month. The next file after a closed one need not exist yet. */
  readonly number: number;
  /** Of the file, up to the end. */
  readonly bytes: number;
  /** SHA-256 of the lines of the last member before the end, in hex; zeros where the file has none. */
  readonly last: string;
}

/** `last` where nothing stands before. */
export const NO_LINES = '0'.repeat(64);

/** A line as text, in UTF-8, or in pieces of both, without a line feed. */
export type LineText = string | Buffer | readonly (string | Buffer)[];
