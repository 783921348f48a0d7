import type {EpochMs} from '../../../domain/event/event.js';
import type {CheckDepth, Slice} from './check-scope.js';
import type {CheckPart, Copy, Verdict} from './verdict.js';

export interface CheckOptions {
  readonly depth: CheckDepth;
  /** Looks at a part of it alone. */
  readonly slice?: Slice | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How many of a part were looked at so far. */
  readonly onProgress?: ((part: CheckPart, looked: number) => void) | undefined;
}

export interface CheckReport {
  readonly depth: CheckDepth;
  readonly at: EpochMs;
  /** Of the parts that were looked at. */
  readonly verdicts: readonly Verdict[];
  /** Why the store could not be opened, or the rest of it not be read. */
  readonly storeFault: string | undefined;
  /** Which of the two copies is wrong. */
  readonly wrong: ReadonlySet<Copy>;
  /** What was stored before there was a journal, or what one held that is gone, is not all written to it yet. */
  readonly isJournalShort: boolean;
  /** The search index is. */
  readonly isIndexWrong: boolean;
  /** The command that may repair it; undefined where nothing is wrong. */
  readonly cure: 'mem repair' | 'mem rebuild' | undefined;
  /** The whole of it was looked at. False where a signal ended it. */
  readonly isWhole: boolean;
}
