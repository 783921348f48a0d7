import type {EpochMs} from '../../../domain/event/event.js';
import type {SummarizerIdentity} from '../../../domain/toc/fingerprint.js';
import type {SessionDayMark} from '../../../store/port/store.js';
import type {Made} from '../commit/made.js';

/** Another thread that makes the segments of whole session-days, while this one reads and commits. */
export interface SessionDayThread {
  /** How many groups it has not answered yet. */
  readonly waiting: number;
  /** What was made of a group, session-day by session-day. @throws whatever was thrown there, or the end of the thread */
  make(group: GroupToMake): Promise<readonly Made[]>;
  end(): Promise<void>;
  /** Takes back what was set in this process for a large rollup: to be called when the rollup is over. */
  restoreFlags(): void;
}

/** What the thread knows of the run. */
export interface ThreadSetup {
  readonly timeZone: string;
  readonly now: EpochMs;
  /** The one that makes the segments; a thread that has another one is of no use. */
  readonly summarizer: SummarizerIdentity;
}

/** Session-days that have no nodes yet, with all their records in one piece of memory, which is moved to the thread. */
export interface GroupToMake {
  readonly sessionDays: readonly {readonly mark: SessionDayMark; readonly events: number}[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each record, where it ends in the bytes. */
  readonly ends: Float64Array<ArrayBuffer>;
}
