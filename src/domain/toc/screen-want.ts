import type {AgentEvent, EpochMs, EventId, SessionKey} from '../event/event.js';
import type {TocNode} from './node.js';
import {type LocalDate, type NodeId, type TocLevel, tocLevelOf} from './node-id.js';
import type {ShownNode} from './shown-node.js';
import {type Dates, datesOf, overlapOf} from './toc-snapshot.js';

/*
 * What a screen asks for while somebody moves through the table of contents, and what it gets: always a small part, since only what is on
 * the screen is read.
 */

/** A node's place in the tree that is shown. The id alone does not do: a week that straddles two months stands under both. */
export interface Place {
  /** Undefined for a year. */
  readonly parent: NodeId | undefined;
  readonly id: NodeId;
}

/** The dates that a place stands for: of a week those in its month. */
export function datesAt({parent, id}: Place): Dates {
  return tocLevelOf(id) === 'week' && parent !== undefined ? overlapOf(datesOf(id), datesOf(parent)) : datesOf(id);
}

/** The events that are listed together. */
export type EventsOf =
  | {readonly kind: 'dates'; readonly dates: Dates}
  | {readonly kind: 'segment'; readonly id: NodeId}
  /** What happened around an event: its session on that day. */
  | {readonly kind: 'session'; readonly date: LocalDate; readonly sessionKey: SessionKey};

export type Want =
  /** The rows of all places from the root down to a node (a place, where it matters in which month a week is); `today`: down to today, or else to the last date. */
  | {readonly kind: 'path'; readonly to: Place | 'today'}
  | {readonly kind: 'rows'; readonly below: Place}
  | {readonly kind: 'nodes'; readonly places: readonly Place[]}
  | {readonly kind: 'previews'; readonly ids: readonly EventId[]}
  | {readonly kind: 'event'; readonly id: EventId}
  /** On which dates events are, and how many. */
  | {readonly kind: 'sections'; readonly of: EventsOf}
  | {readonly kind: 'event-ids'; readonly of: EventsOf; readonly date: LocalDate}
  /** The event with those around it. */
  | {readonly kind: 'source'; readonly id: EventId}
  | {readonly kind: 'versions'; readonly id: NodeId};

/** What stands below a place, in time order: node ids, or a segment's event ids. Below no place stand the years. */
export interface Rows {
  readonly below: Place | undefined;
  readonly ids: readonly string[];
}

export interface Section {
  readonly date: LocalDate;
  readonly count: number;
}

/** As much of an event as a row shows. */
export interface EventPreview extends Pick<AgentEvent, 'id' | 'time' | 'role' | 'type' | 'sessionId' | 'agent'> {
  readonly speaker: string;
  readonly toolName: string;
  /** The beginning of its text. */
  readonly start: string;
}

export type Answer =
  /** `place` is the node's own, or that of the nearest period above it in which something was recorded; undefined when there is none. */
  | {readonly kind: 'path'; readonly to: NodeId; readonly rows: readonly Rows[]; readonly place: Place | undefined}
  | {readonly kind: 'rows'; readonly rows: Rows}
  /** Undefined where nothing with text was recorded. */
  | {readonly kind: 'nodes'; readonly nodes: readonly {readonly place: Place; readonly node: ShownNode | undefined}[]}
  | {readonly kind: 'previews'; readonly previews: readonly EventPreview[]}
  | {readonly kind: 'event'; readonly event: AgentEvent | undefined}
  | {readonly kind: 'sections'; readonly sections: readonly Section[]}
  | {readonly kind: 'event-ids'; readonly ids: readonly EventId[]}
  | {readonly kind: 'source'; readonly source: EventSource | undefined}
  | {readonly kind: 'versions'; readonly versions: readonly TocNode[]};

export interface EventSource {
  readonly of: EventsOf & {readonly kind: 'session'};
  readonly ids: readonly EventId[];
  /** Which of them it is. */
  readonly at: number;
}

/** The answers to a screen's wants, in their order, as the store was in one moment. */
export interface ScreenReading {
  readonly timeZone: string;
  readonly now: EpochMs;
  readonly answers: readonly Answer[];
}

/** What is looked for in the order of the tree. */
export type Sought =
  /** In titles, bullets and keywords; in any case of letters. */
  | {readonly kind: 'text'; readonly text: string}
  /** The next period of the same length, or the next segment. */
  | {readonly kind: 'sibling'; readonly tocLevel: TocLevel};

export type Direction = 'forward' | 'backward';

/** `rows` lead to `place`, as in a path. */
export interface Found {
  readonly place: Place;
  readonly rows: readonly Rows[];
  /** Undefined for a sibling. */
  readonly hit: Hit | undefined;
}

/** The first text of a node that holds what was looked for. */
export interface Hit {
  readonly part: 'title' | 'bullet' | 'keyword';
  readonly text: string;
}
