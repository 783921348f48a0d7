import type {EpochMs, EventId} from '../event/event.js';
import type {Fact} from '../facts/fact.js';
import type {Workstream} from '../facts/workstream.js';
import type {FailureReason} from '../model/failure-reason.js';
import type {Calendar, Period} from '../time/period.js';
import type {NodeBullet, NodeStatus, PeriodNode, SegmentFacts, SegmentNode, TocNode} from './node.js';
import {type NodeId, type PeriodId, type PeriodLevel, type SegmentId, tocLevelOf} from './node-id.js';

/** What is shown of periods and segments alike. */
export interface ShownVersion {
  readonly label: string;
  readonly title: string;
  /** Inclusive. For a clipped week, the part in the month. */
  readonly start: EpochMs;
  /** Exclusive. */
  readonly end: EpochMs;
  readonly bullets: readonly NodeBullet[];
  readonly keywords: readonly string[];
  readonly facts: readonly Fact[];
  /** Empty for a clipped week. */
  readonly workstreams: readonly Workstream[];
  /** 0 for a provisional node. */
  readonly version: number;
  readonly status: NodeStatus;
  readonly createdAt: EpochMs | undefined;
  readonly summarizer: string;
  readonly fallback: FailureReason | undefined;
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
}

export interface ShownPeriod extends ShownVersion {
  readonly id: PeriodId;
  readonly tocLevel: PeriodLevel;
  readonly childIds: readonly NodeId[];
  /** In time order, down to the requested depth; undefined at that depth. */
  readonly children: readonly ShownNode[] | undefined;
}

export interface ShownSegment extends ShownVersion {
  readonly id: SegmentId;
  readonly tocLevel: 'segment';
  readonly childIds: readonly EventId[];
  readonly segment: SegmentFacts;
  readonly replacedBy: readonly SegmentId[];
  readonly replaces: readonly SegmentId[];
  /** A segment has events below it and no nodes. */
  readonly children: undefined;
}

/** A node as a reader sees it: stored, or made on the fly (`version` 0), with its place in the shown tree. */
export type ShownNode = ShownPeriod | ShownSegment;

/** The whole of a stored version, as it is shown. */
export function storedPeriod(node: PeriodNode, calendar: Calendar, stale: boolean, now: EpochMs): ShownPeriod {
  const {id, childIds} = node;
  return {id, tocLevel: tocLevelOf(id), childIds, ...storedVersion(node, calendar, stale, now), children: undefined};
}

export function storedSegment(node: SegmentNode, calendar: Calendar, stale: boolean, now: EpochMs): ShownSegment {
  const {id, childIds, segment, replacedBy = [], replaces = []} = node;
  const version = storedVersion(node, calendar, stale, now);
  return {id, tocLevel: 'segment', childIds, ...version, segment, replacedBy, replaces, children: undefined};
}

function storedVersion(node: TocNode, calendar: Calendar, stale: boolean, now: EpochMs): ShownVersion {
  const {id, version, status, title, start, end, bullets, keywords, facts, workstreams, createdAt, summarizer, inputFingerprint} = node;
  return {
    label: calendar.labelOf(id, start),
    title,
    start,
    end,
    bullets,
    keywords,
    facts,
    workstreams,
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
  };
}

export function isIn({start, end}: Period, instant: EpochMs): boolean {
  return start <= instant && instant < end;
}
