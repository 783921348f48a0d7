import type {EpochMs} from '../../domain/event/event.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import type {MemError} from '../../errors.js';
import type {PartOfCheck} from './care.js';
import type {JournalFacts} from './journal.js';

/** Which commits' records are kept (30 days). */
export interface CommitRecords {
  /** 0 when no commit has a record; so is `last`. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly records: readonly {readonly commit: number; readonly at: EpochMs}[];
}

/** What an open store that lies in files knows of its own end. */
export interface CommitHistory {
  /** The number of the last commit; 0 for none. */
  readonly lastCommit: number;
  records(): Promise<CommitRecords>;
}

/** The files of the journal beside a store, which some may want to write again. */
export interface JournalFiles {
  /** As of the last opening through this gate. */
  readonly facts: JournalFacts | undefined;
  /** Ends the files that are appended to, so that they can be sealed or written again: see `Store.journal`. */
  endFiles(at: EpochMs): Promise<void>;
}

/** What the journal beside a store in files needs done to it where that takes the open store. */
export interface JournalUpkeep extends JournalFiles {
  /** Writes slices of what was stored before there was a journal, for about `maxMs`. @returns whether something is left */
  backfill(at: EpochMs, maxMs?: number): Promise<boolean>;
  /** Appends lines of what the store has and the journal lacks. */
  append(kind: JournalKind, lines: readonly string[], at: EpochMs): Promise<void>;
  /** Says that what the journal had lost stands in it again. */
  noteWhole(at: EpochMs): Promise<void>;
}

/** What a store that lies in files needs done to them, or knows of them. A database does that by itself. */
export interface Maintenance {
  /** Only where a journal stands beside the store. */
  readonly journal?: JournalUpkeep | undefined;
  /** What is wrong where there is no store but traces of one; undefined otherwise. It opens nothing. */
  lostStore(): MemError | undefined;
  /** Paths of damaged stores that repairs kept aside: they hold what the store held then. */
  keptStores(): readonly string[];
  /** On disk, about. */
  size(): Promise<number>;
  /** Looks at every block of every file, without opening the store; others get in between. @param onFile called for each */
  lookAtFiles(onFile: () => void, signal?: AbortSignal): Promise<PartOfCheck>;
  /** Has the files rewritten without what was removed, in parts; the store is let go between them. */
  compact(signal?: AbortSignal): Promise<void>;
  /** Removes the records of commits that are older than 30 days. */
  pruneCommitRecords(at: EpochMs, options: {dryRun: boolean}): Promise<{readonly removed: number; readonly kept: number}>;
  /** To be called at the end of long work that removed marks or rows of the search index: removes what would slow readers down, where it is much. */
  tidy(): Promise<void>;
}
