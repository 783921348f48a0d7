import {appendFileSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {codex} from '../../../src/sources/codex.js';
import {said} from '../laws.js';
import {memoryInUse} from '../memory-in-use.js';
import {SourceRig} from '../source-rig.js';
import {aCall, aLine, aMeta, aNote, anAnswer, anOutput, aPrompt, aTurn, FOLDER, linesOf, ROLLOUT, THREAD} from './rollout-lines.js';

const MB = 1024 * 1024;
const OTHER = '0199bbbb-1111-7222-8333-444444444444';
/** `A pinch of salt.` in one line of a rollout, packed by the zstd command: that is no part of the machines that run this. */
const PACKED = readFileSync(new URL('rollout.jsonl.zst', import.meta.url));

async function eventsOf(...lines: readonly string[]) {
  using rig = new SourceRig(codex);
  rig.write(ROLLOUT, linesOf(...lines));
  return await rig.readAll();
}

test('a session starts with what its first line says; those of later lines are of others', async () => {
  const [start, ...rest] = await eventsOf(aMeta(1), aMeta(2, {id: OTHER}));
  expect(rest).toEqual([]);
  expect(start).toMatchObject({
    sessionId: THREAD,
    type: 'session_start',
    cwd: '/srv/kitchen',
    gitBranch: 'soup',
    metadata: {originator: 'codex_cli', repository: 'git@example.org:kitchen.git', version: '0.104.0'},
  });
});

test.each([
  '# AGENTS.md instructions for /srv\n\n<INSTRUCTIONS>be terse</INSTRUCTIONS>',
  '<environment_context>\n<cwd>/srv</cwd>\n</environment_context>',
  '<INSTRUCTIONS>x',
  '<skill>\nsoup',
  '<goal_context>x',
  '<codex_internal_context source="goal">x',
  '<turn_aborted>\nx',
  ' \n',
])('what the agent puts in the place of the user is none of the user: %j', async (text) => {
  expect(await eventsOf(aMeta(1), aPrompt(2, text))).toHaveLength(1);
});

test('of a request from an editor the request is left', async () => {
  const text = '# Context from my IDE setup:\n\n## Active file: soup.md\n\n## My request for Codex:\nAdd salt.\n';
  expect((await eventsOf(aPrompt(1, text))).map(said)).toEqual(['user_message/user: Add salt.']);
});

test('the echo of a shell command is the system', async () => {
  expect((await eventsOf(aPrompt(1, '<user_shell_command>ls</user_shell_command>')))[0]?.role).toBe('system');
});

test('what developers and the system say to the model is nothing', async () => {
  const content = [{type: 'input_text', text: 'be good'}];
  expect(await eventsOf(aLine(1, 'response_item', {type: 'message', role: 'developer', content}))).toEqual([]);
});

test('a prompt of an image alone says so', async () => {
  const content = [
    {type: 'input_text', text: '<image name=1>'},
    {type: 'input_image', image_url: 'data:x'},
    {type: 'input_text', text: '</image>'},
  ];
  const [event] = await eventsOf(aLine(1, 'response_item', {type: 'message', role: 'user', content}));
  expect(event).toMatchObject({role: 'user', text: '[image]', metadata: {images: 1}});
});

test('texts that stand only in notes are taken from there, once', async () => {
  const item = {type: 'UserMessage', content: [{type: 'text', text: 'Salt?'}]};
  const events = await eventsOf(
    aNote(1, 'user_message', {message: 'Salt?'}),
    aNote(1, 'item_completed', {item}),
    aNote(2, 'agent_message', {message: 'A pinch.'}),
    aNote(3, 'task_complete', {last_agent_message: 'A pinch.'}),
  );
  expect(events.map(said)).toEqual(['user_message/user: Salt?', 'assistant_message/assistant: A pinch.']);
});

test.each([
  ['JSON in a text', '{"output":"no salt","metadata":{"exit_code":3}}', 'no salt', {exit_code: 3, is_error: true}],
  ['a text with an exit code', 'Exit code: 0\nOutput:\nsalt', 'Exit code: 0\nOutput:\nsalt', {exit_code: 0}],
  ['parts', [{type: 'input_text', text: 'salt'}], 'salt', {}],
  ['an object', {content: 'no salt', success: false}, 'no salt', {is_error: true}],
])('the output of a tool may be %s', async (_, output, text, facts) => {
  const [event] = await eventsOf(aCall(1, 'c', 'shell', {command: ['ls']}), anOutput(2, 'c', output));
  expect(event).toMatchObject({eventId: 'c', text, type: 'tool_result'});
  expect(event?.metadata).toEqual({tool_name: 'shell', tool_input: {command: ['ls']}, ...facts});
});

test('a custom tool, a search in the web and what was asked of the user are uses of tools', async () => {
  const events = await eventsOf(
    aLine(1, 'response_item', {type: 'custom_tool_call', call_id: 'p', name: 'apply_patch', input: '*** Begin Patch'}),
    aLine(2, 'response_item', {type: 'custom_tool_call_output', call_id: 'p', output: 'Done'}),
    aLine(3, 'response_item', {type: 'web_search_call', action: {type: 'search', query: 'salt'}, status: 'completed'}),
    aCall(4, 'q', 'request_user_input', {questions: [{id: 'a', question: 'Sea salt?'}]}),
    anOutput(5, 'q', '{"answers":{"a":{"answers":["Yes"]}}}'),
  );
  expect(events.map(({metadata}) => [metadata['tool_name'], metadata['tool_input']])).toEqual([
    ['apply_patch', {input: '*** Begin Patch'}],
    ['web_search', {type: 'search', query: 'salt'}],
    ['request_user_input', undefined],
  ]);
  expect(events.at(-1)).toMatchObject({role: 'user', text: 'Q: Sea salt?\nA: Yes'});
});

test('what is thought in clear words is told; the ids of other records are as without it', async () => {
  const summary = [{type: 'summary_text', text: '**Salt**\n\nHow much?'}];
  const thought = aLine(3, 'response_item', {type: 'reasoning', summary, content: null, encrypted_content: 'AAAA'});
  const hidden = aLine(3, 'response_item', {type: 'reasoning', summary: [], encrypted_content: 'AAAA'});
  const around = [aTurn(1, 't'), aPrompt(2, 'Cook.'), anAnswer(4, 'A pinch.')] as const;
  const events = await eventsOf(around[0], around[1], hidden, thought, around[2]);
  expect(events.map(said)).toEqual([
    'user_message/user: Cook.',
    'thinking/assistant: **Salt**\n\nHow much?',
    'assistant_message/assistant: A pinch.',
  ]);
  const others = events.filter(({metadata}) => metadata['thinking'] !== true);
  expect(others.map(({eventId}) => eventId)).toEqual((await eventsOf(...around)).map(({eventId}) => eventId));
});

test('a turn that was interrupted ends with the reason; a record says model and turn', async () => {
  const events = await eventsOf(
    aTurn(1, 't'),
    anAnswer(2, 'Half', {phase: 'commentary'}),
    aNote(3, 'turn_aborted', {reason: 'interrupted'}),
  );
  expect(events[0]?.metadata).toEqual({model: 'test-model', turn_id: 't', phase: 'commentary'});
  expect(events[1]).toMatchObject({type: 'assistant_stop', metadata: {reason: 'interrupted', interrupted: true}});
});

test('what was compacted is not even parsed', async () => {
  using rig = new SourceRig(codex);
  rig.write(ROLLOUT, linesOf(aMeta(1), '{"timestamp":"2025-09-24T10:00:02Z","type":"compacted","payload":{not JSON', aPrompt(3, 'Salt?')));
  expect(await rig.read(ROLLOUT)).toMatchObject({broken: 0, events: [{type: 'session_start'}, {text: 'Salt?'}]});
});

test('compacted lines of 20 MB are not parsed either, and do not pile up in memory', async () => {
  using rig = new SourceRig(codex);
  const compacted = `{"timestamp":"2025-09-24T10:00:02Z","type":"compacted","payload":{not JSON ${'x'.repeat(20 * MB)}`;
  rig.write(ROLLOUT, '');
  for (let n = 0; n < 6; n++) appendFileSync(rig.path(ROLLOUT), linesOf(compacted, aPrompt(n, `${n}`)));
  const before = memoryInUse();
  const grown: number[] = [];
  for await (const item of codex.read(rig.file(ROLLOUT), {cursor: undefined, isAtRest: true})) {
    expect(item.kind).not.toBe('broken');
    if (item.kind === 'event') grown.push(memoryInUse() - before);
  }
  expect(grown.length).toBe(6);
  // One of them may still be held by what the collector cannot move yet.
  expect(Math.max(...grown)).toBeLessThan(30 * MB);
});

test('items of old rollouts stand without a wrapper, at the time of their session', async () => {
  const events = await eventsOf(
    JSON.stringify({id: THREAD, timestamp: '2025-05-01T10:00:00Z', instructions: null}),
    JSON.stringify({record_type: 'state'}),
    JSON.stringify({type: 'message', role: 'user', content: [{type: 'input_text', text: 'Salt?'}]}),
  );
  expect(events.map(said)).toEqual(['session_start/system: ', 'user_message/user: Salt?']);
  expect(events[1]).toMatchObject({isTimeGuessed: true, time: Date.parse('2025-05-01T10:00:00Z')});
});

test('a subagent is spoken to by the agent, and what it copied of its parent stays out', async () => {
  using rig = new SourceRig(codex);
  rig.write(ROLLOUT, linesOf(aMeta(1), aTurn(2, 'a'), aPrompt(3, 'Cook.'), anAnswer(4, 'I ask one.')));
  const path = `${FOLDER}/rollout-2025-09-24T11-00-00-${OTHER}.jsonl`;
  const source = {subagent: {thread_spawn: {parent_thread_id: THREAD, depth: 1}}};
  const own = aMeta(20, {id: OTHER, session_id: THREAD, source});
  rig.write(
    path,
    linesOf(
      own,
      aMeta(20),
      aTurn(20, 'a'),
      aPrompt(20, 'Cook.'),
      anAnswer(20, 'I ask one.'),
      aTurn(21, 'b'),
      aPrompt(22, 'Chop.'),
      aPrompt(23, 'More.'),
    ),
  );
  const {events} = await rig.read(path);
  expect(events.map(said)).toEqual(['session_start/system: ', 'subagent_start/system: Chop.', 'user_message/system: More.']);
  expect(events[1]).toMatchObject({sessionId: THREAD, metadata: {agent_id: OTHER}});
});

test('reads a packed rollout, archived too, and the plain one where both are', async () => {
  using rig = new SourceRig(codex);
  const name = `rollout-2025-09-24T10-00-00-${THREAD}.jsonl`;
  rig.write(`.codex/archived_sessions/${name}.zst`, PACKED);
  expect((await rig.readAll()).map(said)).toEqual(['assistant_message/assistant: A pinch of salt.']);
  rig.write(`.codex/archived_sessions/${name}`, '');
  expect((await codex.find(rig.places)).map(({path}) => path)).toEqual([rig.path(`.codex/archived_sessions/${name}`)]);
});

test('a packed rollout that is damaged is an error with its path', async () => {
  using rig = new SourceRig(codex);
  rig.write(`${ROLLOUT}.zst`, PACKED.subarray(0, -20));
  await expect(rig.readAll()).rejects.toThrow(rig.path(`${ROLLOUT}.zst`));
});

test('CODEX_HOME says where the files are', async () => {
  using rig = new SourceRig(codex);
  rig.write(`elsewhere/sessions/2025/09/24/rollout-x.jsonl`, linesOf(aPrompt(1, 'Salt?')));
  expect(await codex.find({...rig.places, env: {CODEX_HOME: rig.path('elsewhere')}})).toHaveLength(1);
  expect(await codex.find(rig.places)).toEqual([]);
});
