import type {EpochMs} from '../domain/event/event.js';
import type {RejectedLine} from '../domain/event/rejection.js';

/** A file that waits in the inbox. */
export interface InboxFile {
  readonly name: string;
  readonly writtenAt: EpochMs;
}

/** What can be read of an inbox file: all of it (`damaged` empty), or what its checksums let pass. */
export type InboxContent =
  | {readonly kind: 'read'; readonly bytes: number; readonly records: readonly Buffer[]; readonly damaged: readonly RejectedLine[]}
  /** Written by a newer mem, or with a record that was: it stays where it is. */
  | {readonly kind: 'newer-format'}
  /** Gone, or the system refuses it now: it stays where it is. */
  | {readonly kind: 'unreadable'};

/** What `mem status` says of the inbox. */
export interface InboxFacts {
  readonly waitingFiles: number;
  readonly waitingBytes: number;
  /** When the oldest waiting file was written. */
  readonly oldestAt: EpochMs | undefined;
  /** Waiting files of a newer format; looked for in the heads of the oldest thousand, and in whole files where they were read. */
  readonly newerFormatFiles: number;
  /** Bad lines that are kept. */
  readonly badLines: number;
  readonly badBytes: number;
  readonly newestBadAt: EpochMs | undefined;
  /** Whether bad lines came after the last `mem status`. */
  readonly hasUnseenBad: boolean;
  /** Bad lines that had to go because `bad/` was full. */
  readonly badLinesDropped: number;
  readonly doneFiles: number;
  readonly doneBytes: number;
  /** Other machines that wrote into the inbox: looked for in the oldest thousand waiting files and the newest drained ones. */
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

/** Where an event is durable before the store has seen it. Every failed system call is a MemError, NOT_WRITTEN or IO_ERROR. */
export interface Inbox {
  /** Writes a file of `records` (from `encodeEvent`). When it returns the file's name they are acknowledged: on disk and in sight; their memory may be used anew. */
  write(records: readonly Buffer[], now: EpochMs): string;
  /** Keeps bad lines, on disk when it returns. The same lines twice are kept once. The oldest ones go when there are over 64 MiB; of a line that would take half of that alone the beginning is kept. */
  keepBad(lines: readonly RejectedLine[]): void;
  /** The waiting files, oldest first. */
  list(): readonly InboxFile[];
  /** The number of waiting files, or `limit` when there are more: it stops counting there. */
  countUpTo(limit: number): number;
  /** Another text after every file that came or went; empty where there is no inbox yet. Costs one stat. */
  changeStamp(): string;
  /** Reads a waiting file and checks it. */
  read(name: string): InboxContent;
  /** The time zone of whoever wrote the oldest waiting file whose head can be read; empty when all are damaged, undefined when there is none to read. */
  oldestTimeZone(): string | undefined;
  /** Moves files whose events are committed out of the way, to be kept until they are pruned. */
  markDone(names: readonly string[], now: EpochMs): void;
  /** Removes what writers that died left behind. */
  sweep(now: EpochMs): number;
  facts(): InboxFacts;
  alarmFacts(): InboxAlarmFacts;
  /** `mem status` has said what there is in `bad/`. */
  noteStatusSeen(now: EpochMs): void;
  noteIgnoredCall(): void;
  /** Removes drained files that are older than `days`, or only says which they would be. */
  pruneDone(now: EpochMs, days: number, options?: {dryRun?: boolean}): PruneResult;
}
