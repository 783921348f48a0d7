import type {EpochMs, EventId, SessionKey} from '../event/event.js';
import type {NodeId} from './node-id.js';

export interface NodeBullet {
  readonly text: string;
  /** The events behind the bullet, at every TOC level. */
  readonly eventIds: readonly EventId[];
}

export type NodeStatus = 'current' | 'retracted';

/** One version of an entry of the table of contents. Label and bounds are not stored: they follow from the id, or from a segment's events. */
export interface TocNode {
  readonly id: NodeId;
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
  /** Its inputs, in time order: node ids, or the event ids of a segment. */
  readonly childIds: readonly string[];
  readonly createdAt: EpochMs;
  /** The id of the summarizer that made it, with its version: `extractive/1`. */
  readonly summarizer: string;
  /** Why an extractive summary replaces the model's. */
  readonly fallback?: string;
  /** SHA-256 in hex, see `fingerprint.ts`. */
  readonly inputFingerprint: string;
  /** SHA-256 in hex over what a parent's summary is made from: title, bullets with event ids, keywords. */
  readonly contentDigest: string;
  /** Of a retracted segment: the segments that hold its events now. */
  readonly replacedBy?: readonly NodeId[];
  /** Of a segment: the retracted segments whose events it took over. */
  readonly replaces?: readonly NodeId[];
  /** Only of a segment. */
  readonly segment?: SegmentFacts;
}

export interface SegmentFacts {
  readonly sessionKey: SessionKey;
  readonly sessionId: string;
  readonly eventCount: number;
  readonly tokenCount: number;
  readonly agents: readonly string[];
  readonly projects: readonly string[];
}

/** What plans and listings need from a node's latest version, without reading the node. */
export interface NodePointer {
  readonly id: NodeId;
  readonly version: number;
  readonly status: NodeStatus;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly inputFingerprint: string;
  readonly contentDigest: string;
  /** Only of a segment. */
  readonly sessionKey?: SessionKey;
  /** Only of a retracted node. */
  readonly replacedBy?: readonly NodeId[];
}

export function pointerTo(node: TocNode): NodePointer {
  return {
    id: node.id,
    version: node.version,
    status: node.status,
    start: node.start,
    end: node.end,
    inputFingerprint: node.inputFingerprint,
    contentDigest: node.contentDigest,
    ...(node.segment === undefined ? {} : {sessionKey: node.segment.sessionKey}),
    ...(node.replacedBy === undefined ? {} : {replacedBy: node.replacedBy}),
  };
}
