import {describe, expect, test} from 'vitest';
import {goose} from '../../../src/sources/goose.js';
import {testSource} from '../laws.js';
import {SourceRig} from '../source-rig.js';
import {aDatabase, hasSqlite, sql} from '../sqlite-rig.js';

const DATABASE = '.local/share/goose/sessions/sessions.db';
const TABLES = [
  'CREATE TABLE sessions (id text PRIMARY KEY, working_dir text);',
  'CREATE TABLE messages (id integer PRIMARY KEY, message_id text, session_id text, role text, content_json text, created_timestamp integer);',
  "INSERT INTO sessions VALUES ('s-1', '/srv/kitchen');",
];
const aMessage = (n: number, role: string, ...content: readonly unknown[]) =>
  `INSERT INTO messages VALUES (${n}, 'm-${n}', 's-1', '${role}', ${sql(JSON.stringify(content))}, ${1_784_282_400 + n});`;
const aText = (text: string) => ({type: 'text', text});
const aRequest = (id: string, name: string, input: unknown) => ({
  type: 'toolRequest',
  id,
  toolCall: {status: 'success', value: {name, arguments: input}},
});
const aResponse = (id: string, value: unknown) => ({type: 'toolResponse', id, toolResult: value});

const talk = [
  aMessage(1, 'user', aText('How long do lentils simmer?')),
  aMessage(2, 'assistant', {type: 'thinking', thinking: 'red?'}, aText('I look.'), aRequest('c-1', 'shell', {command: 'ls'})),
  aMessage(3, 'user', aResponse('c-1', {status: 'success', value: {content: [aText('soup.md')], isError: false}})),
  aMessage(4, 'assistant', aText('About 25 minutes.'), aRequest('c-2', 'shell', {command: 'cat'})),
];

describe.runIf(hasSqlite)('with SQLite', () => {
  testSource(goose, {
    files: {[DATABASE]: aDatabase(...TABLES, ...talk)},
    says: [
      'user_message/user: How long do lentils simmer?',
      'assistant_message/assistant: I look.',
      'tool_result/tool: soup.md',
      'assistant_message/assistant: About 25 minutes.',
      'tool_result/tool: ',
    ],
    rewrites: {
      path: DATABASE,
      contents: [aDatabase(...TABLES, ...talk.slice(0, 1)), aDatabase(...TABLES, ...talk.slice(1, 3))],
      says: ['user_message/user: How long do lentils simmer?', 'assistant_message/assistant: I look.', 'tool_result/tool: soup.md'],
    },
  });

  test('times are seconds; the use of a tool says its name, its input and how it ended', async () => {
    using rig = new SourceRig(goose);
    const failed = aMessage(3, 'user', aResponse('c-1', {status: 'error', error: 'no'}));
    rig.write(DATABASE, aDatabase(...TABLES, ...talk.slice(0, 2), failed));
    const events = await rig.readAll();
    expect(events[0]).toMatchObject({
      sessionId: 's-1',
      eventId: 'm-1#0',
      time: 1_784_282_401_000,
      isTimeGuessed: false,
      cwd: '/srv/kitchen',
    });
    expect(events[2]).toMatchObject({
      eventId: 'c-1',
      text: 'no',
      metadata: {tool_name: 'shell', tool_input: {command: 'ls'}, is_error: true},
    });
  });
});
