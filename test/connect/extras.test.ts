import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {RECALL_PLACES, SERVER_PLACES} from '../../src/connect/agent-extras.js';
import {recallEdit, type SettingsEdit, serverEdit, takeAll} from '../../src/connect/settings-edits.js';
import {ConnectorRig} from './connector-rig.js';
import {FILES} from './settings-texts.js';

const PLACES = {env: {}, accountHome: '/home/u'};
const SCRIPTS = {shim: '/home/u/my mem/mem-bell.sh', starter: '/home/u/my mem/mem-start.sh'};
/** What is no text is the connector's to give a beginning. */
const TEXTS = FILES.filter(([, text]) => text.trim() !== '').map(([name, text]) => [name, text.replace(/^\ufeff/, '')] as const);

const JSON_SERVERS = Object.keys(SERVER_PLACES).filter((agent) => agent !== 'codex');
const edits = [
  ...JSON_SERVERS.map((agent) => [`the server of ${agent}`, serverEdit(agent, PLACES, SCRIPTS)] as const),
  ...Object.keys(RECALL_PLACES).map((agent) => [`the recall of ${agent}`, recallEdit(agent, PLACES, SCRIPTS)] as const),
].flatMap(([name, edit]) => (edit === undefined ? [] : [[name, edit] as const]));

/** How long a file is differs in nothing from agent to agent: one of them gets it. In the proofs all do. */
function textsFor(name: string): typeof TEXTS {
  const getsAll = process.env['MEM_PROOFS'] === '1' || name.endsWith(' claude-code');
  return getsAll ? TEXTS : TEXTS.filter(([, text]) => text.length < 100_000);
}

describe.each(edits)('%s', (agent, edit) => {
  test.each(textsFor(agent))('%s: all else stays, twice is once, and it goes again byte for byte', (_name, text) => {
    const {text: after, before} = edit.put(text, undefined);
    expect(edit.owner(after)).toBe('mem');
    expect(edit.put(after, before)).toEqual({text: after, before});
    expect(edit.take(after, before)).toBe(text);
    expect(takeAll(after, edit.path, before)).toBe(text);
  });
});

test('all that mem may put into one file goes in any order', () => {
  const [server, recall] = [serverEdit('gemini-cli', PLACES, SCRIPTS), recallEdit('gemini-cli', PLACES, SCRIPTS)] as SettingsEdit[];
  if (server === undefined || recall === undefined) throw new Error('Gemini CLI has both');
  for (const [name, text] of TEXTS) {
    const first = server.put(text, undefined);
    const both = recall.put(first.text, first.before);
    expect(recall.take(server.take(both.text, both.before), both.before), name).toBe(text);
    expect(server.take(recall.take(both.text, both.before), both.before), name).toBe(text);
  }
});

/** What each agent's documents say an entry looks like. */
const STARTER = SCRIPTS.starter;
test.each([
  ['claude-code', '/home/u/.claude.json', {mcpServers: {mem: {type: 'stdio', command: STARTER, args: ['mcp']}}}],
  ['gemini-cli', '/home/u/.gemini/settings.json', {mcpServers: {mem: {command: STARTER, args: ['mcp']}}}],
  ['qwen-code', '/home/u/.qwen/settings.json', {mcpServers: {mem: {command: STARTER, args: ['mcp']}}}],
  ['copilot-cli', '/home/u/.copilot/mcp-config.json', {mcpServers: {mem: {type: 'local', command: STARTER, args: ['mcp'], tools: ['*']}}}],
  ['cursor', '/home/u/.cursor/mcp.json', {mcpServers: {mem: {command: STARTER, args: ['mcp']}}}],
  ['opencode', '/home/u/.config/opencode/opencode.json', {mcp: {mem: {type: 'local', command: [STARTER, 'mcp'], enabled: true}}}],
])('the server of %s stands in %s', (agent, path, value) => {
  const edit = serverEdit(agent, PLACES, SCRIPTS);
  expect(edit?.path).toBe(path);
  expect(JSON.parse(edit?.put('{}', undefined).text ?? '')).toEqual(value);
});

const command = (agent: string) => `'${STARTER}' recall --hook --for ${agent}`;
const grouped = (agent: string, timeout: number, more: object = {}) => ({
  hooks: {SessionStart: [{...more, hooks: [{type: 'command', command: command(agent), timeout}]}]},
});
test.each([
  ['claude-code', '/home/u/.claude/settings.json', grouped('claude-code', 10, {matcher: 'startup|clear|compact'})],
  ['codex', '/home/u/.codex/hooks.json', grouped('codex', 10, {matcher: 'startup|clear|compact'})],
  ['gemini-cli', '/home/u/.gemini/settings.json', grouped('gemini-cli', 10_000)],
  ['qwen-code', '/home/u/.qwen/settings.json', grouped('qwen-code', 10_000)],
  [
    'copilot-cli',
    '/home/u/.copilot/hooks/mem.json',
    {version: 1, hooks: {sessionStart: [{type: 'command', bash: command('copilot-cli'), timeoutSec: 10}]}},
  ],
  ['cursor', '/home/u/.cursor/hooks.json', {version: 1, hooks: {sessionStart: [{command: command('cursor'), timeout: 10}]}}],
])('the recall of %s stands in %s', (agent, path, value) => {
  const edit = recallEdit(agent, PLACES, SCRIPTS);
  expect(edit?.path).toBe(path);
  expect(JSON.parse(edit?.put(edit.blank, undefined).text ?? '')).toEqual(value);
});

test('OpenCode 2 has its servers one object deeper', () => {
  const text = '{"mcp": {"servers": {"x": {"type": "local", "command": ["x"]}}}}';
  const edit = serverEdit('opencode', PLACES, SCRIPTS);
  const wired = edit?.put(text, undefined);
  expect(JSON.parse(wired?.text ?? '').mcp.servers.mem.command).toEqual([STARTER, 'mcp']);
  expect(edit?.take(wired?.text ?? '', wired?.before ?? {})).toBe(text);
});

test('a server that runs a mem elsewhere gets the path of this one, and keeps what its user added', () => {
  const edit = serverEdit('cursor', PLACES, SCRIPTS);
  const text = '{"mcpServers": {"mem": {"command": "/old/mem-start.sh", "args": ["mcp"], "env": {"MEM_RECALL": "0"}}}}';
  expect(edit?.put(text, undefined).text).toBe(text.replace('/old/mem-start.sh', STARTER));
});

const SERVERS = '{\n  "mcpServers": {\n    "files": {"command": "npx"} // mine\n  }\n}\n';

test('what the agent and its user wrote since stays', () => {
  using rig = new ConnectorRig();
  const path = join(rig.folder, '.claude.json');
  writeFileSync(path, SERVERS);
  rig.connector().connect('claude-code', {mcp: true});
  const edited = (text: string) => text.replace('{\n', '{\n  "numStartups": 7,\n').replace('// mine', '// still mine');
  writeFileSync(path, edited(readFileSync(path, 'utf8')));
  rig.connector().connect('claude-code');
  rig.connector().disconnect('claude-code');
  expect(readFileSync(path, 'utf8')).toBe(edited(SERVERS));
});

test('nothing is there unless it is asked for, and what was asked for stays until it is taken back', () => {
  using rig = new ConnectorRig();
  expect(rig.connector().connect('codex').extras).toEqual([]);
  expect(existsSync(join(rig.home, 'mem-start.sh'))).toBe(false);
  const {extras, trials} = rig.connector().connect('codex', {mcp: true, recall: true});
  const config = join(dirname(rig.codex), 'config.toml');
  expect(extras).toEqual([
    {name: 'mcp', path: config, by: 'mem'},
    {name: 'recall', path: rig.codex, by: 'mem'},
  ]);
  expect(trials).toEqual({mcp: '', recall: ''});
  const again = rig.connector().connect('codex');
  expect([again.extras, again.changes]).toEqual([extras, []]);
  expect(rig.connector().extras()).toEqual(new Map([['codex', ['mcp', 'recall']]]));
  expect(
    rig
      .connector()
      .connect('codex', {mcp: false})
      .extras.map(({name}) => name),
  ).toEqual(['recall']);
  expect([existsSync(config), existsSync(join(rig.home, 'mem-start.sh'))]).toEqual([false, true]);
  rig.connector().connect('codex', {recall: false});
  expect(existsSync(join(rig.home, 'mem-start.sh'))).toBe(false);
  expect(readFileSync(rig.codex, 'utf8')).not.toContain('mem-start.sh');
  rig.connector().disconnect('codex');
  expect(readdirSync(dirname(rig.codex))).toEqual([]);
});

test('files that mem made are gone after disconnect, and the starter with the last of them', () => {
  using rig = new ConnectorRig();
  for (const folder of ['.cursor', '.copilot']) mkdirSync(join(rig.folder, folder));
  rig.connector().connect('cursor', {mcp: true, recall: true});
  rig.connector().connect('copilot-cli', {mcp: true, recall: true});
  expect(readdirSync(join(rig.folder, '.cursor'))).toEqual(['hooks.json', 'mcp.json']);
  rig.connector().disconnect('cursor');
  expect(readdirSync(join(rig.folder, '.cursor'))).toEqual([]);
  expect(rig.connector().faults()).toEqual([]);
  rig.connector().disconnect('copilot-cli');
  expect(readdirSync(join(rig.folder, '.copilot'))).toEqual([]);
  expect(existsSync(join(rig.home, 'mem-start.sh'))).toBe(false);
});

test('a folder that was made for mem stays where something else lies in it', () => {
  using rig = new ConnectorRig();
  mkdirSync(join(rig.folder, '.copilot'));
  rig.connector().connect('copilot-cli', {recall: true});
  writeFileSync(join(rig.folder, '.copilot', 'hooks', 'own.json'), '{}');
  rig.connector().disconnect('copilot-cli');
  expect(readdirSync(join(rig.folder, '.copilot', 'hooks'))).toEqual(['own.json']);
});

test('a server of the name that its user wrote stays; another program of that name is refused', () => {
  using rig = new ConnectorRig();
  const path = join(rig.folder, '.claude.json');
  const own = '{"mcpServers": {"mem": {"type": "stdio", "command": "mem", "args": ["mcp"], "env": {}}}}';
  writeFileSync(path, own);
  expect(rig.connector().connect('claude-code', {mcp: true}).extras).toEqual([{name: 'mcp', path, by: 'user'}]);
  expect(rig.connector().connect('claude-code', {mcp: false}).notes).toContain(
    'the server named mem was not written by mem connect, so it stays',
  );
  expect(readFileSync(path, 'utf8')).toBe(own);
  const other = own.replace('"command": "mem"', '"command": "memory-bank"');
  writeFileSync(path, other);
  expect(() => rig.connector().connect('claude-code', {mcp: true})).toThrow(`${path} has a server named mem that is another program`);
  expect(readFileSync(path, 'utf8')).toBe(other);
});

test('where the plugin is enabled it has the server, and recall is a hook of the settings', () => {
  using rig = new ConnectorRig();
  const text = '{\n  "enabledPlugins": {"mem@mem": true}\n}\n';
  rig.write(text);
  const {extras} = rig.connector().connect('claude-code', {mcp: true, recall: true});
  expect(extras.map(({name, by}) => [name, by])).toEqual([
    ['mcp', 'plugin'],
    ['recall', 'mem'],
  ]);
  expect(Object.keys(JSON.parse(rig.read()).hooks)).toEqual(['SessionStart']);
  expect(existsSync(join(rig.folder, '.claude.json'))).toBe(false);
  rig.connector().disconnect('claude-code');
  expect(rig.read()).toBe(text);
});

test('a file that nobody asks to change may be invalid', () => {
  using rig = new ConnectorRig();
  writeFileSync(join(rig.folder, '.claude.json'), '{"oauth"');
  expect(rig.connector().connect('claude-code').wiring.kind).toBe('hooks');
  expect(() => rig.connector().connect('claude-code', {mcp: true})).toThrow(/\.claude\.json is invalid in line 1, column 9/);
  rig.connector().disconnect('claude-code');
});

test('an entry that is gone, and a starter that is gone or fails, are faults', () => {
  using rig = new ConnectorRig();
  rig.connector().connect('codex', {mcp: true, recall: true});
  const [config, starter] = [join(dirname(rig.codex), 'config.toml'), join(rig.home, 'mem-start.sh')];
  const [table, script] = [readFileSync(config, 'utf8'), readFileSync(starter, 'utf8')];
  writeFileSync(config, 'model = "gpt"\n');
  expect(rig.connector().faults()).toEqual([
    {
      agent: 'codex',
      what: `the MCP server of mem in ${config} is gone`,
      cure: 'write it again: mem connect codex --mcp; or leave it out: --no-mcp',
    },
  ]);
  writeFileSync(config, table);
  writeFileSync(starter, script.replace(/^node=.*$/m, 'node=/nowhere/node').replaceAll('command -v node', 'true'));
  expect(
    rig
      .connector()
      .faults()
      .map(({what}) => what.replace(/: mem: error: .*/, '')),
  ).toEqual([`what ${rig.codex} starts for recall fails`, `what ${config} starts for its tools fails`]);
});
