import {expect, test} from 'vitest';
import {cursor} from '../../../src/sources/cursor.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

const FOLDER = '.cursor/projects/srv-kitchen/agent-transcripts/s-1';
const TRANSCRIPT = `${FOLDER}/s-1.jsonl`;
const aLine = (role: string, ...content: readonly unknown[]) => JSON.stringify({role, message: {content}});
const aText = (text: string) => ({type: 'text', text});
const linesOf = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

const conversation = [
  aLine('user', aText('<open_files>soup.md</open_files>\n<user_query>\nHow long do lentils simmer?\n</user_query>')),
  aLine('assistant', aText('I look.'), {type: 'tool_use', name: 'Shell', input: {command: 'ls'}}),
  JSON.stringify({type: 'turn_ended', status: 'success'}),
  aLine('assistant', aText('About 25 minutes.')),
];

testSource(cursor, {
  files: {[TRANSCRIPT]: linesOf(...conversation)},
  says: [
    'user_message/user: How long do lentils simmer?',
    'assistant_message/assistant: I look.',
    'tool_result/tool: ',
    'assistant_message/assistant: About 25 minutes.',
  ],
  growing: {
    path: TRANSCRIPT,
    line: (_, text) => aLine('user', aText(text)),
    unknownLine: JSON.stringify({type: 'hologram', message: 'from the future'}),
    rewritten: linesOf(aLine('user', aText('Another meal.'))),
  },
});

test('nothing has a time; a subagent is of its session; what the editor says is none of the user', async () => {
  using rig = new SourceRig(cursor);
  rig.write(
    `${FOLDER}/subagents/sub-1.jsonl`,
    linesOf(aLine('user', aText('<system_note>x</system_note>')), aLine('user', aText('Chop.'))),
  );
  const events = await rig.readAll();
  expect(events.map(said)).toEqual(['user_message/system: Chop.']);
  expect(events[0]).toMatchObject({sessionId: 's-1', time: undefined, isTimeGuessed: true, metadata: {agent_id: 'sub-1'}});
});

test('the same words said twice are two events', async () => {
  using rig = new SourceRig(cursor);
  rig.write(TRANSCRIPT, linesOf(aLine('user', aText('Salt.')), aLine('user', aText('Salt.'))));
  expect(new Set((await rig.readAll()).map(({eventId}) => eventId)).size).toBe(2);
});
