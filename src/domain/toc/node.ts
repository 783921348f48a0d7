import type {EpochMs, EventId, SessionKey} from '../event/event.js';
import type {Fact} from '../facts/fact.js';
import type {Workstream} from '../facts/workstream.js';
import type {FailureReason} from '../model/failure-reason.js';
import {isSegmentId, type NodeId, type PeriodId, type SegmentId} from './node-id.js';

export interface NodeBullet {
  readonly text: string;
  /** The events behind the bullet, at every TOC level. */
  readonly eventIds: readonly EventId[];
  /** The id of the one workstream that it speaks of: see `workstream.ts`. Missing where it speaks of several, or an older mem made it. */
  readonly workstream?: string;
}

export type NodeStatus = 'current' | 'retracted';

/** What periods and segments have in common. Their labels are not stored: they follow from the id, or from a segment's first event. */
interface NodeVersion {
  /** From 1; 0 for a provisional node, which is never stored. */
  readonly version: number;
  readonly status: NodeStatus;
  readonly title: string;
  /** Inclusive. */
  readonly start: EpochMs;
  /** Exclusive. */
  readonly end: EpochMs;
  readonly bullets: readonly NodeBullet[];
  readonly keywords: readonly string[];
  /** What came out below it, each thing once, in the order of time; see `mergeFacts` for how many. Empty where an older mem made it. */
  readonly facts: readonly Fact[];
  /** What it is about, the heaviest first; see `workstream.ts` for how many. Of a segment one. Empty where an older mem made it. */
  readonly workstreams: readonly Workstream[];
  readonly createdAt: EpochMs;
  /** Of the cutting rules that were in force when it was made. */
  readonly rulesVersion: number;
  /** Since when it is made from the same events, where that is longer than this version is there: see `new-rules.ts`. */
  readonly inputsSince?: EpochMs;
  /** The id of the summarizer that made it, with its version: `extractive/1`; of one with a model, its name behind it. */
  readonly summarizer: string;
  /** Why an extractive summary replaces the model's. */
  readonly fallback?: FailureReason;
  /** SHA-256 in hex, see `fingerprint.ts`. */
  readonly inputFingerprint: string;
  /** SHA-256 in hex over what a parent's summary is made from: title, bullets with event ids, keywords, facts, workstreams. */
  readonly contentDigest: string;
}

/** One version of a year, a month, a week or a day. */
export interface PeriodNode extends NodeVersion {
  readonly id: PeriodId;
  /** The nodes that it was made from, in time order. */
  readonly childIds: readonly NodeId[];
}

/** One version of a segment. */
export interface SegmentNode extends NodeVersion {
  readonly id: SegmentId;
  /** Its events, in their one order. */
  readonly childIds: readonly EventId[];
  readonly segment: SegmentFacts;
  /** Of a retracted segment: the segments that hold its events now. */
  readonly replacedBy?: readonly SegmentId[];
  /** The retracted segments whose events it took over. */
  readonly replaces?: readonly SegmentId[];
}

/** One version of an entry of the table of contents. */
export type TocNode = PeriodNode | SegmentNode;

export function isSegmentNode(node: TocNode): node is SegmentNode {
  return isSegmentId(node.id);
}

export interface SegmentFacts {
  readonly sessionKey: SessionKey;
  readonly sessionId: string;
  readonly eventCount: number;
  readonly tokenCount: number;
  readonly agents: readonly string[];
  readonly projects: readonly string[];
}

interface VersionPointer {
  readonly version: number;
  readonly status: NodeStatus;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly inputFingerprint: string;
  readonly contentDigest: string;
}

export interface PeriodPointer extends VersionPointer {
  readonly id: PeriodId;
}

export interface SegmentPointer extends VersionPointer {
  readonly id: SegmentId;
  readonly sessionKey: SessionKey;
  /** Only of a retracted segment. */
  readonly replacedBy?: readonly SegmentId[];
}

/** What plans and listings need from a node's latest version, without reading the node. */
export type NodePointer = PeriodPointer | SegmentPointer;

export function isSegmentPointer(pointer: NodePointer): pointer is SegmentPointer {
  return isSegmentId(pointer.id);
}

export function pointerTo(node: TocNode): NodePointer {
  const {version, status, start, end, inputFingerprint, contentDigest} = node;
  if (!isSegmentNode(node)) return {id: node.id, version, status, start, end, inputFingerprint, contentDigest};
  const {id, segment, replacedBy} = node;
  return {
    id,
    version,
    status,
    start,
    end,
    inputFingerprint,
    contentDigest,
    sessionKey: segment.sessionKey,
    ...(replacedBy === undefined ? {} : {replacedBy}),
  };
}
