import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import type {NodeBullet} from '../../domain/toc/node.js';
import {type LocalDate, type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import type {ActivityReading} from './read-activity.js';

/** What was asked for: a period or a segment by its id, or the day on which the last work was done and today. */
export type ReportWhat = NodeId | 'standup';

/** A part of the memory to be read by itself, by others too: secrets that the rules know are replaced in all of its texts. */
export interface Report extends ActivityReading {
  readonly what: ReportWhat;
  /** The period that was asked for, or the days of a standup: those with records. Each with what is below it, as deep as it is shown. */
  readonly nodes: readonly ShownNode[];
  /** Dates whose activity is given, from the first to the last. */
  readonly dates: {readonly first: LocalDate; readonly last: LocalDate};
  /** The events that bullets cite, in time order. */
  readonly events: readonly AgentEvent[];
  /** Cited events that are too many to be in it. */
  readonly eventsLeftOut: number;
  /** Events below its nodes without a summary that were too many to summarize on the fly. */
  readonly waitingEvents: number;
  readonly timeZone: string;
  readonly now: EpochMs;
}

/** Of a week, only the titles of segments are told: their bullets would make a page that nobody reads to its end. */
export function toldBullets(what: ReportWhat, node: ShownNode): readonly NodeBullet[] {
  const isWhole = what === 'standup' || node.tocLevel !== 'segment' || ['day', 'segment'].includes(tocLevelOf(what));
  return isWhole ? node.bullets : [];
}

/** The events that a report cites, each once. */
export function citedIds(what: ReportWhat, nodes: readonly ShownNode[]): ReadonlySet<EventId> {
  const ids = new Set<EventId>();
  const visit = (node: ShownNode): void => {
    for (const {eventIds} of toldBullets(what, node)) for (const id of eventIds) ids.add(id);
    for (const child of node.children ?? []) visit(child);
  };
  for (const node of nodes) visit(node);
  return ids;
}

/** A node without what is more than `depth` TOC levels below it. */
export function cutToDepth(node: ShownNode, depth: number): ShownNode {
  if (node.tocLevel === 'segment') return node;
  return {...node, children: depth === 0 ? undefined : node.children?.map((child) => cutToDepth(child, depth - 1))};
}
