import type {EpochMs, EventId} from '../../event/event.js';
import type {SegmentId} from '../../toc/node-id.js';
import type {SnippetLine} from './snippet.js';

/** An event that was found, as far as a screen shows it. */
export interface ScreenHit {
  readonly id: EventId;
  readonly time: EpochMs;
  readonly who: string;
  /** Its agent and its project. */
  readonly where: string;
  /** The segment that has it, where one is stored. */
  readonly segment: {readonly id: SegmentId; readonly title: string} | undefined;
  readonly lines: readonly SnippetLine[];
}

/** What a screen shows of a search. */
export interface ScreenHits {
  /** Best first. */
  readonly hits: readonly ScreenHit[];
  /** Whether there may be more. */
  readonly hasMore: boolean;
  /** What must be known beside them: words that were replaced, why there are none. */
  readonly notes: readonly string[];
}
