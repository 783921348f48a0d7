import type {AgentEvent, EventId} from '../../domain/event/event.js';
import {isStandIn, SUPERSEDED_WITHIN_MS} from '../../domain/event/identity/superseded.js';
import {isTelling, typesOfWords} from '../../domain/event/identity/words-mark.js';

/**
 * Of the events of one session, those that are forgotten with the chosen ones: they say the same words, or are the same record before it
 * had grown. A drain drops such events from then on, so none may stay.
 */
export function withCopies(events: readonly AgentEvent[], chosen: ReadonlySet<EventId>): ReadonlySet<EventId> {
  const words = groupBy(events, wordsKeysOf);
  const records = groupBy(events, ({sourceEventId}) => (sourceEventId === '' ? [] : [sourceEventId]));
  const all = new Set<EventId>();
  const waiting = events.filter(({id}) => chosen.has(id));
  for (let event = waiting.pop(); event !== undefined; event = waiting.pop()) {
    if (all.has(event.id)) continue;
    all.add(event.id);
    const said = event;
    const same = wordsKeysOf(event).flatMap((key) => words.get(key) ?? []);
    waiting.push(...same.filter((other) => isTelling(said.text) || standsIn(said, other)));
    const record = records.get(event.sourceEventId) ?? [];
    waiting.push(...record.filter((other) => other.type === said.type && (grewFrom(said, other) || grewFrom(other, said))));
  }
  return all;
}

/** Too short to be known again by their words, but within a day one of them stands for the other. */
function standsIn(a: AgentEvent, b: AgentEvent): boolean {
  return (isStandIn(a) || isStandIn(b)) && Math.abs(a.time - b.time) <= SUPERSEDED_WITHIN_MS;
}

function grewFrom({text}: AgentEvent, {text: before}: AgentEvent): boolean {
  return before !== '' && text.startsWith(before);
}

function wordsKeysOf(event: AgentEvent): readonly string[] {
  const said = event.text.trim();
  return said === '' ? [] : typesOfWords(event).map((type) => `${type}\n${said}`);
}

function groupBy(
  events: readonly AgentEvent[],
  keysOf: (event: AgentEvent) => readonly string[],
): ReadonlyMap<string, readonly AgentEvent[]> {
  const groups = new Map<string, AgentEvent[]>();
  for (const event of events) {
    for (const key of keysOf(event)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [event]);
      else group.push(event);
    }
  }
  return groups;
}
