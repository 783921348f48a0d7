import {expect, test} from 'vitest';
import {qwenCode} from '../../../src/sources/qwen-code.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

type Json = Readonly<Record<string, unknown>>;
const CHATS = '.qwen/projects/-srv-kitchen/chats';
const CHAT = `${CHATS}/s-1.jsonl`;
const aLine = (n: number, type: string, parts: readonly Json[], members: Json = {}) =>
  JSON.stringify({
    uuid: `u-${n}`,
    sessionId: 's-1',
    timestamp: new Date(Date.UTC(2025, 10, 1, 10, 0, n)).toISOString(),
    type,
    cwd: '/srv/kitchen',
    gitBranch: 'soup',
    version: '0.6.0',
    message: {role: type === 'assistant' ? 'model' : 'user', parts},
    ...members,
  });
const linesOf = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const response = (id: string, output: string) => [{functionResponse: {id, name: 'shell', response: {output}}}];

const conversation = [
  aLine(1, 'user', [{text: 'How long do lentils simmer?'}]),
  aLine(
    2,
    'assistant',
    [{text: 'red or green?', thought: true}, {text: 'I look.'}, {functionCall: {id: 'c-1', name: 'shell', args: {command: 'ls'}}}],
    {model: 'test-model'},
  ),
  aLine(3, 'tool_result', response('c-1', 'soup.md'), {toolCallResult: {callId: 'c-1', status: 'success'}}),
  aLine(4, 'system', [], {subtype: 'ui_telemetry'}),
  aLine(5, 'assistant', [
    {text: 'About 25 minutes.'},
    {functionCall: {id: 'c-2', name: 'write_file', args: {file_path: '/a', content: 'salt'}}},
  ]),
];

testSource(qwenCode, {
  files: {[CHAT]: linesOf(...conversation)},
  says: [
    'user_message/user: How long do lentils simmer?',
    'thinking/assistant: red or green?',
    'assistant_message/assistant: I look.',
    'tool_result/tool: soup.md',
    'assistant_message/assistant: About 25 minutes.',
    'tool_result/tool: ',
  ],
  growing: {
    path: CHAT,
    line: (number, text) => aLine(1000 + number, 'user', [{text}]),
    unknownLine: aLine(50, 'hologram', [{text: 'from the future'}]),
    rewritten: linesOf(aLine(31, 'user', [{text: 'Another meal.'}])),
  },
  fork: {
    path: `${CHATS}/s-2.jsonl`,
    content: linesOf(
      ...conversation.map((line) => line.replaceAll('"s-1"', '"s-2"')),
      aLine(60, 'user', [{text: 'Barley?'}], {sessionId: 's-2'}),
    ),
    adds: ['user_message/user: Barley?'],
  },
});

test('a record says its folder, branch and model; the use of a tool its name, its input and how it ended', async () => {
  using rig = new SourceRig(qwenCode);
  const failed = aLine(3, 'tool_result', [{functionResponse: {id: 'c-1', response: {error: 'no'}}}], {toolCallResult: {status: 'error'}});
  rig.write(CHAT, linesOf(conversation[1] ?? '', failed, conversation[4] ?? ''));
  const events = await rig.readAll();
  expect(events.map(({seq}) => seq)).toEqual([...events.map(({seq}) => seq)].sort((a, b) => a - b));
  expect(events[1]).toMatchObject({
    sessionId: 's-1',
    cwd: '/srv/kitchen',
    gitBranch: 'soup',
    metadata: {model: 'test-model', version: '0.6.0'},
  });
  expect(events[2]).toMatchObject({
    eventId: 'c-1',
    text: 'no',
    metadata: {tool_name: 'shell', tool_input: {command: 'ls'}, is_error: true},
  });
  expect(events[4]?.metadata).toMatchObject({tool_name: 'write_file', tool_input: {file_path: '/a', bytes: 4}, interrupted: true});
  expect(events.map(said)).not.toContain('assistant_message/assistant: red or green?');
});
