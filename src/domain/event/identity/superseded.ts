import {DAY_MS} from '../../time/durations.js';
import {emptiedIn} from '../emptied.js';
import type {AgentEvent, EventId, EventType} from '../event.js';

/** How far apart a hook, or a list of prompts, and the agent's own file may be about one thing. */
export const SUPERSEDED_WITHIN_MS = DAY_MS;

/** What stands in for an agent's file until that is read. */
const STAND_INS = new Set(['hook', 'history']);

type Groups = ReadonlyMap<string, readonly AgentEvent[]>;
const NO_GROUPS: Groups = new Map();
const NO_IDS: ReadonlySet<EventId> = new Set();

/** Whether the event only stands in for one of the agent's file. */
export function isStandIn({source}: Pick<AgentEvent, 'source'>): boolean {
  return STAND_INS.has(source);
}

/**
 * The events that another one makes superfluous, whatever came first: a stand-in, where the agent's own file has an event of the same
 * session, type and text within a day (a subagent's last message also as a tool's result); and of a record that grew, all but the longest text. They stay stored, and are in no cut and no list.
 * @param among all events that may make one superfluous, `events` too
 */
export function supersededOf(events: readonly AgentEvent[], among: readonly AgentEvent[] = events): ReadonlySet<EventId> {
  // Nearly always none stands in for another, and a key holds the whole text.
  const hasStandIns = events.some(isStandIn);
  const own = hasStandIns ? groupBy(among, (event) => (isStandIn(event) ? undefined : wordsKey(event))) : NO_GROUPS;
  const sameRecord = isRecordRepeated(among) ? groupBy(among, recordKey) : NO_GROUPS;
  if (!hasStandIns && sameRecord.size === 0) return NO_IDS;
  return new Set(events.filter((event) => isShown(event, own) || hasGrown(event, sameRecord)).map(({id}) => id));
}

/** Whether two events are of one record: in most sessions none is. */
function isRecordRepeated(events: readonly AgentEvent[]): boolean {
  const seen = new Set<string>();
  let records = 0;
  for (const event of events) {
    const key = recordKey(event);
    if (key === undefined) continue;
    seen.add(key);
    records++;
  }
  return seen.size < records;
}

function isShown(event: AgentEvent, own: Groups): boolean {
  if (!isStandIn(event)) return false;
  return typesShowing(event).some((type) =>
    own.get(wordsKey({...event, type}))?.some(({time}) => Math.abs(time - event.time) <= SUPERSEDED_WITHIN_MS),
  );
}

/** Where the file of a subagent is gone, its last message is the result of the tool that ran it. */
function typesShowing({type, metadata}: AgentEvent): readonly EventType[] {
  return type === 'assistant_message' && metadata['agent_id'] !== undefined ? [type, 'tool_result'] : [type];
}

function hasGrown(event: AgentEvent, sameRecord: Groups): boolean {
  const key = recordKey(event);
  if (key === undefined) return false;
  const others = sameRecord.get(key)?.filter(({type}) => type === event.type || isUnanswered(event));
  // What an emptied text began with cannot be told any more: it counts as no beginning, and as grown from nothing alone.
  if (emptiedIn(event) !== undefined) return false;
  return others?.some((other) => (emptiedIn(other) === undefined ? isBeginning(event, other) : isUnanswered(event))) === true;
}

function isBeginning({text}: AgentEvent, {text: grown}: AgentEvent): boolean {
  return grown.length > text.length && grown.startsWith(text);
}

/** Whether another event of its record may come at a later time: the result of a tool, long after the tool was taken for interrupted. */
export function mayBeAnsweredLater(event: Pick<AgentEvent, 'type' | 'text' | 'metadata' | 'sourceEventId'>): boolean {
  return isUnanswered(event) && event.sourceEventId !== '';
}

/** A tool that had no result yet. One that asks the user has none when it is answered either: the answer is the user's words. */
function isUnanswered(event: Pick<AgentEvent, 'type' | 'text' | 'metadata'>): boolean {
  return event.type === 'tool_result' && event.text === '' && emptiedIn(event) === undefined;
}

function wordsKey({agent, sessionId, type, text}: Pick<AgentEvent, 'agent' | 'sessionId' | 'type' | 'text'>): string {
  return JSON.stringify([agent, sessionId, type, text.trim()]);
}

function recordKey({agent, sessionId, sourceEventId}: AgentEvent): string | undefined {
  return sourceEventId === '' ? undefined : `${agent.length} ${sessionId.length} ${agent}${sessionId}${sourceEventId}`;
}

function groupBy(events: readonly AgentEvent[], keyOf: (event: AgentEvent) => string | undefined): Groups {
  const groups = new Map<string, AgentEvent[]>();
  for (const event of events) {
    const key = keyOf(event);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return groups;
}
