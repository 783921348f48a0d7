import type {EpochMs} from '../domain/event/event.js';
import type {RejectedLine} from '../domain/event/parse/rejection.js';

/** A file that waits in the inbox. */
export interface InboxFile {
  readonly name: string;
  readonly writtenAt: EpochMs;
}

/** The content of an inbox file: all of it (`damaged` is empty), or the records whose checksums are right. */
export type InboxContent =
  | {readonly kind: 'read'; readonly bytes: number; readonly records: readonly Buffer[]; readonly damaged: readonly RejectedLine[]}
  /** A newer mem wrote the file or one of its records: it stays where it is. */
  | {readonly kind: 'newer-format'}
  /** The file is gone, or the system refuses to read it now: it stays where it is. */
  | {readonly kind: 'unreadable'};

/** What `mem status` reports about the inbox. */
export interface InboxFacts {
  readonly waitingFiles: number;
  readonly waitingBytes: number;
  /** When the oldest waiting file was written. */
  readonly oldestAt: EpochMs | undefined;
  /** Waiting files of a newer format. Known from the heads of the oldest thousand, and from every file that was read. */
  readonly newerFormatFiles: number;
  /** Bad lines that are kept. */
  readonly badLines: number;
  readonly badBytes: number;
  readonly newestBadAt: EpochMs | undefined;
  /** Whether bad lines came after the last `mem status`. */
  readonly hasUnseenBad: boolean;
  /** Bad lines that were removed because `bad/` was full. */
  readonly badLinesDropped: number;
  /** Other machines that wrote into the inbox, known from the oldest thousand waiting files and those drained in the last 30 days. */
  readonly otherHosts: readonly string[];
  /** Calls of `mem ingest` that were ignored because mem itself was summarizing. */
  readonly ignoredCalls: number;
}

/** The two facts that every read command looks at. */
export type InboxAlarmFacts = Pick<InboxFacts, 'oldestAt' | 'hasUnseenBad'>;

export interface PruneResult {
  readonly files: number;
  readonly bytes: number;
}

/** A bad line as it is kept. */
export interface KeptLine {
  readonly raw: Buffer;
  readonly reason: string;
}

/** Makes events durable before the store has seen them. Every failed system call is a MemError: NOT_WRITTEN or IO_ERROR. */
export interface Inbox {
  /**
   * Writes a file of `records` (from `encodeEvent`) and returns its name. On return the events are acknowledged: on disk and visible.
   * The caller may reuse the memory of `records` then.
   */
  write(records: readonly Buffer[], now: EpochMs): string;
  /**
   * Keeps bad lines; they are on disk when it returns. The same lines twice are kept once. Over 64 MiB, the oldest are removed.
   * A line that alone would take half of that is cut.
   */
  keepBad(lines: readonly RejectedLine[]): void;
  /** The waiting files, oldest first. */
  list(): readonly InboxFile[];
  /** The number of waiting files, or `limit` when there are more: it stops counting there. */
  countUpTo(limit: number): number;
  /** A text that changes with every file that comes or goes; empty when the inbox does not exist yet. Costs one stat. */
  changeStamp(): string;
  /** Reads a waiting file and checks it. */
  read(name: string): InboxContent;
  /** The time zone in the oldest waiting file with a readable head. Empty when all are damaged, undefined when no file can be read. */
  oldestTimeZone(): string | undefined;
  /** Removes files whose events are committed. One that a power cut brings back is drained again, and its events are recognized by id. */
  remove(names: readonly string[], now: EpochMs): void;
  /** Removes what dead writers left behind. @returns how many files */
  sweep(now: EpochMs): number;
  /** @param now machines that were seen last more than 30 days before are left out */
  facts(now?: EpochMs): InboxFacts;
  alarmFacts(): InboxAlarmFacts;
  /** Notes that `mem status` has reported the lines in `bad/`. */
  noteStatusSeen(now: EpochMs): void;
  noteIgnoredCall(): void;
  /**
   * Changes or takes out records, of waiting files too. A file that stays without any goes. Files of a newer format stay as they are.
   * @param change the same record where it stays as it is, undefined where it goes
   * @returns how many files are of a newer format, or cannot be read
   */
  rewrite(change: (record: Buffer) => Buffer | undefined): number;
  /** The same for lines in `bad/`. */
  rewriteBad(change: (line: KeptLine) => KeptLine | undefined): void;
  /** Drained files that an older mem kept. */
  oldFiles(): PruneResult;
  /** Removes them: the journal has what is in them. */
  removeOldFiles(): PruneResult;
}
