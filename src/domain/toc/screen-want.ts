import type {AgentEvent, EpochMs, EventId, SessionKey} from '../event/event.js';
import type {TocNode} from './node.js';
import {type LocalDate, type NodeId, type SegmentId, tocLevelOf} from './node-id.js';
import type {ShownNode} from './shown-node.js';
import {type Dates, datesOf, overlapOf} from './toc-snapshot.js';

/*
 * What a screen requests while a user moves through the table of contents, and what it gets. It is always a small part: only what is on the
 * screen is read.
 */

/** A node's place in the shown tree. The id alone is not enough: a week across two months stands under both. */
export interface Place {
  /** Undefined for a year. */
  readonly parent: NodeId | undefined;
  readonly id: NodeId;
}

/** The dates of a place. For a week, those in the place's month. */
export function datesAt({parent, id}: Place): Dates {
  return tocLevelOf(id) === 'week' && parent !== undefined ? overlapOf(datesOf(id), datesOf(parent)) : datesOf(id);
}

/** Events that are listed together. */
export type EventsOf =
  | {readonly kind: 'dates'; readonly dates: Dates}
  | {readonly kind: 'segment'; readonly id: SegmentId}
  /** What happened around an event: its session on that day. */
  | {readonly kind: 'session'; readonly date: LocalDate; readonly sessionKey: SessionKey};

export type Want =
  /** The rows of all places from the root to a node (to a place, if the week's month matters). `today`: to today, or else to the last date. */
  | {readonly kind: 'path'; readonly to: Place | 'today'}
  | {readonly kind: 'rows'; readonly below: Place}
  /** How large what stands below a place is; undefined for the root. */
  | {readonly kind: 'sizes'; readonly below: Place | undefined}
  | {readonly kind: 'nodes'; readonly places: readonly Place[]}
  | {readonly kind: 'previews'; readonly ids: readonly EventId[]}
  | {readonly kind: 'event'; readonly id: EventId}
  /** The dates that have events, and how many. */
  | {readonly kind: 'sections'; readonly of: EventsOf}
  | {readonly kind: 'event-ids'; readonly of: EventsOf; readonly date: LocalDate}
  /** An event with the events around it. */
  | {readonly kind: 'source'; readonly id: EventId}
  /** An event in the tree. */
  | {readonly kind: 'event-place'; readonly id: EventId}
  | {readonly kind: 'versions'; readonly id: NodeId}
  | {readonly kind: 'projects'};

/** What stands below a place, in time order: node ids, or a segment's event ids. Below the root stand the years. */
export interface Rows {
  readonly below: Place | undefined;
  readonly ids: readonly (NodeId | EventId)[];
}

/** Events by the ids of nodes. Where it would take long to count them there are none. */
export type Sizes = ReadonlyMap<NodeId, number>;

export interface Section {
  readonly date: LocalDate;
  /** All that were stored: with as many as before, they are the same ones. */
  readonly count: number;
  /** Those that are shown, as far as it is known which are superseded. */
  readonly rows: number;
}

/** The part of an event that a row shows. */
export interface EventPreview extends Pick<AgentEvent, 'id' | 'time' | 'role' | 'type' | 'sessionId' | 'agent'> {
  readonly speaker: string;
  readonly toolName: string;
  /** The beginning of its text. */
  readonly start: string;
}

export type Answer =
  /** `place` is the node's own place, or that of the nearest period above it with events; undefined when there is no such period. */
  | {readonly kind: 'path'; readonly to: NodeId; readonly rows: readonly Rows[]; readonly place: Place | undefined}
  | {readonly kind: 'rows'; readonly rows: Rows}
  | {readonly kind: 'sizes'; readonly sizes: Sizes}
  /** Undefined when nothing with text was recorded. */
  | {readonly kind: 'nodes'; readonly nodes: readonly {readonly place: Place; readonly node: ShownNode | undefined}[]}
  | {readonly kind: 'previews'; readonly previews: readonly EventPreview[]}
  | {readonly kind: 'event'; readonly event: AgentEvent | undefined}
  | {readonly kind: 'sections'; readonly sections: readonly Section[]}
  | {readonly kind: 'event-ids'; readonly ids: readonly EventId[]}
  | {readonly kind: 'source'; readonly source: EventSource | undefined}
  /** Undefined for an event that does not exist. */
  | {readonly kind: 'event-place'; readonly found: EventPlace | undefined}
  | {readonly kind: 'versions'; readonly versions: readonly TocNode[]}
  /** The most events first. @property events all, also those of no project */
  | {readonly kind: 'projects'; readonly projects: readonly ProjectCount[]; readonly events: number};

export interface ProjectCount {
  /** Its key, as it is read. */
  readonly project: string;
  readonly events: number;
}

/** The segment whose rows have an event, with the rows that lead there; for an event that no segment has: those around it. */
export type EventPlace =
  | {readonly kind: 'segment'; readonly rows: readonly Rows[]; readonly segment: Place}
  | {readonly kind: 'source'; readonly source: EventSource};

export interface EventSource {
  readonly of: EventsOf & {readonly kind: 'session'};
  readonly ids: readonly EventId[];
  /** The index of the event. */
  readonly at: number;
}

/** The answers to a screen's wants, in the same order, from one moment of the store. */
export interface ScreenReading {
  readonly timeZone: string;
  readonly now: EpochMs;
  readonly answers: readonly Answer[];
}

/** Of neighbours in the tree. */
export type Direction = 'forward' | 'backward';

/** `rows` lead to `place`, as in a path. */
export interface Found {
  readonly place: Place;
  readonly rows: readonly Rows[];
}
