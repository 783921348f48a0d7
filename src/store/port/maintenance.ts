import type {EpochMs} from '../../domain/event/event.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import type {MemError} from '../../errors.js';
import type {PartOfCheck, Remake} from './care.js';
import type {NewStoreHeader, StoreHeader} from './shapes.js';

/** Which commits' records are kept (30 days). */
export interface CommitRecords {
  /** 0 when no commit has a record; so is `last`. */
  readonly first: number;
  readonly last: number;
  /** Less than last - first + 1 when commits are missing: the store has a hole. */
  readonly count: number;
  readonly records: readonly {readonly commit: number; readonly at: EpochMs}[];
}

/** What an open store that lies in files knows of its own end: a disk can lose it. */
export interface CommitHistory {
  /** The number of the last commit; 0 for none. */
  readonly lastCommit: number;
  /** The last commit's number was below the witness when it was opened, now or earlier: commits were lost. */
  readonly hasHole: boolean;
  records(): Promise<CommitRecords>;
}

export interface RemakeOptions {
  /** Takes over what can be read of the old one; else only what no journal has: jobs, what was spent, what is to be forgotten. */
  readonly salvages: boolean;
  /** Leaves the search index out: it is counted again. */
  readonly dropsIndex?: boolean;
  readonly headerOf: (old: StoreHeader | undefined) => NewStoreHeader | undefined;
  readonly at: EpochMs;
  /** After each page of values that was taken over. */
  readonly onValues?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What the journal beside a store needs done to it where that takes the open store. */
export interface JournalUpkeep {
  /** Writes the next slice of what was stored before there was a journal. @returns whether something is left */
  backfill(at: EpochMs): Promise<boolean>;
  /** Ends the files that are appended to, so that they can be sealed or written again: see `Store.journal`. */
  endFiles(at: EpochMs): Promise<void>;
  /** Appends lines of what the store has and the journal lacks. */
  append(kind: JournalKind, lines: readonly string[], at: EpochMs): Promise<void>;
  /** Says that what the journal had lost stands in it again. */
  noteWhole(at: EpochMs): Promise<void>;
}

/** What a store that lies in files needs done to them, or knows of them. A database does that by itself. */
export interface Maintenance {
  /** Whether the store had a hole in the last opening through this gate; see `CommitHistory.hasHole`. */
  readonly hasHole: boolean;
  /** Only where a journal stands beside the store. */
  readonly journal?: JournalUpkeep | undefined;
  /** What is wrong where there is no store but traces of one; undefined otherwise. It opens nothing. */
  lostStore(): MemError | undefined;
  /** On disk, about. */
  size(): Promise<number>;
  /** Looks at every block of every file, without opening the store; others get in between. @param onFile called for each */
  lookAtFiles(onFile: () => void, signal?: AbortSignal): Promise<PartOfCheck>;
  /**
   * Begins a new store beside the present one: with all that can be read of that, past any damage, or empty. Until its end whoever opens
   * the present one finds it busy.
   * @param options.headerOf what the new one's header is to be, after that of the old one, if it could be read; undefined to begin none
   * @returns undefined where `headerOf` did
   * @throws MemError STORE_BUSY, FORMAT_NEWER, NOT_WRITTEN, IO_ERROR
   */
  remake(options: RemakeOptions): Promise<Remake | undefined>;
  /** Has the files rewritten without what was removed, in parts; the store is let go between them. */
  compact(signal?: AbortSignal): Promise<void>;
  /** Removes the records of commits that are older than 30 days. Forgets a hole that is older than that. */
  pruneCommitRecords(at: EpochMs, options: {dryRun: boolean}): Promise<{readonly removed: number; readonly kept: number}>;
  /** To be called at the end of long work that removed marks: removes what would slow readers down, where it is much. */
  tidy(): Promise<void>;
}
