import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, readdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {describe, expect, test} from 'vitest';
import {opencode} from '../../../src/sources/opencode.js';
import {said, testSource} from '../laws.js';
import {identitiesOf, SourceRig} from '../source-rig.js';
import {aDatabase, hasSqlite, runSql, sql} from '../sqlite-rig.js';

type Json = Readonly<Record<string, unknown>>;
const DATABASE = '.local/share/opencode/opencode.db';
const STORAGE = '.local/share/opencode/storage';
const timeOf = (n: number) => Date.UTC(2026, 1, 14, 10, 0, n);

const TABLES = [
  'CREATE TABLE session (id text PRIMARY KEY, project_id text, parent_id text, directory text, title text, time_created integer, time_updated integer);',
  'CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text);',
  'CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer, time_updated integer, data text);',
];
const insert = (table: string, ...values: readonly unknown[]) => `INSERT OR REPLACE INTO ${table} VALUES (${values.map(sql).join(', ')});`;
const aSession = (id: string, parent: string | null = null) =>
  insert('session', id, 'p', parent, '/srv/kitchen', 't', timeOf(0), timeOf(0));
const aMessage = (n: number, role: string, members: Json = {}, session = 'ses_1') =>
  insert(
    'message',
    `msg_${n}`,
    session,
    timeOf(n),
    timeOf(n),
    JSON.stringify({
      role,
      time: {created: timeOf(n), ...(role === 'assistant' ? {completed: timeOf(n)} : {})},
      modelID: 'test-model',
      ...members,
    }),
  );
const aPart = (n: number, message: number, data: Json) =>
  insert('part', `prt_${String(n).padStart(3, '0')}`, `msg_${message}`, 'ses_1', timeOf(n), timeOf(n), JSON.stringify(data));
const aText = (text: string, members: Json = {}) => ({type: 'text', text, ...members});
const aTool = (status: string, members: Json = {}, state: Json = {}) => ({
  type: 'tool',
  callID: 'call-1',
  tool: 'bash',
  state: {status, input: {command: 'ls'}, ...state},
  ...members,
});

const talk = [
  aSession('ses_1'),
  aMessage(1, 'user'),
  aPart(1, 1, aText('How long do lentils simmer?')),
  aPart(2, 1, aText('The file says…', {synthetic: true})),
  aMessage(3, 'assistant'),
  aPart(3, 3, {type: 'step-start'}),
  aPart(4, 3, {type: 'reasoning', text: 'red or green?'}),
  aPart(5, 3, aTool('completed', {}, {output: 'soup.md', metadata: {exit: 1}, time: {start: timeOf(5), end: timeOf(6)}})),
  aPart(6, 3, aText('About 25 minutes.', {time: {start: timeOf(6), end: timeOf(7)}})),
];

describe.runIf(hasSqlite)('with SQLite', () => {
  testSource(opencode, {
    files: {
      [DATABASE]: aDatabase(...TABLES, ...talk),
      [`${STORAGE}/session/p/ses_old.json`]: JSON.stringify({id: 'ses_old', projectID: 'p', directory: '/srv/kitchen', time: {created: 1}}),
      [`${STORAGE}/message/ses_old/msg_a.json`]: JSON.stringify({
        id: 'msg_a',
        sessionID: 'ses_old',
        role: 'user',
        time: {created: timeOf(90)},
      }),
      [`${STORAGE}/part/msg_a/prt_a.json`]: JSON.stringify({id: 'prt_a', messageID: 'msg_a', type: 'text', text: 'Salt?'}),
    },
    says: [
      'user_message/user: How long do lentils simmer?',
      'thinking/assistant: red or green?',
      'tool_result/tool: soup.md',
      'assistant_message/assistant: About 25 minutes.',
      'user_message/user: Salt?',
    ],
    rewrites: {
      path: DATABASE,
      contents: [
        aDatabase(...TABLES, ...talk.slice(0, 4)),
        aDatabase(...TABLES, ...talk),
        aDatabase(...TABLES, aSession('ses_1'), aMessage(9, 'user'), aPart(9, 9, aText('Rice?'))),
      ],
      says: [
        'user_message/user: How long do lentils simmer?',
        'thinking/assistant: red or green?',
        'tool_result/tool: soup.md',
        'assistant_message/assistant: About 25 minutes.',
        'user_message/user: Rice?',
      ],
    },
  });

  async function eventsOf(...statements: readonly string[]) {
    using rig = new SourceRig(opencode);
    rig.write(DATABASE, aDatabase(...TABLES, ...statements));
    return await rig.readAll();
  }

  test('a record says its folder, model and time; the use of a tool its name, its input and how it ended', async () => {
    const events = await eventsOf(...talk);
    expect(events[0]).toMatchObject({sessionId: 'ses_1', eventId: 'prt_001', time: timeOf(1), isTimeGuessed: false, cwd: '/srv/kitchen'});
    expect(events[2]).toMatchObject({eventId: 'call-1', time: timeOf(5)});
    expect(events[2]?.metadata).toEqual({
      tool_name: 'bash',
      tool_input: {command: 'ls'},
      exit_code: 1,
      is_error: true,
      model: 'test-model',
    });
    expect(events.map(({seq}) => seq)).toEqual([...events.map(({seq}) => seq)].sort((a, b) => a - b));
  });

  test('a subagent is of the session that it belongs to, and spoken to by the agent', async () => {
    const [event] = await eventsOf(aSession('ses_2', 'ses_1'), aMessage(1, 'user', {}, 'ses_2'), aPart(1, 1, aText('Chop.')));
    expect(event).toMatchObject({sessionId: 'ses_1', role: 'system', metadata: {agent_id: 'ses_2'}});
  });

  test('a part that may still change waits until it is final, or its database rests', async () => {
    using rig = new SourceRig(opencode);
    const path = rig.path(DATABASE);
    const open = {time: {created: timeOf(3)}};
    rig.write(
      DATABASE,
      aDatabase(
        ...TABLES,
        aSession('ses_1'),
        aMessage(3, 'assistant', open),
        aPart(4, 3, aTool('running')),
        aPart(5, 3, aText('Abo', {time: {start: timeOf(5)}})),
      ),
    );
    const [file] = await opencode.find(rig.places);
    if (file === undefined) throw new Error('not found');
    const first = await rig.readFile(file, {cursor: undefined, isAtRest: false});
    expect(first.events).toEqual([]);
    runSql(path, aPart(4, 3, aTool('completed', {}, {output: 'soup.md'})).replaceAll(String(timeOf(4)), String(timeOf(500))));
    const second = await rig.readFile(file, {cursor: first.cursor, isAtRest: false});
    expect(second.events.map(said)).toEqual(['tool_result/tool: soup.md']);
    const third = await rig.readFile(file, {cursor: second.cursor, isAtRest: true});
    expect(third.events.map(said)).toContain('assistant_message/assistant: Abo');
  });

  test('only what changed since is read again', async () => {
    using rig = new SourceRig(opencode);
    // What is close to the last change is read once more: commits are not in the order of clocks.
    rig.write(DATABASE, aDatabase(...TABLES, ...talk, aMessage(300, 'user'), aPart(300, 300, aText('Peas?'))));
    const {cursor} = await rig.read(DATABASE);
    runSql(rig.path(DATABASE), aMessage(600, 'user'), aPart(600, 600, aText('Rice?')));
    expect((await rig.read(DATABASE, {cursor})).events.map(said)).toEqual(['user_message/user: Peas?', 'user_message/user: Rice?']);
  });

  test('what stands only in the log of a database that is in use is read, and nothing is written', async () => {
    using rig = new SourceRig(opencode);
    const path = rig.path(DATABASE);
    rig.write(DATABASE, aDatabase('PRAGMA journal_mode=WAL;', ...TABLES, ...talk));
    const agent = spawn('sqlite3', ['-batch', path], {stdio: ['pipe', 'pipe', 'inherit']});
    try {
      agent.stdin.write(`PRAGMA wal_autocheckpoint=0;\n${aMessage(60, 'user')}\n${aPart(60, 60, aText('Rice?'))}\nSELECT 'done';\n`);
      for (let output = ''; !output.includes('done'); ) output += String((await once(agent.stdout, 'data'))[0]);
      const before = readFileSync(path);
      const stamps = await opencode.find(rig.places);
      expect((await rig.readAll()).map(said)).toContain('user_message/user: Rice?');
      expect(readFileSync(path).equals(before)).toBe(true);
      agent.stdin.write(`${aPart(61, 60, aText('Peas?'))}\nSELECT 'again';\n`);
      for (let output = ''; !output.includes('again'); ) output += String((await once(agent.stdout, 'data'))[0]);
      // The file itself did not change.
      expect(await opencode.find(rig.places)).not.toEqual(stamps);
      expect((await rig.readAll()).map(said)).toContain('user_message/user: Peas?');
    } finally {
      agent.stdin.end();
      await once(agent, 'close');
    }
  });

  test('nothing is made beside a database that nobody uses, and none where there was none', async () => {
    using rig = new SourceRig(opencode);
    rig.write(DATABASE, aDatabase('PRAGMA journal_mode=WAL;', ...TABLES, ...talk));
    const folder = dirname(rig.path(DATABASE));
    chmodSync(folder, 0o500);
    expect(await rig.readAll()).toHaveLength(4);
    expect(readdirSync(folder)).toEqual(['opencode.db']);
    chmodSync(folder, 0o700);
  });

  test('a database that is damaged is an error with its path', async () => {
    using rig = new SourceRig(opencode);
    rig.write(DATABASE, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096, 7)]));
    await expect(rig.readAll()).rejects.toThrow(`cannot read ${rig.path(DATABASE)}`);
  });

  test('backups and other databases are not read', async () => {
    using rig = new SourceRig(opencode);
    for (const name of ['opencode.db.bak', 'opencode-2026-01-01.db', 'other.db', 'opencode-dev.db'])
      rig.write(`.local/share/opencode/${name}`, '');
    expect((await opencode.find(rig.places)).map(({path}) => path)).toEqual([rig.path('.local/share/opencode/opencode-dev.db')]);
  });

  test('what was moved from the old folders into the database has the same identities', async () => {
    const inDatabase = await eventsOf(...talk.slice(0, 3));
    using rig = new SourceRig(opencode);
    rig.write(`${STORAGE}/session/p/ses_1.json`, JSON.stringify({id: 'ses_1', projectID: 'p', directory: '/srv/kitchen'}));
    rig.write(`${STORAGE}/message/ses_1/msg_1.json`, JSON.stringify({id: 'msg_1', role: 'user', time: {created: timeOf(1)}}));
    rig.write(`${STORAGE}/part/msg_1/prt_001.json`, JSON.stringify({id: 'prt_001', type: 'text', text: 'How long do lentils simmer?'}));
    expect(identitiesOf(await rig.readAll())).toEqual(identitiesOf(inDatabase));
  });
});
