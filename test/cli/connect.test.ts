import {spawnSync} from 'node:child_process';
import {mkdir, readdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {anAnswer, aText, aUser, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {MemRig} from './mem-rig.js';

const SETTINGS = '{\n  "model": "opus",\n  "hooks": {"Stop": []} // mine\n}\n';

async function aUserOfClaude(mem: MemRig): Promise<string> {
  const transcript = join(mem.folder, TRANSCRIPT);
  await mkdir(dirname(transcript), {recursive: true});
  await writeFile(transcript, linesOf(aUser(1, 'Salt the water.'), anAnswer(2, [aText('Done.')])));
  await utimes(transcript, 1709700000, 1709700000);
  const settings = join(mem.folder, '.claude', 'settings.json');
  await writeFile(settings, SETTINGS);
  return settings;
}

test('a bare connect lists what is there, and changes nothing without a terminal', async () => {
  await using mem = await MemRig.create();
  const settings = await aUserOfClaude(mem);
  const {status, stdout, stderr} = await mem.run(['connect']);
  expect([status, stderr]).toEqual([0, 'mem: hint: connect them with: mem connect claude-code\n']);
  expect(stdout).toMatch(
    /^claude-code +- +1 file, \d+ bytes, from 2024-03-06 to 2024-03-06; it deletes 1 of them within 14 days, the first on /m,
  );
  expect(await readFile(settings, 'utf8')).toBe(SETTINGS);
});

test('connect adds hooks, tries them, imports and rolls up; disconnect is the exact reverse', async () => {
  await using mem = await MemRig.create();
  const settings = await aUserOfClaude(mem);
  const {status, stdout, stderr} = await mem.run(['connect', 'claude-code']);
  expect(stderr).toBe('mem: hint: have new conversations read every quarter of an hour with: mem install-schedule\n');
  expect(stdout.split('\n')).toEqual([
    `claude-code: connected; 5 hooks in ${settings}`,
    '  tried without any environment: 5 of 5 hooks captured',
    expect.stringContaining(`  the settings as they were: ${settings}.mem-`),
    '  note: Claude Code deletes transcripts that rest for long: cleanupPeriodDays is not set, which means 30 days; mem does not change it',
    'claude-code: 2 events of 1 session in 1 file, of 2024-03-05: 2 events stored, 0 known before',
    '',
  ]);
  expect(status).toBe(0);
  expect(JSON.parse((await mem.run(['toc', 'list', '--level', 'day', '--json'])).stdout)).toMatchObject({node_id: 'toc:day:2024-03-05'});
  const again = await mem.run(['connect', 'claude-code']);
  expect(again.stdout).toContain(`claude-code: connected already; ${settings} is as it should be\n`);
  expect((await mem.run(['import'])).stdout).toBe('claude-code: 1 file, nothing new\n');
  const gone = await mem.run(['disconnect', '--all']);
  expect([gone.status, gone.stderr]).toEqual([0, '']);
  expect(await readFile(settings, 'utf8')).toBe(SETTINGS);
  expect((await mem.run(['import'])).status).toBe(64);
});

test('what a hook says, and the transcript does not, is an event of the import ten minutes later', async () => {
  await using mem = await MemRig.create();
  const settings = await aUserOfClaude(mem);
  await mem.run(['connect', 'claude-code', '--no-import']);
  const {hooks} = JSON.parse((await readFile(settings, 'utf8')).replace(' // mine', ''));
  const payload = {hook_event_name: 'Stop', session_id: 'new', cwd: '/', last_assistant_message: 'The water is salted.'};
  expect(spawnSync('/bin/sh', ['-c', hooks.Stop[0].hooks[0].command], {input: JSON.stringify(payload), env: {}}).status).toBe(0);
  await mem.run(['import', '--no-rollup']);
  expect((await mem.run(['events'])).stdout).not.toContain('The water is salted.');
  const raw = join(mem.home, 'inbox', 'raw');
  const [bell = ''] = await readdir(raw);
  const rungAt = Date.now() / 1000 - 700;
  await utimes(join(raw, bell), rungAt, rungAt);
  await mem.run(['import', '--no-rollup']);
  expect((await mem.run(['events'])).stdout).toContain('The water is salted.');
  expect(await readdir(raw)).toEqual([]);
});

test('a dry run shows the diff of each file and changes nothing', async () => {
  await using mem = await MemRig.create();
  const settings = await aUserOfClaude(mem);
  const {status, stdout} = await mem.run(['connect', 'claude-code', '--dry-run']);
  expect(status).toBe(0);
  expect(stdout).toContain(`--- ${settings}\n+++ ${settings}\n`);
  expect(stdout).toContain(`+++ ${mem.home}/mem-bell.sh\n`);
  expect(await readFile(settings, 'utf8')).toBe(SETTINGS);
  expect((await mem.run(['config', 'get', 'sources.connected'])).stdout).toBe('[]\n');
});

test('invalid settings are refused with line and column, and the agent is not connected', async () => {
  await using mem = await MemRig.create();
  const settings = await aUserOfClaude(mem);
  await writeFile(settings, '{\n  "model" "opus"\n}\n');
  expect(await mem.run(['connect', 'claude-code'])).toEqual({
    status: 78,
    stdout: '',
    stderr: `mem: error: ${settings} is invalid in line 2, column 11: colon expected [CONFIG_INVALID]\nmem: hint: fix it in an editor, then run the command again; nothing was changed\n`,
  });
  expect((await mem.run(['config', 'get', 'sources.connected'])).stdout).toBe('[]\n');
});

test('a name that is no agent is refused', async () => {
  await using mem = await MemRig.create();
  expect(await mem.run(['connect', 'claud-code'])).toEqual({
    status: 64,
    stdout: '',
    stderr: 'mem: error: "claud-code" is not an agent that mem knows [USAGE]\nmem: hint: did you mean claude-code?\n',
  });
});

test('a read command says that what an agent wrote does not come in', async () => {
  await using mem = await MemRig.create();
  await aUserOfClaude(mem);
  await mem.run(['connect', 'claude-code']);
  expect((await mem.run(['toc', 'show'])).stderr).toBe('');
  const path = join(mem.home, 'read-sources.json');
  const noted = JSON.parse(await readFile(path, 'utf8'));
  const readAt = Date.now() - 2 * 86_400_000;
  await writeFile(path, JSON.stringify({'claude-code': {...noted['claude-code'], readAt}}));
  const since = new Date(readAt).toISOString().slice(0, 10);
  const alarm = `what claude-code wrote since ${since} was not read; read it with: mem import`;
  expect((await mem.run(['toc', 'log', '2024-03-05'])).stderr).toBe(`mem: warning: ${alarm}\n`);
  expect(JSON.parse((await mem.run(['status', '--json'])).stdout).alarms[0]).toBe(alarm);
  // A command that shows what was said reads it first.
  expect((await mem.run(['toc', 'show'])).stderr).toBe('');
  expect(JSON.parse((await mem.run(['status', '--json'])).stdout).alarms).toEqual([]);
});
