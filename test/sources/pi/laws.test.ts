import {expect, test} from 'vitest';
import {pi} from '../../../src/sources/pi.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

type Json = Readonly<Record<string, unknown>>;
const FOLDER = '.pi/agent/sessions/--srv-kitchen--';
const SESSION = `${FOLDER}/2025-11-20T10-00-00-000Z_s-1.jsonl`;
const timeOf = (n: number) => Date.UTC(2025, 10, 20, 10, 0, n);
const anEntry = (n: number, type: string, members: Json) =>
  JSON.stringify({type, id: `e${n}`, parentId: `e${n - 1}`, timestamp: new Date(timeOf(n)).toISOString(), ...members});
const aMessage = (n: number, role: string, content: unknown, members: Json = {}) =>
  anEntry(n, 'message', {message: {role, content, timestamp: timeOf(n), ...members}});
const aText = (text: string) => ({type: 'text', text});
const linesOf = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const head = (id: string, n: number) =>
  JSON.stringify({type: 'session', version: 3, id, timestamp: new Date(timeOf(n)).toISOString(), cwd: '/srv/kitchen'});

const talk = [
  anEntry(2, 'model_change', {modelId: 'other-model'}),
  aMessage(3, 'user', [aText('How long do lentils simmer?')]),
  aMessage(
    4,
    'assistant',
    [{type: 'thinking', thinking: 'red?'}, aText('I look.'), {type: 'toolCall', id: 'c-1', name: 'bash', arguments: {command: 'ls'}}],
    {model: 'test-model'},
  ),
  aMessage(5, 'toolResult', [aText('soup.md')], {toolCallId: 'c-1', toolName: 'bash', isError: false}),
  anEntry(6, 'compaction', {summary: 'They cook.', tokensBefore: 9}),
  aMessage(7, 'assistant', [
    aText('About 25 minutes.'),
    {type: 'toolCall', id: 'c-2', name: 'write', arguments: {path: '/a', content: 'salt'}},
  ]),
];

testSource(pi, {
  files: {[SESSION]: linesOf(head('s-1', 1), ...talk)},
  says: [
    'session_start/system: ',
    'user_message/user: How long do lentils simmer?',
    'thinking/assistant: red?',
    'assistant_message/assistant: I look.',
    'tool_result/tool: soup.md',
    'summary/system: They cook.',
    'assistant_message/assistant: About 25 minutes.',
    'tool_result/tool: ',
  ],
  growing: {
    path: SESSION,
    line: (number, text) => aMessage(1000 + number, 'user', text),
    unknownLine: anEntry(50, 'hologram', {text: 'from the future'}),
    rewritten: linesOf(head('s-1', 1), aMessage(31, 'user', 'Another meal.')),
  },
  fork: {
    path: `${FOLDER}/2025-11-20T11-00-00-000Z_s-2.jsonl`,
    content: linesOf(head('s-2', 99), ...talk, aMessage(60, 'user', 'Barley?')),
    adds: ['session_start/system: ', 'user_message/user: Barley?'],
  },
});

async function eventsOf(...lines: readonly string[]) {
  using rig = new SourceRig(pi);
  rig.write(SESSION, linesOf(...lines));
  return await rig.readAll();
}

test('a record says its folder and model; the use of a tool its name and input', async () => {
  const events = await eventsOf(head('s-1', 1), ...talk);
  expect(events[4]).toMatchObject({
    sessionId: 's-1',
    cwd: '/srv/kitchen',
    eventId: 'c-1',
    metadata: {tool_name: 'bash', tool_input: {command: 'ls'}, model: 'test-model'},
  });
  expect(events[7]?.metadata).toMatchObject({tool_input: {path: '/a', bytes: 4}, interrupted: true});
});

test('a command of the user, an image alone and an answer that broke off are told', async () => {
  const events = await eventsOf(
    aMessage(1, 'bashExecution', undefined, {command: 'ls', output: 'no', exitCode: 2}),
    aMessage(2, 'user', [{type: 'image', data: 'x'}]),
    aMessage(3, 'assistant', [aText('Half')], {stopReason: 'aborted'}),
  );
  expect(events.map(said)).toEqual([
    'tool_result/tool: no',
    'user_message/user: [image]',
    'assistant_message/assistant: Half',
    'assistant_stop/system: ',
  ]);
  expect(events[0]?.metadata).toEqual({tool_name: 'bash', tool_input: {command: 'ls'}, exit_code: 2, is_error: true});
  expect(events[3]?.metadata).toEqual({reason: 'aborted', interrupted: true});
});
