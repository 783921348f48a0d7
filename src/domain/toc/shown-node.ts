import type {EpochMs} from '../event/event.js';
import type {Calendar, Period} from '../time/period.js';
import type {NodeBullet, NodeStatus, SegmentFacts, TocNode} from './node.js';
import {type NodeId, type TocLevel, tocLevelOf} from './node-id.js';

/** A node as a reader sees it: stored, or made on the fly (`version` 0), with its place in the tree that is shown. */
export interface ShownNode {
  readonly id: NodeId;
  readonly tocLevel: TocLevel;
  readonly label: string;
  readonly title: string;
  /** Inclusive. Of a clipped week: the part that lies in the month. */
  readonly start: EpochMs;
  /** Exclusive. */
  readonly end: EpochMs;
  readonly bullets: readonly NodeBullet[];
  readonly keywords: readonly string[];
  readonly childIds: readonly string[];
  /** 0 for a provisional node. */
  readonly version: number;
  readonly status: NodeStatus;
  readonly createdAt: EpochMs | undefined;
  readonly summarizer: string;
  readonly fallback: string | undefined;
  readonly inputFingerprint: string;
  /** No node of it is stored yet: this one was made from what is below it. */
  readonly provisional: boolean;
  /** Events or nodes below it changed since it was made. */
  readonly stale: boolean;
  /** A week of which only the part in the month is shown. */
  readonly clipped: boolean;
  /** The period holds the present moment. */
  readonly open: boolean;
  /** Events below it that are not summarized yet and were too many to summarize on the fly; 0 when all are in it. */
  readonly waitingEvents: number;
  readonly segment: SegmentFacts | undefined;
  readonly replacedBy: readonly NodeId[];
  readonly replaces: readonly NodeId[];
  /** In time order, as deep as was asked for; undefined where that ends, or for a segment. */
  readonly children: readonly ShownNode[] | undefined;
}

/** A stored version as it is shown, whole. */
export function storedNode(node: TocNode, calendar: Calendar, stale: boolean, now: EpochMs): ShownNode {
  const {id, version, status, title, start, end, bullets, keywords, childIds, createdAt, summarizer, inputFingerprint} = node;
  return {
    id,
    tocLevel: tocLevelOf(id),
    label: calendar.labelOf(id, start),
    title,
    start,
    end,
    bullets,
    keywords,
    childIds,
    version,
    status,
    createdAt,
    summarizer,
    fallback: node.fallback,
    inputFingerprint,
    provisional: false,
    stale,
    clipped: false,
    open: isIn({start, end}, now),
    waitingEvents: 0,
    segment: node.segment,
    replacedBy: node.replacedBy ?? [],
    replaces: node.replaces ?? [],
    children: undefined,
  };
}

export function isIn({start, end}: Period, instant: EpochMs): boolean {
  return start <= instant && instant < end;
}
