import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {HOOKED_AGENTS} from '../../src/connect/hooked-agents.js';
import type {EpochMs} from '../../src/domain/event/event.js';
import {openBells} from '../../src/inbox/bell-folder.js';
import {findHome} from '../../src/system/home.js';

const PLUGIN = resolve('plugin');
const {hooks} = JSON.parse(readFileSync(join(PLUGIN, 'hooks', 'hooks.json'), 'utf8'));

test('the plugin has the hooks of mem connect', () => {
  expect(Object.keys(hooks)).toEqual(HOOKED_AGENTS.find(({name}) => name === 'claude-code')?.events);
});

test.each<[string, Record<string, string>]>([
  ['without a setting', {}],
  ['with MEM_HOME', {MEM_HOME: 'HOME/a memory'}],
  ['with MEM_HOME below ~', {MEM_HOME: '~/memory'}],
  ['with XDG_DATA_HOME', {XDG_DATA_HOME: 'HOME/share'}],
])('it rings in the home that mem uses, %s', (_, variables) => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-plugin-'));
  try {
    const env: Record<string, string> = {HOME: folder};
    for (const [name, value] of Object.entries(variables)) env[name] = value.replace('HOME', folder);
    const payload = JSON.stringify({hook_event_name: 'Stop', session_id: 's1'});
    const run = spawnSync('/bin/sh', ['-c', hooks.Stop[0].hooks[0].command], {input: payload, env: {...env, CLAUDE_PLUGIN_ROOT: PLUGIN}});
    expect([run.status, String(run.stdout), String(run.stderr)]).toEqual([0, '', '']);
    const bells = openBells(findHome({store: undefined, env, platform: process.platform}));
    expect(bells.list(Date.now() as EpochMs).map((bell) => [bell.agent, String(bells.read(bell))])).toEqual([['claude-code', payload]]);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
