import type {EpochMs, EventId} from '../event/event.js';
import type {Period} from '../time/period.js';
import type {TocNode} from '../toc/node.js';
import type {NodeId} from '../toc/node-id.js';
import {CUTTING_RULES_VERSION} from '../toc/segment.js';

/*
 * New cutting rules have everything made again. What a model was paid for need not be paid for again where the rules cut as before: the
 * node gets a version with its old text, and the fingerprint of what it is made from now.
 */

/** The inputs of a node that is to be made again. */
export interface NewInputs {
  readonly ids: readonly (NodeId | EventId)[];
  readonly bounds: Period;
  /** Of a period: when its children were made, and since when each of them is made from the same events. */
  readonly children: readonly Pick<TocNode, 'createdAt' | 'inputsSince'>[];
}

/**
 * Since when a node is made from the events that it has under the new rules.
 * @param stored its latest version
 * @returns undefined where it was made by these rules, or where its events or bounds are others now
 */
export function inputsSince(stored: TocNode | undefined, {ids, bounds, children}: NewInputs): EpochMs | undefined {
  if (stored === undefined || stored.status === 'retracted' || stored.rulesVersion >= CUTTING_RULES_VERSION) return undefined;
  if (stored.start !== bounds.start || stored.end !== bounds.end || stored.childIds.join() !== ids.join()) return undefined;
  const isOlder = children.every((child) => (child.inputsSince ?? child.createdAt) <= stored.createdAt);
  return isOlder ? (stored.inputsSince ?? stored.createdAt) : undefined;
}

/** Whether a model wrote it. Only the name of a summarizer with a model has two parts. */
export function isByModel({summarizer, fallback}: TocNode): boolean {
  return fallback === undefined && summarizer.includes(' ');
}
