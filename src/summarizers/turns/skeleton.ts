import type {EventId} from '../../domain/event/event.js';
import type {FactKind} from '../../domain/facts/fact.js';
import {mergeFacts} from '../../domain/facts/merge-facts.js';
import type {EventForSummary, SegmentContext} from '../../domain/toc/summary.js';
import {cutSentences} from '../../language/sentences.js';
import {clipped, tidy} from './clip.js';
import {outcomeShape} from './outcome-shape.js';
import {readTurns, type Turn} from './turns.js';

/** What a segment is about, without its details: a part of the skeleton. */
export interface SkeletonPart {
  readonly kind: FactKind | 'request' | 'report';
  readonly text: string;
  /** Where it stands; empty for the request in force, which cannot be cited. */
  readonly eventIds: readonly EventId[];
}

/** The words that a part may have, the most that fits. */
const WORDS = [60, 40, 25, 16, 10];
/** A token is about so many characters; a part has a few beside its text. */
const CHARACTERS_PER_TOKEN = 4;
const PART_TOKENS = 6;
const KINDS: ReadonlySet<string> = new Set(['commit', 'pull_request', 'plan', 'task', 'test']);
/** Of a report so much is looked at. */
const REPORT = 3_000;
const MOST_SENTENCES = 4;

/**
 * The requests, reports and facts of a segment, in order, in at most `mostTokens` tokens (an estimate): what a model needs to write a summary.
 * Long parts are cut first; where that is not enough, the turns in the middle are left out.
 */
export function skeletonOf(events: readonly EventForSummary[], context: SegmentContext, mostTokens: number): SkeletonPart[] {
  const turns = readTurns(events, context);
  for (const words of WORDS) {
    const parts = turns.flatMap((turn) => partsOf(turn, words));
    if (tokensOf(parts) <= mostTokens) return parts;
  }
  const kept = turns.map((turn) => partsOf(turn, WORDS.at(-1) ?? 0));
  while (kept.length > 1 && tokensOf(kept.flat()) > mostTokens) kept.splice(Math.floor(kept.length / 2), 1);
  const parts = kept.flat();
  while (parts.length > 1 && tokensOf(parts) > mostTokens) parts.splice(Math.floor(parts.length / 2), 1);
  return parts;
}

function tokensOf(parts: readonly SkeletonPart[]): number {
  return parts.reduce((sum, {text}) => sum + PART_TOKENS + Math.ceil(text.length / CHARACTERS_PER_TOKEN), 0);
}

function partsOf({message, isCitable, report, facts}: Turn, words: number): SkeletonPart[] {
  const parts: SkeletonPart[] = [];
  const asked = message === undefined || message.kind === 'assent' ? '' : askedIn(message.heading, message.event.text, message.asks);
  if (message !== undefined && asked !== '') {
    parts.push({kind: 'request', text: clipped(asked, words), eventIds: isCitable ? [message.event.id] : []});
  }
  for (const {kind, text, state, eventIds} of mergeFacts(facts, 'segment')) {
    if (!KINDS.has(kind) || text === '' || kind === 'plan') continue;
    parts.push({kind, text: clipped(tidy(state === undefined ? text : `${text} (${state})`), words), eventIds});
  }
  const told = report === undefined ? '' : toldIn(report.text);
  if (report !== undefined && told !== '') parts.push({kind: 'report', text: clipped(told, words), eventIds: [report.id]});
  return parts;
}

function askedIn(heading: string, text: string, asks: readonly {readonly from: number; readonly to: number}[]): string {
  return heading === '' ? asks.map(({from, to}) => tidy(text.slice(from, to))).join(' ') : heading;
}

/** The first sentences of a report that say what came out; else its last one. */
function toldIn(text: string): string {
  const cut = text.slice(0, REPORT);
  const said = cutSentences(cut, 0, cut.length, false).map(({from, to}) => tidy(cut.slice(from, to)));
  const outcomes = said.filter((sentence) => outcomeShape(sentence) !== 'announced');
  return outcomes.length > 0 ? outcomes.slice(0, MOST_SENTENCES).join(' ') : (said.at(-1) ?? '');
}
