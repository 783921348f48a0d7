import type {EventForSummary, SegmentContext} from '../../../domain/toc/summary.js';
import {isAmongPeople} from '../../turns/among-people.js';
import {type SkeletonPart, skeletonOf} from '../../turns/skeleton.js';
import type {PromptRecords} from './prompt-records.js';
import {tokensAtMost} from './prompt-tokens.js';

/** A model needs no more of a piece of work, and a small one gets lost in more. */
const SKELETON_TOKENS = 450;

/**
 * What was asked, what came out and what was committed in a piece of work, as records `e1`, `e2`, …; the request in force goes in front,
 * without an id.
 * @returns undefined where people talk to each other, where nothing was asked or reported, or all that was said is as short: then the
 * events themselves say more
 */
export function skeletonRecords(events: readonly EventForSummary[], context: SegmentContext, room: number): PromptRecords | undefined {
  if (isAmongPeople(events.filter(({text}) => text.trim() !== ''))) return undefined;
  if (events.reduce((sum, {text}) => sum + tokensAtMost(text), 0) <= SKELETON_TOKENS) return undefined;
  const parts = skeletonOf(events, context, Math.min(SKELETON_TOKENS, room));
  if (!parts.some(({kind}) => kind === 'request') || !parts.some(isOutcome)) return undefined;
  const sources = new Map<string, string>();
  const records = parts.flatMap(({kind, text, eventIds: [event]}) => {
    const record = {kind: kind.replace('_', ' '), text};
    if (event === undefined) return kind === 'request' ? [record] : [];
    const id = `e${sources.size + 1}`;
    sources.set(id, event);
    return [{id, ...record}];
  });
  return sources.size === 0 ? undefined : {records, sources};
}

function isOutcome({kind, eventIds}: SkeletonPart): boolean {
  return kind !== 'request' && eventIds.length > 0;
}
