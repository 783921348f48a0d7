import {spawnSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anAccount, HOOK_FILES, hookLine, startSession} from './account-rig.js';

const RECALLS = ['claude-code', 'codex', 'gemini-cli', 'qwen-code', 'copilot-cli', 'cursor'];
const AS_PLAIN: Readonly<Record<string, (stdout: string) => unknown>> = {
  'claude-code': (stdout) => stdout,
  codex: (stdout) => stdout,
  'gemini-cli': (stdout) => JSON.parse(stdout).hookSpecificOutput.additionalContext,
  'qwen-code': (stdout) => JSON.parse(stdout).hookSpecificOutput.additionalContext,
  'copilot-cli': (stdout) => JSON.parse(stdout).additionalContext,
  cursor: (stdout) => JSON.parse(stdout).additional_context,
};

test('the hook of each agent that has one recalls at the start, in its form, and never where a session is resumed', async () => {
  await using mem = await anAccount(RECALLS);
  expect((await mem.run(['connect', ...RECALLS, '--recall'])).status).toBe(0);
  for (const agent of RECALLS) {
    const line = await hookLine(mem, agent);
    const started = startSession(mem, line, 'startup');
    expect([started.status, started.stderr], agent).toEqual([0, '']);
    expect(AS_PLAIN[agent]?.(started.stdout), agent).toMatch(/^## Earlier work in `kitchen` [\s\S]*"Bake the plum tart for longer\." \[/);
    for (const source of ['resume', 'fork']) expect(startSession(mem, line, source), agent).toEqual({status: 0, stdout: '', stderr: ''});
    expect(startSession(mem, line, 'startup', {MEM_RECALL: '0'}), agent).toEqual({status: 0, stdout: '', stderr: ''});
  }
});

test('Claude Code and Codex do not even start the hook where a session is resumed', async () => {
  await using mem = await anAccount(['claude-code', 'codex']);
  await mem.run(['connect', 'claude-code', 'codex', '--recall', '--no-import']);
  for (const agent of ['claude-code', 'codex']) {
    const {hooks} = JSON.parse(await readFile(join(mem.folder, HOOK_FILES[agent] ?? ''), 'utf8'));
    const {matcher} = hooks.SessionStart.find((group: {matcher?: string}) => group.matcher !== undefined);
    expect(['startup', 'resume', 'clear', 'compact', 'fork'].filter((source) => new RegExp(`^(?:${matcher})$`).test(source))).toEqual([
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
