import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {type Agent, COMMON, CWD, EXPECTED, type ExpectedEvent} from './hook-expectations.js';

const {PATH} = process.env;
const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test', 'fixtures', 'hooks');
const hasJq = spawnSync('jq', ['--version']).status === 0;

interface Run {
  readonly events: readonly unknown[];
  readonly stderr: string;
  readonly status: number | null;
}

/** What the agent's jq program makes of a payload, line by line. */
function runJq(agent: Agent, payload: string, env: Readonly<Record<string, string>> = {}): Run {
  const run = spawnSync('jq', ['-c', '-f', join(ROOT, 'examples', 'hooks', `${agent}.jq`)], {
    input: payload,
    encoding: 'utf8',
    env: {PATH, ...env},
  });
  const lines = run.stdout.split('\n').slice(0, -1);
  return {events: lines.map((line): unknown => JSON.parse(line)), stderr: run.stderr, status: run.status};
}

const payloadOf = (agent: Agent, name: string): string => readFileSync(join(FIXTURES, agent, `${name}.json`), 'utf8');

/** Payloads that no agent should send; whatever they are, the program must end well, and print at most this. */
const ODD: readonly (readonly [string, readonly ExpectedEvent[]])[] = [
  ['', []],
  ['null', []],
  ['[1]', []],
  ['"text"', []],
  ['{}', []],
  ['{"hook_event_name":"Stop"}', []],
  ['{"session_id":7,"hook_event_name":"Stop"}', []],
  ['{"session_id":"s","hook_event_name":["Stop"]}', []],
  ['{"session_id":"s","hook_event_name":"PostToolUse","cwd":null,"tool_input":[1],"tool_use_id":5}', [{event_type: 'tool_result'}]],
  [
    '{"session_id":"s","hook_event_name":"PostToolUse","tool_response":[null,7,{"type":"image"},"x"]}',
    [{event_type: 'tool_result', text: '7\nx'}],
  ],
];

describe.skipIf(!hasJq)('hook payloads as events (skipped where jq is not installed)', () => {
  describe.each(['claude-code', 'codex'] as const)('%s', (agent) => {
    const names = readdirSync(join(FIXTURES, agent)).map((file) => file.replace('.json', ''));

    test('has a fixture for each expectation', () => {
      expect(names.sort()).toEqual(Object.keys(EXPECTED[agent]).sort());
    });

    test.each(names)('%s', (name) => {
      const expected = (EXPECTED[agent][name] ?? []).map((event) => ({
        ...COMMON[agent],
        ...event,
        metadata: {cwd: CWD, ...event.metadata},
      }));
      expect(runJq(agent, payloadOf(agent, name))).toEqual({events: expected, stderr: '', status: 0});
    });

    test.each(ODD)('ends well on %s', (payload, events) => {
      const expected = events.map((event) => ({session_id: 's', agent, source: 'hook', ...event}));
      expect(runJq(agent, payload)).toEqual({events: expected, stderr: '', status: 0});
    });
  });

  test('names the project after the folder that Claude Code was started in, not the one it has moved to', () => {
    const payload = JSON.stringify({session_id: 's', hook_event_name: 'UserPromptSubmit', prompt: 'hi', cwd: '/src/tidewatch/api'});
    expect(runJq('claude-code', payload, {CLAUDE_PROJECT_DIR: '/src/tidewatch/'}).events).toEqual([
      {
        session_id: 's',
        event_type: 'user_message',
        text: 'hi',
        agent: 'claude-code',
        project: 'tidewatch',
        source: 'hook',
        metadata: {cwd: '/src/tidewatch/api'},
      },
    ]);
  });
});

describe.skipIf(!hasJq)('the lines of docs/agents.md (skipped where jq is not installed)', () => {
  const page = readFileSync(join(ROOT, 'docs', 'agents.md'), 'utf8');
  const home = mkdtempSync(join(tmpdir(), 'mem-hooks-'));
  mkdirSync(join(home, 'bin'));
  // In the place of mem: keeps what it was given.
  writeFileSync(join(home, 'bin', 'mem'), '#!/bin/sh\ncat > "$HOME/received"\n');
  chmodSync(join(home, 'bin', 'mem'), 0o755);
  cpSync(join(ROOT, 'examples', 'hooks'), join(home, '.config', 'mem'), {recursive: true});
  afterAll(() => rmSync(home, {recursive: true}));

  /** What mem was given, and what the agent would see. */
  function runLine(argv: readonly string[], input: string): object {
    const [program = '', ...args] = argv;
    const env = {PATH: `${join(home, 'bin')}:${PATH}`, HOME: home};
    const {stdout, stderr, status} = spawnSync(program, args, {input, encoding: 'utf8', env});
    return {stdout, stderr, status, types: readFileSync(join(home, 'received'), 'utf8').match(/(?<="event_type":")\w+/g)};
  }

  test.each([
    ['claude-code', 'stop', ['assistant_message']],
    ['claude-code', 'pre-tool-use', null],
    ['codex', 'stop', ['assistant_message']],
  ] as const)('%s: the hook %s gives events to mem and nothing to the agent', (agent, name, types) => {
    const line = `jq -c -f ~/.config/mem/${agent}.jq | mem ingest`;
    expect(page.split('\n')).toContain(line);
    expect(runLine(['sh', '-c', line], payloadOf(agent, name))).toEqual({stdout: '', stderr: '', status: 0, types});
  });

  test('codex: notify gives its last argument to mem', () => {
    const [, list = ''] = /^notify = (\[.*\])$/m.exec(page) ?? [];
    const argv: string[] = JSON.parse(list);
    const payload = JSON.stringify(JSON.parse(payloadOf('codex', 'notify')));
    expect(runLine([...argv, payload], '')).toEqual({stdout: '', stderr: '', status: 0, types: ['user_message', 'assistant_message']});
  });
});

describe('the hook configurations', () => {
  test.each([
    ['claude-code-settings.json', 'claude-code'],
    ['codex-hooks.json', 'codex'],
  ])('%s pipes each of its events through the program of its agent', (file, agent) => {
    const {hooks}: {hooks: Record<string, unknown>} = JSON.parse(readFileSync(join(ROOT, 'examples', 'hooks', file), 'utf8'));
    const command = `jq -c -f ~/.config/mem/${agent}.jq | mem ingest`;
    for (const [event, groups] of Object.entries(hooks)) expect(groups, event).toEqual([{hooks: [{type: 'command', command}]}]);
    expect(Object.keys(hooks)).toContain('Stop');
  });
});
