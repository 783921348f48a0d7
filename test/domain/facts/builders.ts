import type {AgentEvent, EpochMs, EventId, JsonObject} from '../../../src/domain/event/event.js';
import type {Fact} from '../../../src/domain/facts/fact.js';
import {factsOf} from '../../../src/domain/facts/read-facts.js';

export const anId = (number: number): EventId => String(number).padStart(26, '0') as EventId;

export function anEvent(given: Partial<AgentEvent>): AgentEvent {
  return {
    id: anId(1),
    time: 0 as EpochMs,
    seq: 0,
    type: 'tool_result',
    role: 'tool',
    sessionId: 'kitchen',
    agent: 'claude-code',
    project: 'cafe/menu',
    source: '',
    sourceEventId: '',
    text: '',
    textBytes: 0,
    metadata: {},
    ...given,
  };
}

/** What a tool was given, and what it answered. */
export function aToolUse(tool_name: string, tool_input: JsonObject | string, text = '', metadata: JsonObject = {}): AgentEvent {
  return anEvent({text, metadata: {tool_name, tool_input, ...metadata}});
}

export const aShell = (command: string, text = '', metadata: JsonObject = {}): AgentEvent => aToolUse('Bash', {command}, text, metadata);

/** Without the event that they are read off. */
export function bare(facts: readonly Fact[]): readonly object[] {
  return facts.map(({eventIds: _, ...fact}) => fact);
}

export const read = (event: AgentEvent): readonly object[] => bare(factsOf(event));
/** The texts of one kind of fact. */
export const textsOf = (kind: Fact['kind'], event: AgentEvent): readonly string[] =>
  factsOf(event).flatMap((fact) => (fact.kind === kind ? [fact.text] : []));
