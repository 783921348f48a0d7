import {existsSync} from 'node:fs';
import {readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import type {MemRig} from '../mem-rig.js';
import {SchemaCheck} from '../schema-rig.js';
import {hasTmux, TmuxRig} from '../tmux-rig.js';
import {anAccount, MEM} from './account-rig.js';

interface Server {
  readonly command: string | readonly string[];
  readonly args?: readonly string[];
}
const read = async (mem: MemRig, path: string) => readFile(join(mem.folder, path), 'utf8');
const SERVERS: readonly (readonly [string, (mem: MemRig) => Promise<Server>])[] = [
  ['claude-code', async (mem) => JSON.parse(await read(mem, '.claude.json')).mcpServers.mem],
  ['codex', async (mem) => (parse(await read(mem, '.codex/config.toml')) as {mcp_servers: {mem: never}}).mcp_servers.mem],
  ['gemini-cli', async (mem) => JSON.parse(await read(mem, '.gemini/settings.json')).mcpServers.mem],
  ['qwen-code', async (mem) => JSON.parse(await read(mem, '.qwen/settings.json')).mcpServers.mem],
  ['copilot-cli', async (mem) => JSON.parse(await read(mem, '.copilot/mcp-config.json')).mcpServers.mem],
  ['cursor', async (mem) => JSON.parse(await read(mem, '.cursor/mcp.json')).mcpServers.mem],
  ['opencode', async (mem) => JSON.parse(await read(mem, '.config/opencode/opencode.json')).mcp.mem],
];

test('the server of each agent answers the official client, started as its settings say', async () => {
  const agents = SERVERS.map(([agent]) => agent);
  await using mem = await anAccount(agents);
  expect(await mem.run(['connect', ...agents, '--mcp', '--no-import'])).toMatchObject({status: 0, stderr: ''});
  const commandOf = async (serverOf: (mem: MemRig) => Promise<Server>) => {
    const {command, args = []} = await serverOf(mem);
    return [command, args].flat();
  };
  const commands = new Map<string, {readonly agent: string; readonly line: readonly string[]}>();
  for (const [agent, serverOf] of SERVERS) {
    const line = await commandOf(serverOf);
    commands.set(JSON.stringify(line), {agent, line});
  }
  // What agents are told alike starts alike.
  for (const {agent, line} of commands.values()) {
    const [program = '', ...rest] = line;
    const client = new Client({name: 'test', version: '1'});
    // No PATH: an agent that a desktop started may have none.
    await client.connect(
      new StdioClientTransport({command: program, args: rest, env: {HOME: mem.folder}, cwd: join(mem.folder, 'kitchen')}),
    );
    expect(client.getServerVersion()?.name, agent).toBe('mem');
    const recalled = await client.callTool({name: 'mem_recall', arguments: {}});
    expect(JSON.stringify(recalled), agent).toContain('plum tart');
    await client.close();
  }
});

test('disconnect takes all of it out again, byte for byte', async () => {
  await using mem = await anAccount(['claude-code', 'codex', 'gemini-cli']);
  const texts: Readonly<Record<string, string>> = {
    '.claude.json': '{"numStartups":3,"mcpServers":{}}',
    '.claude/settings.json': '{\n  "hooks": {"Stop": []} // mine\n}\n',
    '.codex/config.toml': '# mine\nmodel = "gpt"\n\n[mcp_servers.files]\ncommand = "npx"\n',
    '.gemini/settings.json': '{\n\t"theme": "dark", // mine\n}\n',
  };
  for (const [path, text] of Object.entries(texts)) await writeFile(join(mem.folder, path), text);
  await mem.run(['connect', 'claude-code', 'codex', 'gemini-cli', '--mcp', '--recall', '--no-import']);
  for (const [path, text] of Object.entries(texts)) {
    expect(await read(mem, path), path).toContain('mem-start.sh');
    await writeFile(join(mem.folder, path), (await read(mem, path)).replace('mine', 'still mine'));
    expect(text.length).toBeGreaterThan(0);
  }
  expect(await mem.run(['disconnect', '--all'])).toMatchObject({status: 0, stderr: ''});
  for (const [path, text] of Object.entries(texts)) expect(await read(mem, path), path).toBe(text.replace('mine', 'still mine'));
  for (const script of ['mem-start.sh', 'mem-bell.sh']) expect(existsSync(join(mem.home, script)), script).toBe(false);
  expect(existsSync(join(mem.folder, '.codex/hooks.json'))).toBe(false);
});

test('a dry run shows what would be written, and writes nothing', async () => {
  await using mem = await anAccount(['codex']);
  const {status, stdout} = await mem.run(['connect', 'codex', '--mcp', '--recall', '--dry-run']);
  expect(status).toBe(0);
  for (const line of ['+[mcp_servers.mem]', `+++ ${mem.home}/mem-start.sh`, `+command = "${mem.home}/mem-start.sh"`])
    expect(stdout).toContain(line);
  expect(stdout).toContain('mem-start.sh recall --hook --for codex');
  expect(existsSync(join(mem.folder, '.codex/config.toml'))).toBe(false);
  expect(existsSync(join(mem.home, 'mem-start.sh'))).toBe(false);
});

test.each([
  [
    'opencode',
    '--recall',
    'opencode has no hook whose answer it takes into a session that starts',
    'claude-code, codex, gemini-cli, qwen-code, copilot-cli, cursor',
  ],
  [
    'pi',
    '--mcp',
    'pi takes no MCP server from a file that mem can write',
    'claude-code, codex, gemini-cli, qwen-code, opencode, copilot-cli, cursor',
  ],
])('%s is refused %s by name, before anything is changed', async (agent, flag, reason, able) => {
  await using mem = await anAccount(['codex']);
  expect(await mem.run(['connect', 'codex', agent, flag])).toEqual({
    status: 64,
    stdout: '',
    stderr: `mem: error: ${reason} [USAGE]\nmem: hint: connect it without ${flag}; with it: ${able}\n`,
  });
  expect(existsSync(join(mem.folder, '.codex/hooks.json'))).toBe(false);
});

test('without names the extras are for the agents that are connected, and are told by connect and doctor', async () => {
  await using mem = await anAccount(['codex', 'opencode']);
  expect(await mem.run(['connect', '--mcp'])).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('no agent is connected that could have it'),
  });
  await mem.run(['connect', 'codex', 'opencode', '--no-import']);
  const {status, stdout} = await mem.run(['connect', '--mcp', '--recall', '--no-import']);
  expect(status).toBe(0);
  expect(stdout).toContain(`  MCP server: in ${mem.folder}/.codex/config.toml; tried without any environment: it works\n`);
  expect(stdout).toContain(`  recall: in ${mem.folder}/.codex/hooks.json; tried without any environment: it works\n`);
  expect(stdout).toContain('  note: opencode has no hook whose answer it takes into a session that starts\n');
  const {agents} = JSON.parse((await mem.run(['connect', '--json'])).stdout);
  const found = agents.map(({agent, mcp, recall}: {agent: string; mcp: boolean; recall: boolean}) => [agent, mcp, recall]);
  expect(found.filter(([, mcp, recall]: readonly unknown[]) => mcp || recall)).toEqual([
    ['codex', true, true],
    ['opencode', true, false],
  ]);
  const doctor = async () => (await mem.run(['doctor'])).stdout;
  expect(await doctor()).toContain('hooks     as mem connect wrote them; MCP server: codex, opencode; recall: codex\n');
  await rm(join(mem.home, 'mem-start.sh'));
  expect(await doctor()).toContain(`the MCP server of codex runs ${mem.home}/mem-start.sh, which does not exist`);
  expect((await mem.run(['status'])).stdout).toContain(
    'what codex, opencode ask mem goes through a file that is gone; write it with: mem connect codex opencode',
  );
  await mem.run(['connect', 'codex', '--no-import']);
  expect(await doctor()).toContain('hooks     as mem connect wrote them');
});

test('--no-mcp and --no-recall take back what their flags gave, and nothing else', async () => {
  await using mem = await anAccount(['codex']);
  const config = join(mem.folder, '.codex/config.toml');
  await writeFile(config, 'model = "gpt"');
  await mem.run(['connect', 'codex', '--mcp', '--recall', '--no-import']);
  const {stdout} = await mem.run(['connect', 'codex', '--no-mcp', '--no-import']);
  expect(stdout).not.toContain('MCP server');
  expect(stdout).toContain('  recall: in ');
  expect(await readFile(config, 'utf8')).toBe('model = "gpt"');
  await mem.run(['connect', 'codex', '--no-recall', '--no-import']);
  const hooks = await read(mem, '.codex/hooks.json');
  expect([hooks.includes('mem-start.sh'), hooks.includes('mem-bell.sh')]).toEqual([false, true]);
  expect((await mem.run(['connect', 'codex', '--mcp', '--no-mcp'])).status).toBe(64);
});

test.skipIf(!hasTmux)(
  'a person at a terminal is told of the extras once an agent is connected (skipped where tmux is not installed)',
  async () => {
    await using mem = await anAccount(['codex', 'opencode']);
    using terminal = new TmuxRig(mem, '160x40');
    terminal.run(`node ${MEM} connect codex opencode --no-import; echo "ended: $?"`);
    expect(await terminal.sees('ended: 0')).toContain('mem: hint: an agent can ask the memory itself: mem connect codex opencode --mcp\n');
    terminal.run(`clear; node ${MEM} connect codex --mcp --recall --no-import; echo "ended: $?"`);
    await terminal.until((screen) => screen.includes('recall: in') && screen.includes('ended: 0'), 'the second end');
    terminal.run(`clear; node ${MEM} connect codex --no-import; echo "again: $?"`);
    expect(await terminal.sees('again: 0')).not.toContain('hint: an agent can ask');
  },
);

test('what connect --json prints tells who has what, and whether it works', async () => {
  await using mem = await anAccount(['opencode']);
  const {stdout} = await mem.run(['connect', 'opencode', '--mcp', '--json']);
  const path = join(mem.folder, '.config/opencode/opencode.json');
  const expected = {agent: 'opencode', via: 'import-only', mcp: {path, by: 'mem', answers: true, reason: ''}, recall: null};
  expect(JSON.parse(stdout).wirings).toEqual([expect.objectContaining(expected)]);
  expect(new SchemaCheck().run('connect', {status: 0, stdout, stderr: ''}, false)).toHaveLength(1);
});
