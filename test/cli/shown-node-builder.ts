import type {EpochMs, EventId} from '../../src/domain/event/event.js';
import {Calendar} from '../../src/domain/time/period.js';
import type {SegmentFacts} from '../../src/domain/toc/node.js';
import {type NodeId, type PeriodId, type SegmentId, tocLevelOf} from '../../src/domain/toc/node-id.js';
import type {ShownNode, ShownPeriod, ShownSegment, ShownVersion} from '../../src/domain/toc/shown-node.js';

export const BERLIN = new Calendar('Europe/Berlin');

/** The text of a bullet, or all of it. */
export interface NodeParts extends Partial<Omit<ShownVersion, 'bullets'>> {
  readonly bullets?: readonly string[];
}

export interface PeriodParts extends NodeParts {
  readonly childIds?: readonly string[];
  readonly children?: readonly ShownNode[];
}

/** A stored period whose label and bounds follow from its id. */
export function aNode(id: string, {childIds = [], children, ...parts}: PeriodParts = {}): ShownPeriod {
  const periodId = id as PeriodId;
  return {id: periodId, tocLevel: tocLevelOf(periodId), ...version(periodId, parts), childIds: childIds as readonly NodeId[], children};
}

/** A stored segment. */
export function aSegment(id: string, segment: SegmentFacts, parts: NodeParts = {}): ShownSegment {
  const segmentId = id as SegmentId;
  const facts = {segment, childIds: [], replacedBy: [], replaces: [], children: undefined};
  return {id: segmentId, tocLevel: 'segment', ...version(segmentId, parts), ...facts};
}

function version(id: NodeId, {bullets = [], ...parts}: NodeParts): ShownVersion {
  const bounds = BERLIN.boundsOf(id);
  return {
    label: BERLIN.labelOf(id, parts.start ?? bounds.start),
    title: '',
    start: bounds.start,
    end: bounds.end,
    bullets: bullets.map((text) => ({text, eventIds: ['01HKZ5D0A0AAAAAAAAAAAAAAAA' as EventId]})),
    keywords: [],
    facts: [],
    workstreams: [],
    version: 1,
    status: 'current',
    createdAt: Date.parse('2024-02-01T00:30:00Z') as EpochMs,
    summarizer: 'extractive/1',
    fallback: undefined,
    inputFingerprint: 'f0',
    provisional: false,
    stale: false,
    clipped: false,
    open: false,
    waitingEvents: 0,
    ...parts,
  };
}

export function at(text: string): EpochMs {
  return Date.parse(text) as EpochMs;
}
