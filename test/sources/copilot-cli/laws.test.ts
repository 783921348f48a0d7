import {expect, test} from 'vitest';
import {copilotCli} from '../../../src/sources/copilot-cli.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

type Json = Readonly<Record<string, unknown>>;
const FOLDER = '.copilot/session-state';
const EVENTS = `${FOLDER}/folder-1/events.jsonl`;
const aLine = (n: number, type: string, data: Json) =>
  JSON.stringify({
    type,
    data,
    id: `e-${n}`,
    timestamp: new Date(Date.UTC(2026, 6, 20, 5, 0, n)).toISOString(),
    parentId: n === 1 ? null : `e-${n - 1}`,
  });
const linesOf = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const start = (sessionId: string, n = 1) =>
  aLine(n, 'session.start', {sessionId, copilotVersion: '1.0.71', context: {cwd: '/srv/kitchen', branch: 'soup'}});

const talk = [
  aLine(2, 'session.model_change', {newModel: 'test-model'}),
  aLine(3, 'system.message', {role: 'system', content: 'be good'}),
  aLine(4, 'user.message', {content: 'How long do lentils simmer?'}),
  aLine(5, 'assistant.reasoning', {content: 'red or green?'}),
  aLine(6, 'assistant.message', {content: '', toolRequests: [{toolCallId: 't-1', name: 'bash'}]}),
  aLine(7, 'tool.execution_start', {toolCallId: 't-1', toolName: 'bash', arguments: {command: 'ls'}}),
  aLine(8, 'tool.execution_complete', {toolCallId: 't-1', success: true, result: {content: 'soup.md'}}),
  aLine(9, 'assistant.message', {content: 'About 25 minutes.'}),
  aLine(10, 'tool.execution_start', {toolCallId: 't-2', toolName: 'create', arguments: {path: '/a', file_text: 'salt'}}),
];

testSource(copilotCli, {
  files: {[EVENTS]: linesOf(start('s-1'), ...talk)},
  says: [
    'session_start/system: ',
    'user_message/user: How long do lentils simmer?',
    'thinking/assistant: red or green?',
    'tool_result/tool: soup.md',
    'assistant_message/assistant: About 25 minutes.',
    'tool_result/tool: ',
  ],
  growing: {
    path: EVENTS,
    line: (number, text) => aLine(1000 + number, 'user.message', {content: text}),
    unknownLine: aLine(50, 'hologram.seen', {content: 'from the future'}),
    rewritten: linesOf(start('s-1'), aLine(31, 'user.message', {content: 'Another meal.'})),
  },
  fork: {
    path: `${FOLDER}/flat.jsonl`,
    content: linesOf(start('s-2', 99), ...talk, aLine(60, 'user.message', {content: 'Barley?'})),
    adds: ['session_start/system: ', 'user_message/user: Barley?'],
  },
});

async function eventsOf(...lines: readonly string[]) {
  using rig = new SourceRig(copilotCli);
  rig.write(EVENTS, linesOf(...lines));
  return await rig.readAll();
}

test('a session has the id that its first line says, not that of its folder; its records have its folder, branch and model', async () => {
  const events = await eventsOf(start('s-1'), ...talk);
  expect(events[1]).toMatchObject({
    sessionId: 's-1',
    cwd: '/srv/kitchen',
    gitBranch: 'soup',
    metadata: {model: 'test-model', version: '1.0.71'},
  });
  expect(events[3]).toMatchObject({eventId: 't-1', metadata: {tool_name: 'bash', tool_input: {command: 'ls'}}});
  expect(events[5]?.metadata).toMatchObject({tool_input: {path: '/a', bytes: 4}, interrupted: true});
});

test('what skills and other machines say is none of the user', async () => {
  const events = await eventsOf(
    aLine(1, 'user.message', {content: 'boil', source: 'skill-soup'}),
    aLine(2, 'user.message', {content: '<skill-context name="soup">boil'}),
    aLine(3, 'user.message', {content: 'it is noon', source: 'schedule'}),
  );
  expect(events.map(said)).toEqual(['user_message/system: it is noon']);
});

test('failures, interrupts and compactions are told', async () => {
  const events = await eventsOf(
    aLine(1, 'tool.execution_complete', {toolCallId: 't', success: false, error: {message: 'no', code: 'denied'}}),
    aLine(2, 'session.error', {message: 'quota'}),
    aLine(3, 'abort', {reason: 'user initiated'}),
    aLine(4, 'session.compaction_complete', {summaryContent: 'They cook.'}),
  );
  expect(events.map((event) => [said(event), event.metadata])).toEqual([
    ['tool_result/tool: no', {is_error: true, refused: true}],
    ['assistant_stop/system: quota', {is_error: true}],
    ['assistant_stop/system: ', {reason: 'user initiated', interrupted: true}],
    ['summary/system: They cook.', {}],
  ]);
});
