import {hash} from 'node:crypto';
import {emptiedIn} from '../event/emptied.js';
import type {AgentEvent, SessionKey} from '../event/event.js';
import {isThinking} from '../event/thinking.js';
import type {Fact} from '../facts/fact.js';
import {nameTasks} from '../facts/name-tasks.js';
import {factsOf} from '../facts/read-facts.js';
import type {CutEvent, Segment} from './segment.js';
import type {EventForSummary, SegmentContext} from './summary.js';
import {countedText, estimateTokens, seenText} from './tokens.js';

/** An event of a segment, with everything that a summary and the facts of a node need. */
export interface SegmentEvent extends CutEvent {
  readonly event: AgentEvent;
  readonly sessionKey: SessionKey;
  readonly facts: readonly Fact[];
}

/** An event as it was read. */
export interface ReadEvent {
  readonly event: AgentEvent;
  readonly sessionKey: SessionKey;
  readonly hasText: boolean;
}

/** The events of a session-day, in their one order, with their facts: what was done in it, so no commit that was only replayed. */
export function segmentEvents(events: readonly ReadEvent[]): readonly SegmentEvent[] {
  const facts = withoutFinished(nameTasks(events.map(({event}) => factsOf(event).filter(({state}) => state !== 'replayed'))));
  return events.map((read, at) => segmentEvent(read, facts[at] ?? []));
}

/** Without what was begun as a commit and is one: its answer came after all, or it was made again. */
function withoutFinished(events: readonly (readonly Fact[])[]): readonly (readonly Fact[])[] {
  const committed = new Set(events.flatMap((facts) => facts.filter(({kind}) => kind === 'commit').map(({text}) => text)));
  if (committed.size === 0) return events;
  return events.map((facts) => facts.filter(({kind, state, text}) => kind !== 'task' || state !== 'doing' || !committed.has(text)));
}

function segmentEvent({event, sessionKey, hasText: hasTextNow}: ReadEvent, facts: readonly Fact[]): SegmentEvent {
  const {id, time, seq, type, text} = event;
  const emptied = emptiedIn(event);
  const tokens = emptied?.tokens ?? (isThinking(event) ? 0 : estimateTokens(countedText(type, text)));
  const hasText = emptied?.hasText ?? hasTextNow;
  const isAsked = hasText && isRequest(event, facts);
  return {id, time, seq, type, hasText, tokens, contentDigest: eventDigest(event, facts), isRequest: isAsked, event, sessionKey, facts};
}

/**
 * Whether a message is the user's own request: what a program said in the user's place (a notification, a prompt of the system) is no request, but
 * a plan that the user had carried out is.
 */
function isRequest({type, role}: AgentEvent, facts: readonly Fact[]): boolean {
  return type === 'user_message' && (role === 'user' || facts.some(({kind}) => kind === 'plan'));
}

/** The context of a segment. */
export function contextOf({request}: Segment<SegmentEvent>): SegmentContext {
  return request === undefined ? {} : {request: eventForSummary(request)};
}

export function branchOf({metadata}: AgentEvent): string {
  const {git_branch: branch} = metadata;
  return typeof branch === 'string' ? branch : '';
}

/** What a summarizer sees of an event beside what its id stands for: which project and branch it belongs to, and its facts. */
function eventDigest(event: AgentEvent, facts: readonly Fact[]): string {
  const place = `${event.project}\n${branchOf(event)}`;
  // Most events have no facts; their place is short, and it is told in full.
  if (facts.length === 0) return place;
  const told = facts.map(({kind, text, ref = '', state = ''}) => `${kind}\n${text}\n${ref}\n${state}`);
  return `${place}\n${hash('sha256', told.join('\n'), 'hex')}`;
}

export function eventForSummary({event, facts}: SegmentEvent): EventForSummary {
  const {id, type, role, text, metadata, time, project} = event;
  const {speaker, tool_name: toolName} = metadata;
  return {
    id,
    type,
    role,
    text: seenText(type, text),
    ...(typeof speaker === 'string' && {speaker}),
    ...(typeof toolName === 'string' && {toolName}),
    time,
    project,
    branch: branchOf(event),
    facts,
  };
}

/** What a summarizer is given of a segment's events, or of the overlap before them: those that say something, or that hold a fact. */
export function spokenEvents(events: readonly SegmentEvent[]): readonly EventForSummary[] {
  return events.filter(({hasText, facts, event}) => (hasText && emptiedIn(event) === undefined) || facts.length > 0).map(eventForSummary);
}
