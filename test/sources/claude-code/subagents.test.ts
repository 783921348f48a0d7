import {expect, test} from 'vitest';
import {claudeCode} from '../../../src/sources/claude-code.js';
import {said} from '../laws.js';
import {SourceRig} from '../source-rig.js';
import {aCall, aLine, anAnswer, aResult, aText, aUser, linesOf, PROJECT, SESSION, TRANSCRIPT, timeOf} from './claude-lines.js';

const HINT = aText("agentId: a1 (for resuming to continue this agent's work if needed)");
const task = anAnswer(1, [aCall('t-1', 'Task', {prompt: 'Count the pots.', subagent_type: 'Explore'})]);
const done = aUser(9, [aResult('t-1', [aText('Seven pots.'), HINT])], {toolUseResult: {status: 'completed', agentId: 'a1'}});
const subagent = linesOf(
  aUser(2, 'Count the pots.', {isSidechain: true, agentId: 'a1', parentUuid: null}),
  anAnswer(3, [aCall('t-2', 'Bash', {command: 'ls pots'})], {isSidechain: true, agentId: 'a1'}),
  aUser(4, [aResult('t-2', '7')], {isSidechain: true, agentId: 'a1'}),
  anAnswer(5, [aText('Seven pots.')], {isSidechain: true, agentId: 'a1'}),
);
const progress = [
  aLine(2, {type: 'progress', data: progressOf('user', 2, {role: 'user', content: [aText('Count the pots.')]})}),
  aLine(3, {type: 'progress', data: progressOf('assistant', 3, {id: 'm', content: [aCall('t-2', 'Bash', {command: 'ls pots'})]})}),
  aLine(4, {type: 'progress', data: progressOf('user', 4, {role: 'user', content: [aResult('t-2', '7')]})}),
];

function progressOf(type: string, n: number, message: Readonly<Record<string, unknown>>) {
  return {message: {type, message, uuid: `u-${n}`, timestamp: timeOf(n)}, type: 'agent_progress', agentId: 'a1'};
}

async function readAll(files: Readonly<Record<string, string>>) {
  using rig = new SourceRig(claudeCode);
  rig.writeAll(files);
  return await rig.readAll();
}

test("gives a subagent's last message once, as its own, and its work under its name", async () => {
  const events = await readAll({
    [TRANSCRIPT]: linesOf(task, ...progress, done),
    [`${PROJECT}/${SESSION}/subagents/agent-a1.jsonl`]: subagent,
  });
  expect(events.map((event) => [said(event), event.metadata['agent_id'], event.sessionId])).toEqual([
    ['tool_result/tool: ', undefined, SESSION],
    ['subagent_start/system: Count the pots.', 'a1', SESSION],
    ['tool_result/tool: 7', 'a1', SESSION],
    ['assistant_message/assistant: Seven pots.', 'a1', SESSION],
  ]);
  expect(events[0]?.metadata['subagent_id']).toBe('a1');
});

test('takes the work of a subagent from its session where its file is gone', async () => {
  const events = await readAll({[TRANSCRIPT]: linesOf(task, ...progress, done)});
  expect(events.map((event) => [said(event), event.metadata['agent_id'], event.eventId])).toEqual([
    ['subagent_start/system: Count the pots.', 'a1', 'u-2'],
    ['tool_result/tool: 7', 'a1', 't-2'],
    ['tool_result/tool: Seven pots.', undefined, 't-1'],
  ]);
});

test('gives the last message of a subagent inside its session once', async () => {
  const events = await readAll({
    [TRANSCRIPT]: linesOf(
      task,
      aUser(2, 'Count the pots.', {isSidechain: true, parentUuid: null}),
      anAnswer(3, [aText('Seven pots.')], {isSidechain: true}),
      done,
    ),
  });
  expect(events.map((event) => [said(event), event.metadata['agent_id']])).toEqual([
    ['subagent_start/system: Count the pots.', 'sidechain'],
    ['assistant_message/assistant: Seven pots.', 'sidechain'],
    ['tool_result/tool: ', undefined],
  ]);
});

test('reads nested workflows, and neither results nor notes', async () => {
  const events = await readAll({
    [`${PROJECT}/${SESSION}/subagents/workflows/w1/agent-b.jsonl`]: linesOf(
      anAnswer(1, [aText('In a workflow.')], {isSidechain: true, agentId: 'b'}),
    ),
    [`${PROJECT}/${SESSION}/tool-results/x.jsonl`]: linesOf(aUser(2, 'A result that looks like a transcript.')),
    [`${PROJECT}/memory/notes.jsonl`]: linesOf(aUser(3, 'A note.')),
  });
  expect(events.map(said)).toEqual(['assistant_message/assistant: In a workflow.']);
});
