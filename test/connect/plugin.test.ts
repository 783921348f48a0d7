import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {HOOKED_AGENTS} from '../../src/connect/hooked-agents.js';
import type {EpochMs} from '../../src/domain/event/event.js';
import {openBells} from '../../src/inbox/bell-folder.js';
import {findHome} from '../../src/system/home.js';

const PLUGIN = resolve('plugin');
const readJson = (...path: string[]) => JSON.parse(readFileSync(resolve(...path), 'utf8'));
/** Codex takes the file that its manifest names instead of `hooks/hooks.json`, and gives the plugin's folder as `PLUGIN_ROOT`. */
const AGENTS = [
  {agent: 'claude-code', root: 'CLAUDE_PLUGIN_ROOT', hooks: readJson(PLUGIN, 'hooks', 'hooks.json').hooks},
  {agent: 'codex', root: 'PLUGIN_ROOT', hooks: readJson(PLUGIN, readJson(PLUGIN, '.codex-plugin', 'plugin.json').hooks).hooks},
];

test.each(AGENTS)('the plugin of $agent has the hooks of mem connect', ({agent, hooks}) => {
  expect(Object.keys(hooks)).toEqual(HOOKED_AGENTS.find(({name}) => name === agent)?.events);
});

test.each([
  ['.claude-plugin/marketplace.json', '.claude-plugin/plugin.json'],
  ['.agents/plugins/marketplace.json', '.codex-plugin/plugin.json'],
])('%s leads to the manifest of the plugin', (marketplace, manifest) => {
  const {name, plugins} = readJson(marketplace);
  const [{name: plugin, source}] = plugins;
  expect(`${plugin}@${name}`).toBe('mem@mem');
  expect(readJson(source.path ?? source, manifest)).toMatchObject({name: 'mem', version: readJson('package.json').version});
});

const HOMES: readonly (readonly [string, Record<string, string>])[] = [
  ['without a setting', {}],
  ['with MEM_HOME', {MEM_HOME: 'HOME/a memory'}],
  ['with MEM_HOME below ~', {MEM_HOME: '~/memory'}],
  ['with XDG_DATA_HOME', {XDG_DATA_HOME: 'HOME/share'}],
];

describe.each(AGENTS)('the plugin of $agent', ({agent, root, hooks}) => {
  test.each(HOMES)('rings in the home that mem uses, %s', (_, variables) => {
    const folder = mkdtempSync(join(tmpdir(), 'mem-plugin-'));
    try {
      const env: Record<string, string> = {HOME: folder};
      for (const [name, value] of Object.entries(variables)) env[name] = value.replace('HOME', folder);
      const payload = JSON.stringify({hook_event_name: 'Stop', session_id: 's1'});
      const run = spawnSync('/bin/sh', ['-c', hooks.Stop[0].hooks[0].command], {input: payload, env: {...env, [root]: PLUGIN}});
      expect([run.status, String(run.stdout), String(run.stderr)]).toEqual([0, '', '']);
      const bells = openBells(findHome({store: undefined, env, platform: process.platform}));
      expect(bells.list(Date.now() as EpochMs).map((bell) => [bell.agent, String(bells.read(bell))])).toEqual([[agent, payload]]);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
