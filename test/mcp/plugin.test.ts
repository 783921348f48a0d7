import {mkdir, readdir, readFile, symlink} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {expect, test} from 'vitest';
import {TOOLS} from '../../src/mcp/tools.js';
import {MemRig} from '../cli/mem-rig.js';

const PLUGIN = resolve('plugin');

test('the server of the plugin is the mem that is installed', async () => {
  await using rig = await MemRig.create();
  await mkdir(join(rig.folder, 'bin'));
  await symlink(resolve('bin/mem.js'), join(rig.folder, 'bin', 'mem'));
  const {mcpServers} = JSON.parse(await readFile(join(PLUGIN, '.mcp.json'), 'utf8'));
  const client = new Client({name: 'test', version: '1'});
  await client.connect(
    new StdioClientTransport({...mcpServers.mem, env: {...rig.env, PATH: `${rig.folder}/bin:${process.env['PATH']}`}, cwd: rig.folder}),
  );
  expect(client.getServerVersion()?.name).toBe('mem');
  await client.close();
});

test('the manifest for Codex names what Claude Code finds by its place', async () => {
  const {skills, mcpServers} = JSON.parse(await readFile(join(PLUGIN, '.codex-plugin', 'plugin.json'), 'utf8'));
  expect(resolve(PLUGIN, mcpServers)).toBe(join(PLUGIN, '.mcp.json'));
  expect(await readdir(resolve(PLUGIN, skills))).toEqual(['mem']);
});

test('the skill has a name, a description that an agent reads whole, and names every tool', async () => {
  const text = await readFile(join(PLUGIN, 'skills', 'mem', 'SKILL.md'), 'utf8');
  const [, name, description = ''] = /^---\nname: (.+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
  expect(name).toBe('mem');
  expect(description.length).toBeGreaterThan(100);
  expect(description.length).toBeLessThanOrEqual(1_024);
  for (const tool of TOOLS) expect(text, tool.name).toContain(`\`${tool.name}\``);
});
