import type {EpochMs, EventId} from '../../src/domain/event/event.js';
import {Calendar} from '../../src/domain/time/period.js';
import type {NodeId} from '../../src/domain/toc/node-id.js';
import {tocLevelOf} from '../../src/domain/toc/node-id.js';
import type {ShownNode} from '../../src/domain/toc/shown-node.js';

export const BERLIN = new Calendar('Europe/Berlin');

/** The text of a bullet, or all of it. */
export interface NodeParts extends Partial<Omit<ShownNode, 'id' | 'bullets'>> {
  readonly bullets?: readonly string[];
}

/** A stored node whose label and bounds follow from its id. */
export function aNode(id: string, {bullets = [], ...parts}: NodeParts = {}): ShownNode {
  const nodeId = id as NodeId;
  const bounds = BERLIN.boundsOf(nodeId);
  return {
    id: nodeId,
    tocLevel: tocLevelOf(nodeId),
    label: BERLIN.labelOf(nodeId, parts.start ?? bounds.start),
    title: '',
    start: bounds.start,
    end: bounds.end,
    bullets: bullets.map((text) => ({text, eventIds: ['01HKZ5D0A0AAAAAAAAAAAAAAAA' as EventId]})),
    keywords: [],
    childIds: [],
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
    segment: undefined,
    replacedBy: [],
    replaces: [],
    children: undefined,
    ...parts,
  };
}

export function at(text: string): EpochMs {
  return Date.parse(text) as EpochMs;
}
