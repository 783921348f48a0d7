import {expect, test} from 'vitest';
import {geminiCli} from '../../../src/sources/gemini-cli.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

type Json = Readonly<Record<string, unknown>>;
const CHATS = '.gemini/tmp/kitchen/chats';
const LINES = `${CHATS}/session-2025-11-01T10-00-aaaa1111.jsonl`;
const OLD = `${CHATS}/session-2025-10-01T10-00-bbbb2222.json`;
const timeOf = (n: number) => new Date(Date.UTC(2025, 10, 1, 10, 0, n)).toISOString();
const aUser = (n: number, content: unknown, members: Json = {}) => ({id: `u${n}`, timestamp: timeOf(n), type: 'user', content, ...members});
const anAnswer = (n: number, content: unknown, members: Json = {}) => ({
  id: `g${n}`,
  timestamp: timeOf(n),
  type: 'gemini',
  content,
  model: 'test-model',
  ...members,
});
const aCall = (id: string, name: string, args: Json, output: string | undefined, status = 'success') => ({
  id,
  name,
  args,
  status,
  ...(output === undefined ? {} : {result: [{functionResponse: {id, name, response: {output}}}]}),
});
const head = (sessionId: string) => ({sessionId, projectHash: 'kitchen', startTime: timeOf(0), lastUpdated: timeOf(0), kind: 'main'});
const linesOf = (...records: readonly Json[]) => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

const ls = aCall('call-1', 'list_directory', {path: '/srv'}, 'soup.md');
const conversation = [
  head('aaaa1111'),
  aUser(1, 'How long do lentils simmer?'),
  anAnswer(2, 'I look.'),
  anAnswer(2, 'I look.', {
    thoughts: [{subject: 'Lentils', description: 'red or green?', timestamp: timeOf(2)}],
    toolCalls: [ls],
    tokens: {total: 9},
  }),
  {$set: {lastUpdated: timeOf(3)}},
  anAnswer(4, [{text: 'About 25 minutes.'}]),
  {id: 'i5', timestamp: timeOf(5), type: 'info', content: 'an update is there'},
  {$rewindTo: 'g2'},
  aUser(6, [{text: 'And rice?'}]),
];
const whole = (...messages: readonly Json[]) => JSON.stringify({...head('bbbb2222'), messages}, null, 2);

testSource(geminiCli, {
  files: {
    [LINES]: linesOf(...conversation),
    [OLD]: whole(
      aUser(11, 'Salt?'),
      anAnswer(12, '', {toolCalls: [aCall('call-2', 'write_file', {file_path: '/a', content: 'salt'}, undefined, 'cancelled')]}),
    ),
  },
  says: [
    'session_start/system: ',
    'user_message/user: Salt?',
    'tool_result/tool: ',
    'session_start/system: ',
    'user_message/user: How long do lentils simmer?',
    'thinking/assistant: Lentils\nred or green?',
    'assistant_message/assistant: I look.',
    'tool_result/tool: soup.md',
    'assistant_message/assistant: About 25 minutes.',
    'user_message/user: And rice?',
  ],
  growing: {
    path: LINES,
    line: (number, text) => JSON.stringify(aUser(1000 + number, text)),
    unknownLine: JSON.stringify({id: 'x', timestamp: timeOf(9), type: 'hologram', content: 'from the future'}),
    rewritten: linesOf(head('aaaa1111'), aUser(31, 'Another meal.'), anAnswer(32, 'Bread it is.')),
  },
  rewrites: {
    path: OLD,
    contents: [whole(aUser(11, 'Salt?')), whole(aUser(11, 'Salt?'), anAnswer(12, 'Yes.')), whole(aUser(13, 'Pepper?'))],
    says: ['session_start/system: ', 'user_message/user: Salt?', 'assistant_message/assistant: Yes.', 'user_message/user: Pepper?'],
  },
  fork: {
    path: `${CHATS}/session-2.jsonl`,
    content: linesOf(head('cccc'), aUser(1, 'How long do lentils simmer?'), aUser(40, 'Barley?')),
    adds: ['session_start/system: ', 'user_message/user: Barley?'],
  },
});

async function eventsOf(...records: readonly Json[]) {
  using rig = new SourceRig(geminiCli);
  rig.write(LINES, linesOf(...records));
  return await rig.readAll();
}

test('a snapshot of all messages gives each once', async () => {
  const events = await eventsOf(
    head('s'),
    aUser(1, 'Salt?'),
    {$set: {messages: [aUser(1, 'Salt?'), anAnswer(2, 'Yes.')]}},
    {$set: {messages: [anAnswer(2, 'Yes.')]}},
  );
  expect(events.map(said)).toEqual(['session_start/system: ', 'user_message/user: Salt?', 'assistant_message/assistant: Yes.']);
});

test('the use of a tool says its name, its input and how it ended; of a written file only the size is kept', async () => {
  const calls = [
    aCall('a', 'run_shell_command', {command: 'ls'}, 'no', 'error'),
    aCall('b', 'write_file', {file_path: '/a', content: 'salt'}, 'done'),
    aCall('c', 'read_file', {path: '/a'}, undefined, 'executing'),
  ];
  const [first, second, third] = await eventsOf(anAnswer(1, '', {toolCalls: calls}));
  expect(first).toMatchObject({
    eventId: 'a',
    text: 'no',
    metadata: {tool_name: 'run_shell_command', tool_input: {command: 'ls'}, is_error: true, model: 'test-model'},
  });
  expect(second?.metadata['tool_input']).toEqual({file_path: '/a', bytes: 4});
  expect(third?.metadata['interrupted']).toBe(true);
});

test('the words of the user are what was typed', async () => {
  const events = await eventsOf(
    aUser(1, [{text: 'See @soup.md'}, {text: '\n--- Content from referenced files ---'}, {text: 'boil'}]),
    aUser(2, [{text: 'expanded'}], {displayContent: [{text: '/salt'}]}),
    aUser(3, [{text: '<session_context>\nToday is…'}]),
    aUser(4, [{functionResponse: {name: 'x', response: {output: 'y'}}}]),
  );
  expect(events.map(said)).toEqual(['user_message/user: See @soup.md', 'user_message/user: /salt']);
});

test('a subagent is of its session, and spoken to by the agent', async () => {
  using rig = new SourceRig(geminiCli);
  rig.write(`${CHATS}/parent-session/sub-1.jsonl`, linesOf(head('sub-1'), aUser(1, 'Chop.')));
  const events = await rig.readAll();
  expect(events[1]).toMatchObject({sessionId: 'parent-session', role: 'system', text: 'Chop.', metadata: {agent_id: 'sub-1'}});
});

test('the folder is that of the project: of its own note, or by the list of all', async () => {
  using rig = new SourceRig(geminiCli);
  rig.write(LINES, linesOf(aUser(1, 'Salt?')));
  expect((await rig.readAll())[0]?.cwd).toBeUndefined();
  rig.write('.gemini/projects.json', JSON.stringify({projects: {'/srv/kitchen': 'kitchen'}}));
  expect((await rig.readAll())[0]?.cwd).toBe('/srv/kitchen');
  rig.write('.gemini/tmp/kitchen/.project_root', '/srv/soup');
  expect((await rig.readAll())[0]?.cwd).toBe('/srv/soup');
});

test('a session that was resumed is read from its lines', async () => {
  using rig = new SourceRig(geminiCli);
  rig.write(OLD, whole(aUser(11, 'Salt?')));
  rig.write(`${OLD}l`, linesOf(aUser(11, 'Salt?')));
  expect((await geminiCli.find(rig.places)).map(({path}) => path)).toEqual([rig.path(`${OLD}l`)]);
});
