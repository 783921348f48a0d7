import {hash} from 'node:crypto';
import type {Period} from '../time/period.js';
import type {NodeContent} from './node-content.js';
import type {NodeId} from './node-id.js';
import {overlapOf} from './overlap.js';
import {CUTTING_RULES_VERSION, type CutEvent, type Segment} from './segment.js';
import type {Summarizer} from './summary.js';

/** The facts about a summarizer that decide its result. */
export type SummarizerIdentity = Pick<Summarizer, 'id' | 'version' | 'model' | 'promptVersion'>;

/** One input of a node: a child, or an event, whose id identifies its text. The digest is of all else that a summarizer sees of it. */
export interface FingerprintInput {
  readonly id: string;
  readonly contentDigest: string;
}

/** SHA-256 in hex over a list of strings. Each string follows its length, so that no two lists look alike. */
function digestOf(list: readonly string[]): string {
  return hash('sha256', list.map((part) => `${part.length}:${part}`).join(''), 'hex');
}

/**
 * Identifies the inputs of a node: with an equal fingerprint, making the node again would give the same result. It contains no version
 * numbers and no times of making. So the order and the time in which events arrived leave no trace.
 */
export function fingerprintOf(
  id: NodeId,
  {start, end}: Period,
  summarizer: SummarizerIdentity,
  inputs: readonly FingerprintInput[],
): string {
  const made = [summarizer.id, summarizer.version, summarizer.model, summarizer.promptVersion].map(String);
  const list = ['mem-input-2', id, String(start), String(end), String(CUTTING_RULES_VERSION), ...made];
  for (const input of inputs) list.push(input.id, input.contentDigest);
  return digestOf(list);
}

/** The fingerprint of a segment. It includes its context: the request in force, and the overlap, which a summarizer with a model uses. */
export function segmentFingerprint(segment: Segment, summarizer: SummarizerIdentity): string {
  const overlap = summarizer.model === '' ? [] : overlapOf<CutEvent>(segment);
  const request = segment.request === undefined ? [] : [segment.request];
  const context: FingerprintInput[] = [
    ...request.map(({id, contentDigest}) => ({id, contentDigest: `request ${contentDigest}`})),
    ...overlap.map(({id, contentDigest}) => ({id, contentDigest: `overlap ${contentDigest}`})),
  ];
  return fingerprintOf(segment.id, segment, summarizer, context.length === 0 ? segment.events : [...context, ...segment.events]);
}

/** SHA-256 in hex over everything that a parent's summary is made from. */
export function contentDigestOf({title, bullets, keywords, facts, workstreams}: NodeContent): string {
  const list = ['mem-content-2', title, String(bullets.length)];
  for (const {text, eventIds, workstream = ''} of bullets) list.push(text, workstream, String(eventIds.length), ...eventIds);
  list.push(String(keywords.length), ...keywords, String(facts.length));
  for (const {kind, text, ref = '', state = '', lines, workstream = '', eventIds} of facts) {
    const size = lines === undefined ? [] : [`lines ${lines}`];
    list.push(kind, text, ref, state, ...size, workstream, String(eventIds.length), ...eventIds);
  }
  for (const {id, project, branch, events, commits, days} of workstreams) {
    list.push(id, project, branch, String(events), String(commits), String(days));
  }
  return digestOf(list);
}
