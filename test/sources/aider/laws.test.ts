import {expect, test} from 'vitest';
import {aider} from '../../../src/sources/aider.js';
import {said, testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';

const HISTORY = '.aider.chat.history.md';
const first =
  '\n# aider chat started at 2026-06-09 14:01:00\n\n> aider v0.86\n\n#### How long do\n#### lentils simmer?\n\nLook:\n\n```md\n#### not a prompt\n> not a note\n```\n\n> Applied edit to soup.md\n\n';
const second = '# aider chat started at 2026-06-09 15:30:00\n\n#### And rice?\n\nTwelve.\n';

testSource(aider, {
  files: {[HISTORY]: first + second},
  says: [
    'tool_result/tool: aider v0.86',
    'user_message/user: How long do\nlentils simmer?',
    'assistant_message/assistant: Look:\n\n```md\n#### not a prompt\n> not a note\n```',
    'tool_result/tool: Applied edit to soup.md',
    'user_message/user: And rice?',
    'assistant_message/assistant: Twelve.',
  ],
  rewrites: {
    path: HISTORY,
    contents: [first, first + second],
    says: [
      'tool_result/tool: aider v0.86',
      'user_message/user: How long do\nlentils simmer?',
      'assistant_message/assistant: Look:\n\n```md\n#### not a prompt\n> not a note\n```',
      'tool_result/tool: Applied edit to soup.md',
      'user_message/user: And rice?',
      'assistant_message/assistant: Twelve.',
    ],
  },
});

test('each start is a session of its own, whose time is a guess for all that it says', async () => {
  using rig = new SourceRig(aider);
  rig.write(HISTORY, first + second);
  const events = await rig.readAll();
  expect(new Set(events.map(({sessionId}) => sessionId)).size).toBe(2);
  expect(events[1]).toMatchObject({time: new Date(2026, 5, 9, 14, 1, 0).getTime(), isTimeGuessed: true, cwd: rig.home});
});

test('the last words wait while the file does not rest: they may go on', async () => {
  using rig = new SourceRig(aider);
  rig.write(HISTORY, second);
  expect((await rig.read(HISTORY, {isAtRest: false})).events.map(said)).toEqual(['user_message/user: And rice?']);
});

test('recognizes a history by a start in it', () => {
  expect(aider.recognizes(Buffer.from(first), '/srv/.aider.chat.history.md')).toBe(true);
  expect(aider.recognizes(Buffer.from('# Soup\n'), '/srv/README.md')).toBe(false);
});

test('an environment variable says where the history is', async () => {
  using rig = new SourceRig(aider);
  rig.write('elsewhere.md', second);
  expect(await aider.find({...rig.places, env: {AIDER_CHAT_HISTORY_FILE: rig.path('elsewhere.md')}})).toHaveLength(1);
});
