import {expect, test} from 'vitest';
import type {AgentEvent, EpochMs, EventId} from '../../../../src/domain/event/event.js';
import {supersededOf} from '../../../../src/domain/event/identity/superseded.js';

const DAY = 86_400_000;

function event(id: string, parts: Partial<AgentEvent> = {}): AgentEvent {
  return {
    id: id as EventId,
    time: 0 as EpochMs,
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 's1',
    agent: 'claude-code',
    project: '',
    source: 'transcript',
    sourceEventId: '',
    text: 'List the tides.',
    textBytes: 0,
    metadata: {},
    ...parts,
  };
}

const SUBAGENT: Partial<AgentEvent> = {type: 'assistant_message', role: 'assistant', metadata: {agent_id: 'a1'}};
const TOOL: Partial<AgentEvent> = {type: 'tool_result', role: 'tool'};

test.each<[string, Partial<AgentEvent>, Partial<AgentEvent>, boolean]>([
  ['a hook with the words of the file', {source: 'hook'}, {}, true],
  ['a listed prompt with the words of the file', {source: 'history'}, {}, true],
  ['white space at the ends', {source: 'hook', text: ' List the tides.\n'}, {}, true],
  ['a day apart', {source: 'hook'}, {time: DAY as EpochMs}, true],
  ['more than a day apart', {source: 'hook'}, {time: (DAY + 1) as EpochMs}, false],
  ['other words', {source: 'hook', text: 'List the moons.'}, {}, false],
  ['another session', {source: 'hook'}, {sessionId: 's2'}, false],
  ['another type', {source: 'hook'}, {type: 'assistant_message'}, false],
  ["a subagent's hook and its message", {...SUBAGENT, source: 'hook'}, SUBAGENT, true],
  ["a subagent's hook and the result of its tool", {...SUBAGENT, source: 'hook'}, TOOL, true],
  ["the agent's own hook and a result", {type: 'assistant_message', source: 'hook'}, TOOL, false],
  ['another hook', {source: 'hook'}, {source: 'hook'}, false],
  ['twice in the file', {}, {time: 1 as EpochMs}, false],
  ['a record that grew', {sourceEventId: 'r1', text: 'List'}, {sourceEventId: 'r1'}, true],
  ['a result that came late', {sourceEventId: 'r1', text: ''}, {sourceEventId: 'r1'}, true],
  ['a question to the user and the answer', {...TOOL, sourceEventId: 'r1', text: ''}, {sourceEventId: 'r1'}, true],
  ['a result and other words of its record', {...TOOL, sourceEventId: 'r1', text: 'List'}, {sourceEventId: 'r1'}, false],
  ['a record that says something else', {sourceEventId: 'r1', text: 'Lost'}, {sourceEventId: 'r1'}, false],
  ['two records', {sourceEventId: 'r1', text: 'List'}, {sourceEventId: 'r2'}, false],
  ['records without an id', {text: 'List'}, {}, false],
])('%s', (_, first, second, isSuperseded) => {
  const events = [event('1', first), event('2', second)];
  expect([...supersededOf(events)]).toEqual(isSuperseded ? ['1'] : []);
  expect([...supersededOf([...events].reverse())]).toEqual(isSuperseded ? ['1'] : []);
});
