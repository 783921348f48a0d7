import type {EpochMs, EventId, EventType, Role} from '../event/event.js';
import type {Fact} from '../facts/fact.js';
import type {Workstream} from '../facts/workstream.js';
import type {TocLevel} from './node-id.js';

/** A sentence of a summary and its sources. */
export interface SummaryBullet {
  readonly text: string;
  /** Event ids if events were summarized; `<child number>.<bullet number>`, both from 0, if child summaries were. */
  readonly sources: readonly string[];
}

export interface Summary {
  /** At most 10 words. */
  readonly title: string;
  readonly bullets: readonly SummaryBullet[];
  /** At most 7, each a word of the text. */
  readonly keywords: readonly string[];
}

/** An event as a summarizer sees it. */
export interface EventForSummary {
  readonly id: EventId;
  readonly type: EventType;
  readonly role: Role;
  /** For a tool result, the first 1,000 characters. */
  readonly text: string;
  /** `metadata.speaker`, if the source gave one. */
  readonly speaker?: string;
  /** `metadata.tool_name`, if the source gave one. */
  readonly toolName?: string;
  readonly time: EpochMs;
  readonly project: string;
  /** `metadata.git_branch`; empty if the source gave none. */
  readonly branch: string;
  /** Read off the whole event, not only the part of its text that a summarizer sees. */
  readonly facts: readonly Fact[];
}

/** What a summarizer knows about a segment beside its events. Nothing of it can be cited. */
export interface SegmentContext {
  /** The request in force: the last user's message before a segment that does not begin with one, in the same session-day. */
  readonly request?: EventForSummary;
}

/** What a model gets in addition. */
export interface ModelContext extends SegmentContext {
  /** What came before a size cut. */
  readonly overlap: readonly EventForSummary[];
}

/** A child's summary as the summarizer of its parent sees it. Children are in time order. */
export interface ChildSummary {
  /** The child's own name, e.g. "Monday, January 15, 2024". */
  readonly label: string;
  readonly title: string;
  readonly bullets: readonly {readonly text: string; readonly eventIds: readonly EventId[]; readonly workstream?: string}[];
  readonly keywords: readonly string[];
  readonly facts: readonly Fact[];
  /** The heaviest first. */
  readonly workstreams: readonly Workstream[];
}

/**
 * Turns events or child summaries into a summary. A summary is a function of its own input: no store, no clock, no word statistics but a
 * fixed table. Bullets: 2 to 5 for a segment, 3 to 8 for a day, 5 to 10 for a week, 5 to 8 for a month, 3 to 5 for a year. Short input
 * gives fewer; none is invented or repeated.
 */
export interface Summarizer {
  readonly id: string;
  readonly version: number;
  /** The model's name; empty for a summarizer without one. */
  readonly model: string;
  readonly promptVersion: number;
  summarizeEvents(events: readonly EventForSummary[], context: SegmentContext): Summary | Promise<Summary>;
  summarizeChildren(tocLevel: Exclude<TocLevel, 'segment'>, children: readonly ChildSummary[]): Summary | Promise<Summary>;
}
