import type {EpochMs} from '../../domain/event/event.js';
import type {JournalEnd, JournalKind, LineText} from '../../domain/journal/journal-end.js';

/** What a store that writes a journal beside itself needs of it. It is handed in. Only who has the store open calls it. */
export interface StoreJournal {
  /** Whether anything was ever journalled in this home. */
  hasFiles(): boolean;
  /** Who appends from here; undefined when nobody did yet. */
  ownWriter(): string | undefined;
  /** Appends lines behind a known end, or to a new file. @returns the end behind them */
  append(
    kind: JournalKind,
    lines: readonly LineText[],
    options: {readonly after: JournalEnd | undefined; readonly at: EpochMs; readonly sync: boolean},
  ): Promise<JournalEnd>;
  /** Syncs what was appended without it. */
  sync(kind: JournalKind, end: JournalEnd): void;
  behind(kind: JournalKind, writer: string, end: JournalEnd | undefined): BehindEnd;
}

/** What a journal has behind a known end. */
export type BehindEnd =
  | {readonly kind: 'nothing'}
  /** Less than was known: a file was cut, or is gone. `isGone`: all of them are. */
  | {readonly kind: 'shorter'; readonly isGone: boolean}
  /** The last member may hold no lines: its end is where to go on. */
  | {readonly kind: 'more'; readonly members: Iterable<{readonly lines: Buffer; readonly end: JournalEnd}>};

/** How far a journal of some writer is in the store. */
export type KnownEnd = JournalEnd & {readonly kind: JournalKind};

/** What an open store knows of the journal beside it. */
export interface JournalFacts {
  readonly ends: readonly KnownEnd[];
  /** How much of what was stored before there was a journal stands in it now; undefined when nothing is left to write. */
  readonly backfill: {readonly written: number; readonly of: number} | undefined;
  /** When the journal was found to have lost what it held: those events are in the store alone until it is repaired. */
  readonly shortSince: EpochMs | undefined;
}
