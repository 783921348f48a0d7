import type {EpochMs} from '../domain/event/event.js';
import type {JournalEnd, JournalKind, LineText} from '../domain/journal/journal-end.js';

/** A file of the journal, of any writer. */
export interface JournalFile {
  readonly writer: string;
  readonly kind: JournalKind;
  /** When it was begun, as `2024-01`. */
  readonly month: string;
  /** They count up per writer and kind. */
  readonly number: number;
  /** 0 for a file that is open or was never sealed, 1 for one that was sealed, more for one that was written again since. */
  readonly generation: number;
  /** Of a sealed file: the first half of the SHA-256 of all its lines, in hex. Empty for others. */
  readonly hash: string;
  /** Without its folder. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface JournalListing {
  /** In the order of writers, kinds and numbers; of generations of one file the latest alone. */
  readonly files: readonly JournalFile[];
  /** Earlier generations, which a crash left behind. `sweep` removes ours. */
  readonly replaced: readonly JournalFile[];
  /** What is no file of a journal and is never read. */
  readonly refused: readonly {readonly path: string; readonly reason: string}[];
}

/** A run of lines that was written at once, whole. */
export interface JournalMember {
  readonly kind: 'member';
  /** Where it begins in the file, and how long it is there. */
  readonly at: number;
  readonly bytes: number;
  /** Each ends with a line feed. UTF-8. */
  readonly lines: Buffer;
  /** SHA-256 of `lines`, in hex. */
  readonly hash: string;
  /** That of the member before it in the file, as it was written down with this one; zeros for the first. */
  readonly previous: string;
  /** Whether `previous` is the hash of what stands there. Unknown where that is damaged. `no`: members are missing or out of order. */
  readonly follows: 'yes' | 'no' | 'unknown';
}

/** Bytes of a file that are no whole member. */
export interface JournalDamage {
  readonly kind: 'damage';
  readonly at: number;
  readonly bytes: number;
  /**
   * - `torn`: the file ends within a member, or in zeros: a crash while it was written
   * - `checksum`: a member whose lines are not what was written, or that says that it holds more than a member may: it is not unpacked
   * - `foreign`: no member begins here
   */
  readonly fault: 'torn' | 'checksum' | 'foreign';
}

export type JournalPart = JournalMember | JournalDamage;

export interface AppendOptions {
  /** The end that is known: nothing may stand behind it. Undefined: a new file is begun. */
  readonly after: JournalEnd | undefined;
  readonly at: EpochMs;
  /** On disk when it resolves, with all that was appended to the same file before. */
  readonly sync: boolean;
}

/** What a part of a file becomes. */
export interface Rewriting {
  /** A line, without its line feed, in the place of another; undefined: none. */
  readonly line?: (line: string) => string | undefined;
  /** Lines in the place of what is damaged. Without it a damaged file is not written again. @param next the member behind it */
  readonly damage?: (damage: JournalDamage, next: JournalMember | undefined) => readonly string[];
}

/** What lies behind a known end. */
export type JournalRest =
  | {readonly kind: 'nothing'}
  /** What was known is not there any more: a file was cut, or is gone. `isGone`: this writer has no file of the kind at all. */
  | {readonly kind: 'shorter'; readonly isGone: boolean}
  /** The last one may hold no lines: its end is where to append next. */
  | {readonly kind: 'more'; readonly members: Iterable<{readonly lines: Buffer; readonly end: JournalEnd}>};

/**
 * Files beside the store, one folder per writer, that hold every event and every version of a node once more and that `zcat` reads. Only
 * who has the store open may append; only who holds the lease of compactions may seal, rewrite and sweep. Every failed system call is a
 * MemError: NOT_WRITTEN or IO_ERROR.
 */
export interface Journal {
  /** The folder that holds the writers' folders. */
  readonly folder: string;
  /** Whether anything was ever journalled in this home, by anybody. Costs a look into a few folders. */
  hasFiles(): boolean;
  /** Our name, as long as we have appended under it; undefined before, and in a home that was copied. */
  ownWriter(): string | undefined;
  list(): JournalListing;
  /** Reads a file part by part. It never throws for what is in the file. @param from where a member begins; what stands before it is not looked at */
  read(file: JournalFile, from?: number): Iterable<JournalPart>;
  /**
   * Appends lines to the writer's own file: to the one of `after`, or to a new one when that has 8 MiB, is of another month, or is another
   * writer's.
   * @returns the end behind them, which is to be committed with what they say
   * @throws MemError also when something stands behind `after`
   */
  append(kind: JournalKind, lines: readonly LineText[], options: AppendOptions): Promise<JournalEnd>;
  /** Has what was appended without a sync survive a power cut. */
  sync(kind: JournalKind, end: JournalEnd): void;
  /**
   * What lies behind a known end in a writer's files. Where the writer is ours, reading `members` to their end cuts a torn tail off; a
   * damaged member with whole ones behind it stays.
   */
  behind(kind: JournalKind, writer: string, end: JournalEnd | undefined): JournalRest;
  /**
   * Writes a file that is not appended to any more under its next generation, sealed, with full members, and removes the old one. Where
   * that changes nothing of a whole sealed file it stays as it is. A file that loses all lines stays, empty.
   * @throws MemError JOURNAL_DAMAGED where a part is damaged and `rewriting` does not say what becomes of it; nothing is changed
   */
  rewrite(file: JournalFile, rewriting: Rewriting): Promise<JournalFile>;
  /** Keeps a damaged file, which is about to be written again, as it is: beside the journal, in a folder that nothing reads. */
  keepAside(file: JournalFile): void;
  /** That folder; undefined where nothing was kept. */
  keptAside(): string | undefined;
  /** Removes what killed rewritings left. @returns how many files */
  sweep(): number;

  /**
   * What `list` and `read` show survives a power cut when this returns. A killed writer leaves lines, files and folders that were not synced yet;
   * who makes another copy from them and calls the journal whole syncs them first.
   */
  syncAll(): void;
}
