import type {EpochMs, EventId} from '../event/event.js';
import {sessionKeyOf} from '../event/identity/event-id.js';
import type {FailureReason} from '../model/failure-reason.js';
import type {Period} from '../time/period.js';
import {contentDigestOf} from './fingerprint.js';
import type {PeriodNode, SegmentFacts, SegmentNode, TocNode} from './node.js';
import type {NodeContent} from './node-content.js';
import type {NodeId, PeriodId, SegmentId} from './node-id.js';
import {CUTTING_RULES_VERSION, type Segment} from './segment.js';
import type {SegmentEvent} from './segment-event.js';
import type {Summarizer} from './summary.js';

export function summarizerName({id, version, model}: Pick<Summarizer, 'id' | 'version' | 'model'>): string {
  return model === '' ? `${id}/${version}` : `${id}/${version} ${model}`;
}

interface Making<Id extends NodeId, ChildId extends NodeId | EventId> {
  readonly id: Id;
  readonly version: number;
  readonly bounds: Period;
  readonly content: NodeContent;
  readonly childIds: readonly ChildId[];
  readonly fingerprint: string;
  readonly summarizer: string;
  readonly inputsSince?: EpochMs | undefined;
  /** Why another summarizer than the wanted one made it. */
  readonly fallback?: FailureReason | undefined;
  readonly now: EpochMs;
}

/** Makes a period's node for the store. */
export function makePeriodNode(making: Making<PeriodId, NodeId>): PeriodNode {
  return makeNode(making);
}

/** Makes a segment's node for the store. @param replaces the retracted segments whose events it took over */
export function makeSegmentNode(
  segment: Segment<SegmentEvent>,
  making: Omit<Making<SegmentId, EventId>, 'id' | 'bounds' | 'childIds'>,
  replaces: readonly SegmentId[],
): SegmentNode {
  const node = makeNode({...making, id: segment.id, bounds: segment, childIds: segment.events.map((event) => event.id)});
  return {...node, segment: segmentFacts(segment), ...(replaces.length > 0 && {replaces})};
}

function makeNode<Id extends NodeId, ChildId extends NodeId | EventId>(making: Making<Id, ChildId>) {
  const {id, version, bounds, content, childIds, fingerprint, summarizer, inputsSince, fallback, now} = making;
  return {
    id,
    version,
    status: 'current' as const,
    title: content.title,
    start: bounds.start,
    end: bounds.end,
    bullets: content.bullets,
    keywords: content.keywords,
    facts: content.facts,
    workstreams: content.workstreams,
    childIds,
    createdAt: now,
    rulesVersion: CUTTING_RULES_VERSION,
    ...(inputsSince !== undefined && {inputsSince}),
    summarizer,
    ...(fallback !== undefined && {fallback}),
    inputFingerprint: fingerprint,
    contentDigest: contentDigestOf(content),
  };
}

export function segmentFacts({events, tokens}: Segment<SegmentEvent>): SegmentFacts {
  const first = events[0]?.event;
  return {
    sessionKey: sessionKeyOf(first?.agent ?? '', first?.sessionId ?? ''),
    sessionId: first?.sessionId ?? '',
    eventCount: events.length,
    tokenCount: Math.ceil(tokens),
    agents: namesIn(events.map(({event}) => event.agent)),
    projects: namesIn(events.map(({event}) => event.project)),
  };
}

function namesIn(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== ''))].sort();
}

/** The last version of a node that no longer has inputs. */
export function retractNode<Node extends TocNode>(node: Node, version: number, now: EpochMs): Node {
  return {...node, version, status: 'retracted', createdAt: now};
}

/** The last version of a segment. @param replacedBy the segments that hold its events now */
export function retractSegment(node: SegmentNode, version: number, replacedBy: readonly SegmentId[], now: EpochMs): SegmentNode {
  return {...retractNode(node, version, now), ...(replacedBy.length > 0 && {replacedBy})};
}
