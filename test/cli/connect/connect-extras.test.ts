import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from '../mem-rig.js';

const RECALLS = ['claude-code', 'codex', 'gemini-cli', 'qwen-code', 'copilot-cli', 'cursor'];
const FOLDERS: Readonly<Record<string, string>> = {
  'claude-code': '.claude',
  codex: '.codex',
  'gemini-cli': '.gemini',
  'qwen-code': '.qwen',
  'copilot-cli': '.copilot',
  cursor: '.cursor',
  opencode: '.config/opencode',
};
const HOOK_FILES: Readonly<Record<string, string>> = {
  'claude-code': '.claude/settings.json',
  codex: '.codex/hooks.json',
  'gemini-cli': '.gemini/settings.json',
  'qwen-code': '.qwen/settings.json',
  'copilot-cli': '.copilot/hooks/mem.json',
  cursor: '.cursor/hooks.json',
};
const AS_PLAIN: Readonly<Record<string, (stdout: string) => unknown>> = {
  'claude-code': (stdout) => stdout,
  codex: (stdout) => stdout,
  'gemini-cli': (stdout) => JSON.parse(stdout).hookSpecificOutput.additionalContext,
  'qwen-code': (stdout) => JSON.parse(stdout).hookSpecificOutput.additionalContext,
  'copilot-cli': (stdout) => JSON.parse(stdout).additionalContext,
  cursor: (stdout) => JSON.parse(stdout).additional_context,
};

/** An account with these agents, and a memory of what was done in its folder `kitchen`. */
async function anAccount(agents: readonly string[]): Promise<MemRig> {
  const mem = await MemRig.create();
  for (const agent of agents) await mkdir(join(mem.folder, FOLDERS[agent] ?? ''), {recursive: true});
  await mkdir(join(mem.folder, 'kitchen'));
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  await mem.ingest([anEvent({at: `${day}T10:00:00Z`, text: 'Bake the plum tart for longer.', project: 'kitchen'})]);
  const {status, stderr} = await mem.run(['rollup']);
  if (status !== 0) throw new Error(stderr);
  return mem;
}

interface Handler {
  readonly command?: string;
  readonly bash?: string;
}

/** The command that an agent runs when a session starts, as it stands in its settings. */
async function hookLine(mem: MemRig, agent: string): Promise<string> {
  const {hooks} = JSON.parse(await readFile(join(mem.folder, HOOK_FILES[agent] ?? ''), 'utf8'));
  const groups: readonly (Handler & {readonly hooks?: readonly Handler[]})[] = hooks.SessionStart ?? hooks.sessionStart;
  const lines = groups.flatMap((group) => (group.hooks ?? [group]).map(({command, bash}) => command ?? bash ?? ''));
  return lines.find((line) => line.includes('recall')) ?? '';
}

/** What an agent of the desktop does when a session starts: its shell has none of the user's variables but HOME. */
function startSession(mem: MemRig, line: string, source: string, env: Record<string, string> = {}) {
  const cwd = join(mem.folder, 'kitchen');
  const payload = {session_id: 's9', transcript_path: '', cwd, hook_event_name: 'SessionStart', source};
  const {status, stdout, stderr} = spawnSync('/bin/sh', ['-c', line], {
    input: JSON.stringify(payload),
    env: {HOME: mem.folder, ...env},
    cwd,
    encoding: 'utf8',
  });
  return {status, stdout, stderr};
}

test('the hook of each agent that has one recalls at the start, in its form, and never where a session is resumed', async () => {
  await using mem = await anAccount(RECALLS);
  expect((await mem.run(['connect', ...RECALLS, '--recall'])).status).toBe(0);
  for (const agent of RECALLS) {
    const line = await hookLine(mem, agent);
    const started = startSession(mem, line, 'startup');
    expect([started.status, started.stderr], agent).toEqual([0, '']);
    expect(AS_PLAIN[agent]?.(started.stdout), agent).toMatch(/^## Earlier work in `kitchen` [\s\S]*"Bake the plum tart for longer\." \[/);
    expect(startSession(mem, line, 'resume'), agent).toEqual({status: 0, stdout: '', stderr: ''});
    expect(startSession(mem, line, 'startup', {MEM_RECALL: '0'}), agent).toEqual({status: 0, stdout: '', stderr: ''});
  }
});

test('Claude Code and Codex do not even start the hook where a session is resumed', async () => {
  await using mem = await anAccount(['claude-code', 'codex']);
  await mem.run(['connect', 'claude-code', 'codex', '--recall', '--no-import']);
  for (const agent of ['claude-code', 'codex']) {
    const {hooks} = JSON.parse(await readFile(join(mem.folder, HOOK_FILES[agent] ?? ''), 'utf8'));
    const {matcher} = hooks.SessionStart.find((group: {matcher?: string}) => group.matcher !== undefined);
    expect(['startup', 'resume', 'clear', 'compact'].filter((source) => new RegExp(`^(?:${matcher})$`).test(source))).toEqual([
      'startup',
      'clear',
      'compact',
    ]);
  }
});

test('Cursor names the folder that is open, and runs its hook elsewhere', async () => {
  await using mem = await anAccount(['cursor']);
  await mem.run(['connect', 'cursor', '--recall', '--no-import']);
  const input = JSON.stringify({conversation_id: 'c', workspace_roots: [join(mem.folder, 'kitchen')]});
  const options = {input, env: {HOME: mem.folder}, cwd: mem.folder, encoding: 'utf8'} as const;
  const {stdout} = spawnSync('/bin/sh', ['-c', await hookLine(mem, 'cursor')], options);
  expect(JSON.parse(stdout).additional_context).toContain('plum tart');
});

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
  for (const [agent, serverOf] of SERVERS) {
    const {command, args = []} = await serverOf(mem);
    const [program = '', ...rest] = [command, args].flat();
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
    expect(await read(mem, path), path).toContain('mem-run.sh');
    await writeFile(join(mem.folder, path), (await read(mem, path)).replace('mine', 'still mine'));
    expect(text.length).toBeGreaterThan(0);
  }
  expect(await mem.run(['disconnect', '--all'])).toMatchObject({status: 0, stderr: ''});
  for (const [path, text] of Object.entries(texts)) expect(await read(mem, path), path).toBe(text.replace('mine', 'still mine'));
  for (const script of ['mem-run.sh', 'mem-bell.sh']) expect(existsSync(join(mem.home, script)), script).toBe(false);
  expect(existsSync(join(mem.folder, '.codex/hooks.json'))).toBe(false);
});

test('a dry run shows what would be written, and writes nothing', async () => {
  await using mem = await anAccount(['codex']);
  const {status, stdout} = await mem.run(['connect', 'codex', '--mcp', '--recall', '--dry-run']);
  expect(status).toBe(0);
  for (const line of ['+[mcp_servers.mem]', `+++ ${mem.home}/mem-run.sh`, `+command = "${mem.home}/mem-run.sh"`])
    expect(stdout).toContain(line);
  expect(stdout).toContain('mem-run.sh recall --hook --for codex');
  expect(existsSync(join(mem.folder, '.codex/config.toml'))).toBe(false);
  expect(existsSync(join(mem.home, 'mem-run.sh'))).toBe(false);
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
  await rm(join(mem.home, 'mem-run.sh'));
  expect(await doctor()).toContain(`the MCP server of codex runs ${mem.home}/mem-run.sh, which does not exist`);
  expect((await mem.run(['status'])).stdout).toContain(
    'what codex, opencode ask mem goes through a file that is gone; write it with: mem connect codex opencode',
  );
  await mem.run(['connect', 'codex', '--no-import']);
  expect(await doctor()).toContain('hooks     as mem connect wrote them');
});

test('the runner finds another Node when its own is gone, and says so where there is none', async () => {
  await using mem = await anAccount(['claude-code']);
  await mem.run(['connect', 'claude-code', '--recall', '--no-import']);
  const runner = join(mem.home, 'mem-run.sh');
  const script = await readFile(runner, 'utf8');
  await writeFile(
    runner,
    script
      .replace(/^node=.*$/m, 'node=/nowhere/node')
      .replace(/for other in .*"\$\(command -v node\)"/, 'for other in "$(command -v node)"'),
  );
  const line = await hookLine(mem, 'claude-code');
  expect(startSession(mem, line, 'startup', {PATH: dirname(process.execPath)}).stdout).toContain('plum tart');
  expect(startSession(mem, line, 'startup', {PATH: '/nowhere'})).toMatchObject({
    status: 78,
    stdout: '',
    stderr: expect.stringMatching(/^mem: error: Node is no longer at \/nowhere\/node, or mem no longer at /),
  });
});
