import {expect, test} from 'vitest';
import {claudeCode} from '../../../src/sources/claude-code.js';
import type {SourceEvent} from '../../../src/sources/source.js';
import {said} from '../laws.js';
import {SourceRig} from '../source-rig.js';
import {aCall, aLine, anAnswer, aResult, aText, aUser, linesOf, PROJECT, SESSION, TRANSCRIPT, timeOf} from './claude-lines.js';

/** What a transcript of these lines says, with other files of the account beside it. */
async function read(lines: readonly string[], others: Readonly<Record<string, string>> = {}): Promise<readonly SourceEvent[]> {
  using rig = new SourceRig(claudeCode);
  rig.writeAll({...others, [TRANSCRIPT]: linesOf(...lines)});
  return (await rig.read(TRANSCRIPT)).events;
}

const says = async (lines: readonly string[], others?: Readonly<Record<string, string>>) => (await read(lines, others)).map(said);
const REFUSED =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).";

test('gives a prompt all that its line says of it', async () => {
  expect(await read([aUser(1, 'Salt the water.'), aUser(2, 'And stir.', {promptId: 'p-2'})])).toEqual([
    {
      sessionId: SESSION,
      type: 'user_message',
      role: 'user',
      text: 'Salt the water.',
      eventId: 'u-1',
      time: Date.parse(timeOf(1)),
      isTimeGuessed: false,
      seq: 64,
      cwd: '/srv/kitchen',
      gitBranch: 'soup',
      metadata: {version: '2.1.40'},
    },
    expect.objectContaining({text: 'And stir.', eventId: 'p-2', seq: 128, metadata: {version: '2.1.40', parent_id: 'u-1'}}),
  ]);
});

test('takes an event per block of text, with ids of their own', async () => {
  const events = await read([
    aUser(1, [aText('<ide_opened_file>a.md</ide_opened_file>'), aText('Salt it.'), aText('Stir it.')], {promptId: 'p-1'}),
    anAnswer(2, [aText('I salt.'), aText('I stir.')]),
  ]);
  expect(events.map(({text, eventId}) => [text, eventId])).toEqual([
    ['Salt it.', 'p-1'],
    ['Stir it.', 'u-1#2'],
    ['I salt.', 'u-2#0'],
    ['I stir.', 'u-2#1'],
  ]);
});

test('says that a prompt of an image alone was one', async () => {
  const image = {type: 'image', source: {type: 'base64', media_type: 'image/png', data: 'AAAA'}};
  const [alone, both] = await read([aUser(1, [image]), aUser(2, [image, aText('Is it done?')])]);
  expect([alone?.text, alone?.metadata['images']]).toEqual(['[image]', 1]);
  expect([both?.text, both?.metadata['images']]).toEqual(['Is it done?', 1]);
});

test('makes one event of a tool use and its result', async () => {
  const events = await read([
    anAnswer(1, [aCall('t-1', 'Bash', {command: 'make soup', description: 'cook'})]),
    aUser(2, [aResult('t-1', 'Exit code 3\nno salt', {is_error: true})], {toolUseResult: 'Error: Exit code 3\nno salt'}),
  ]);
  expect(events).toEqual([
    expect.objectContaining({
      type: 'tool_result',
      role: 'tool',
      eventId: 't-1',
      text: 'Exit code 3\nno salt',
      time: Date.parse(timeOf(2)),
      metadata: {
        tool_name: 'Bash',
        tool_input: {command: 'make soup', description: 'cook'},
        is_error: true,
        exit_code: 3,
        version: '2.1.40',
        parent_id: 'u-1',
      },
    }),
  ]);
});

test('keeps of a written file its path and size, and of long inputs head and tail', async () => {
  const [written, edited] = await read([
    anAnswer(1, [
      aCall('t-1', 'Write', {file_path: '/srv/a', content: 'äpfel'}),
      aCall('t-2', 'Edit', {old_string: 'x'.repeat(9000), new_string: 'y'}),
    ]),
    aUser(2, [aResult('t-1', 'ok')]),
    aUser(3, [aResult('t-2', 'ok')]),
  ]);
  expect(written?.metadata['tool_input']).toEqual({file_path: '/srv/a', bytes: 6});
  expect(JSON.stringify(edited?.metadata['tool_input']).length).toBeLessThan(4300);
});

test('says that a tool use was interrupted, whether or not a result came', async () => {
  const events = await read([
    anAnswer(1, [aCall('t-1', 'Bash', {command: 'sleep'}), aCall('t-2', 'Bash', {command: 'nap'})]),
    aUser(2, [aResult('t-1', 'half of it')], {toolUseResult: {stdout: 'half of it', interrupted: true}}),
    aUser(3, [aText('[Request interrupted by user for tool use]')]),
  ]);
  expect(events.map((event) => [said(event), event.metadata['interrupted'], event.time])).toEqual([
    ['tool_result/tool: half of it', true, Date.parse(timeOf(2))],
    ['assistant_stop/system: [Request interrupted by user for tool use]', true, Date.parse(timeOf(3))],
    ['tool_result/tool: ', true, Date.parse(timeOf(1))],
  ]);
});

test('knows the tool of a result that comes after its use was given as interrupted', async () => {
  using rig = new SourceRig(claudeCode);
  const call = anAnswer(1, [aCall('t-1', 'Bash', {command: 'sleep'})]);
  rig.write(TRANSCRIPT, linesOf(call));
  const {cursor, events} = await rig.read(TRANSCRIPT);
  expect(events.map(({metadata}) => metadata['interrupted'])).toEqual([true]);
  rig.write(TRANSCRIPT, linesOf(call, aUser(2, [aResult('t-1', 'slept')])));
  const later = (await rig.read(TRANSCRIPT, {cursor})).events;
  expect(later.map((event) => [event.text, event.eventId, event.metadata['tool_name']])).toEqual([['slept', 't-1', 'Bash']]);
});

test('gives what the user said when he refused a tool as his own words', async () => {
  const note = "\n\nNote: The user's next message may contain a correction or preference.";
  const events = await read([
    anAnswer(1, [aCall('t-1', 'Edit', {file_path: '/srv/a'}), aCall('t-2', 'Edit', {file_path: '/srv/b'})]),
    aUser(2, [aResult('t-1', `${REFUSED} To tell you how to proceed, the user said:\nUse less salt.${note}`, {is_error: true})]),
    aUser(3, [aResult('t-2', `${REFUSED} STOP what you are doing and wait for the user to tell you how to proceed.`, {is_error: true})]),
  ]);
  expect(events.map((event) => [said(event), event.eventId, event.metadata['refused'] ?? false])).toEqual([
    ['user_message/user: Use less salt.', 't-1#said', false],
    [`tool_result/tool: ${REFUSED} To tell you how to proceed, the user said:`, 't-1', true],
    [`tool_result/tool: ${REFUSED} STOP what you are doing and wait for the user to tell you how to proceed.`, 't-2', true],
  ]);
});

test("gives the user's answers to questions as his own words, once", async () => {
  const questions = [
    {question: 'How salty?', options: [{label: 'Very'}]},
    {question: 'Which herbs?', multiSelect: true},
  ];
  const call = anAnswer(1, [aCall('t-1', 'AskUserQuestion', {questions})]);
  const answers = {'How salty?': 'Very', 'Which herbs?': ['thyme', 'dill']};
  const answered = aUser(2, [aResult('t-1', 'User has answered your questions: "How salty?"="Very" …')], {
    toolUseResult: {questions, answers},
  });
  expect(await says([call, answered])).toEqual(['user_message/user: Q: How salty?\nA: Very\n\nQ: Which herbs?\nA: thyme, dill']);
  const clarified = `${REFUSED} To tell you how to proceed, the user said:\nThe user wants to clarify these questions.\n    Start by asking.\n\n    Questions asked:\n- "How salty?"\n  Answer: Very\n- "Which herbs?"\n  (No answer provided)`;
  expect((await says([call, aUser(2, [aResult('t-1', clarified, {is_error: true})])]))[0]).toBe(
    'user_message/user: Q: How salty?\nA: Very',
  );
});

test('gives a plan as the agent said it, once', async () => {
  const approved = 'User has approved your plan.\n\n## Approved Plan:\n# Soup';
  const call = anAnswer(1, [aCall('t-1', 'ExitPlanMode', {plan: '# Soup'})]);
  const result = aUser(2, [aResult('t-1', approved)], {toolUseResult: {plan: '# Soup', isAgent: false}});
  expect(await says([call, result])).toEqual(['assistant_message/assistant: # Soup', 'tool_result/tool: User has approved your plan.']);
  const inFile = anAnswer(1, [aCall('t-1', 'ExitPlanMode', {})]);
  expect(await says([inFile, result])).toEqual(['assistant_message/assistant: # Soup', 'tool_result/tool: User has approved your plan.']);
});

test('holds back a streamed message until something stands behind it, and takes the longest', async () => {
  using rig = new SourceRig(claudeCode);
  const half = anAnswer(1, [aText('The soup')], {id: 'm-1'});
  rig.write(TRANSCRIPT, linesOf(half));
  const first = await rig.read(TRANSCRIPT, {isAtRest: false});
  expect(first.events).toEqual([]);
  const lines = [half, anAnswer(2, [aText('The soup is ready.')], {id: 'm-1'}), anAnswer(3, [aCall('t-1', 'Bash', {})], {id: 'm-1'})];
  rig.write(TRANSCRIPT, linesOf(...lines, aUser(4, 'Thanks.')));
  const second = await rig.read(TRANSCRIPT, {cursor: first.cursor, isAtRest: false});
  expect(second.events.map((event) => [said(event), event.eventId])).toEqual([
    ['assistant_message/assistant: The soup is ready.', 'u-2#0'],
    ['user_message/user: Thanks.', 'u-4'],
  ]);
});

test('gives prompts and results at once', async () => {
  using rig = new SourceRig(claudeCode);
  rig.write(TRANSCRIPT, linesOf(anAnswer(1, [aCall('t-1', 'Bash', {})]), aUser(2, [aResult('t-1', 'done')]), aUser(3, 'Next.')));
  expect((await rig.read(TRANSCRIPT, {isAtRest: false})).events.map(said)).toEqual(['tool_result/tool: done', 'user_message/user: Next.']);
});

test('takes what was typed while the agent worked, but not what a machine queued', async () => {
  const queued = (n: number, members: Readonly<Record<string, unknown>>) =>
    aLine(n, {type: 'attachment', uuid: undefined, attachment: {type: 'queued_command', ...members}});
  const events = await read([
    queued(1, {prompt: 'Hurry up.', commandMode: 'prompt'}),
    queued(2, {prompt: [aText('With chives.')]}),
    queued(3, {prompt: '<task-notification>done</task-notification>', commandMode: 'task-notification'}),
    aLine(4, {type: 'attachment', attachment: {type: 'task_reminder', content: []}}),
    aUser(5, [aResult('t-9', 'done'), aText('And pepper!')], {promptId: 'p-of-an-earlier-line'}),
  ]);
  expect(events.map((event) => [said(event), event.metadata['queued'] ?? false])).toEqual([
    ['user_message/user: Hurry up.', true],
    ['user_message/user: With chives.', true],
    ['user_message/system: <task-notification>done</task-notification>', true],
    ['tool_result/tool: done', false],
    ['user_message/user: And pepper!', false],
  ]);
  expect(new Set(events.map(({eventId}) => eventId)).size).toBe(5);
  expect(events[4]?.eventId).toBe('u-5#1');
});

test("gives the agent's summary of the conversation as one", async () => {
  expect(await says([aUser(1, 'We cooked soup.', {isCompactSummary: true, isVisibleInTranscriptOnly: true})])).toEqual([
    'summary/system: We cooked soup.',
  ]);
});

test('says that the model could not be had, in nobody else’s words', async () => {
  const failed = {type: 'assistant', isApiErrorMessage: true};
  expect(
    await says([
      aLine(1, {...failed, message: {id: 'm', model: '<synthetic>', content: [aText('API Error: 529')]}}),
      aLine(2, {type: 'assistant', message: {id: 'n', model: '<synthetic>', content: [aText('No response requested.')]}}),
    ]),
  ).toEqual(['assistant_stop/system: API Error: 529']);
});

test("reads a long result from the session's own folder only", async () => {
  const place = `${PROJECT}/${SESSION}/tool-results`;
  const others = {[`${place}/b1.txt`]: 'all of it', '.claude/secret.txt': 'not for you'};
  using rig = new SourceRig(claudeCode);
  const persisted = (path: string) =>
    `<persisted-output>\nOutput too large (30KB). Full output saved to: ${path}\n\nPreview (first 2KB):\nall`;
  const paths = [
    rig.path(`${place}/b1.txt`),
    rig.path('.claude/secret.txt'),
    rig.path(`${place}/../../../../secret.txt`),
    rig.path(`${place}/gone.txt`),
  ];
  rig.writeAll({...others, [TRANSCRIPT]: linesOf(...paths.map((path, at) => aUser(at + 1, [aResult(`t-${at}`, persisted(path))])))});
  const texts = (await rig.read(TRANSCRIPT)).events.map(({text}) => text);
  expect(texts).toEqual(['all of it', ...paths.slice(1).map(persisted)]);
});

test('takes a long result from its line where all of it stands there', async () => {
  const persisted = '<persisted-output>\nOutput too large. Full output saved to: /gone.txt\n\nPreview:\nall';
  const stdout = 'all of it '.repeat(50);
  expect(await says([aUser(1, [aResult('t-1', persisted)], {toolUseResult: {stdout, stderr: ''}})])).toEqual([
    `tool_result/tool: ${stdout}`,
  ]);
});

test('gives a time of the record before it to one that has none', async () => {
  const [, second] = await read([aUser(1, 'Salt.'), aUser(2, 'Pepper.', {timestamp: undefined})]);
  expect([second?.time, second?.isTimeGuessed]).toEqual([Date.parse(timeOf(1)), true]);
});
