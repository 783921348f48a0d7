import {DAY_MS} from '../../time/durations.js';
import type {AgentEvent, EventId} from '../event.js';

/** How far apart a hook, or a list of prompts, and the agent's own file may be about one thing. */
export const SUPERSEDED_WITHIN_MS = DAY_MS;

/** What stands in for an agent's file until that is read. */
const STAND_INS = new Set(['hook', 'history']);

type Groups = ReadonlyMap<string, readonly AgentEvent[]>;
const NO_GROUPS: Groups = new Map();

/** Whether the event only stands in for one of the agent's file. */
export function isStandIn({source}: Pick<AgentEvent, 'source'>): boolean {
  return STAND_INS.has(source);
}

/**
 * The events that another one makes superfluous, whatever came first: a stand-in, where the agent's own file has an event of the same
 * session, type and text within a day; and of a record that grew, all but the longest text. They stay stored, and are in no cut and no list.
 * @param among all events that may make one superfluous, `events` too
 */
export function supersededOf(events: readonly AgentEvent[], among: readonly AgentEvent[] = events): ReadonlySet<EventId> {
  // Nearly always none stands in for another, and a key holds the whole text.
  const hasStandIns = events.some(isStandIn);
  const own = hasStandIns ? groupBy(among, (event) => (isStandIn(event) ? undefined : wordsKey(event))) : NO_GROUPS;
  const sameRecord = groupBy(among, recordKey);
  return new Set(events.filter((event) => isShown(event, own) || hasGrown(event, sameRecord)).map(({id}) => id));
}

function isShown(event: AgentEvent, own: Groups): boolean {
  if (!isStandIn(event)) return false;
  return own.get(wordsKey(event))?.some(({time}) => Math.abs(time - event.time) <= SUPERSEDED_WITHIN_MS) === true;
}

function hasGrown(event: AgentEvent, sameRecord: Groups): boolean {
  const key = recordKey(event);
  if (key === undefined) return false;
  return sameRecord.get(key)?.some(({text}) => text.length > event.text.length && text.startsWith(event.text)) === true;
}

function wordsKey({agent, sessionId, type, text}: AgentEvent): string {
  return JSON.stringify([agent, sessionId, type, text.trim()]);
}

function recordKey({agent, sessionId, type, sourceEventId}: AgentEvent): string | undefined {
  return sourceEventId === '' ? undefined : JSON.stringify([agent, sessionId, type, sourceEventId]);
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
