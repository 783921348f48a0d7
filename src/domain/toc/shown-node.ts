import type {EpochMs} from '../event/event.js';
import type {Calendar, Period} from '../time/period.js';
import type {NodeBullet, NodeStatus, SegmentFacts, TocNode} from './node.js';
import {type NodeId, type TocLevel, tocLevelOf} from './node-id.js';

/** A node as a reader sees it: stored, or made on the fly (`version` 0), with its place in the shown tree. */
export interface ShownNode {
  readonly id: NodeId;
  readonly tocLevel: TocLevel;
  readonly label: string;
  readonly title: string;
  /** Inclusive. For a clipped week, the part in the month. */
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
  /** It has no stored node yet: this one was made from what is below it. */
  readonly provisional: boolean;
  /** Events or nodes below it changed since it was made. */
  readonly stale: boolean;
  /** A week that is shown only as far as it lies in the month. */
  readonly clipped: boolean;
  /** The period holds the present moment. */
  readonly open: boolean;
  /** Events below it without a summary that were too many to summarize on the fly; 0 when all are in it. */
  readonly waitingEvents: number;
  readonly segment: SegmentFacts | undefined;
  readonly replacedBy: readonly NodeId[];
  readonly replaces: readonly NodeId[];
  /** In time order, down to the requested depth; undefined at that depth and for a segment. */
  readonly children: readonly ShownNode[] | undefined;
}

/** The whole of a stored version, as it is shown. */
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
