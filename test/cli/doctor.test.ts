import {chmod, mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {commandOf, INSTALL, withCrontab} from './crontab-rig.js';
import {anEvent, MemRig} from './mem-rig.js';

interface Finding {
  readonly part: string;
  readonly well: boolean;
  readonly message: string;
  readonly cure: string | null;
  readonly status: number;
}

async function findings(mem: MemRig): Promise<{status: number | null; wrong: readonly Finding[]}> {
  const {status, stdout} = await mem.run(['doctor', '--json']);
  const all = JSON.parse(stdout).findings as readonly Finding[];
  // No mem is on the PATH of the tests.
  return {status, wrong: all.filter(({well, part}) => !well && part !== 'path' && part !== 'schedule')};
}

test('names what is missing, with what to do, and ends with the worst status', async () => {
  await using mem = await MemRig.create();
  expect(await findings(mem)).toEqual({
    status: 78,
    wrong: [{part: 'sources', well: false, message: 'no agent is connected', cure: 'connect one: mem connect', status: 78}],
  });
});

test('what is connected is well until its hooks are gone', async () => {
  await using mem = await MemRig.create();
  await mkdir(join(mem.folder, '.claude'));
  await mem.run(['connect', 'claude-code']);
  await mem.ingest([anEvent({at: '2024-01-15T10:00:00Z', text: 'Salt the water.'})]);
  expect((await findings(mem)).wrong).toEqual([]);
  await writeFile(join(mem.folder, '.claude', 'settings.json'), '{}');
  expect((await findings(mem)).wrong).toMatchObject([{part: 'hooks', status: 78, cure: 'write them again: mem connect claude-code'}]);
  await rm(join(mem.home, 'mem-bell.sh'));
  const {wrong} = await findings(mem);
  expect(wrong.map(({part}) => part)).toEqual(['sources', 'hooks']);
});

test('a home that others can read is closed with a command', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([anEvent({at: '2024-01-15T10:00:00Z', text: 'Salt the water.'})]);
  await chmod(mem.home, 0o755);
  expect((await findings(mem)).wrong[0]).toEqual({
    part: 'home',
    well: false,
    message: `others can read ${mem.home}`,
    cure: `close it: chmod 700 ${mem.home}`,
    status: 78,
  });
});

test('a schedule that is installed is well, and says what came in when all is', async () => {
  await using cron = await withCrontab();
  const {mem, rig} = cron;
  // Nothing but this crontab may be touched: the programs of the machine come behind it.
  const path = `${join(rig.folder, 'bin')}:/usr/bin:/bin`;
  await mkdir(join(mem.folder, '.claude'));
  await mem.run(['connect', 'claude-code']);
  await mem.ingest([anEvent({at: new Date().toISOString(), text: 'Salt the water.', project: 'acme/soup'})]);
  expect((await mem.run(['doctor'], '', cron.env)).stdout).toContain(
    'schedule  nothing starts the jobs\n          have them started: mem install-schedule\n',
  );
  expect((await mem.run(INSTALL, '', cron.env)).status).toBe(0);
  expect(commandOf(rig, 'import')).toContain('import');
  await writeFile(join(rig.folder, 'bin', 'mem'), '#!/bin/sh\n', {mode: 0o755});
  const {status, stdout} = await mem.run(['doctor'], '', {PATH: path});
  expect(stdout.split('\n').at(-2)).toBe('All is well: 1 session of claude-code in acme/soup in the last seven days.');
  expect(status).toBe(0);
});

test('a wrong setting is named, and the rest is looked at all the same', async () => {
  await using mem = await MemRig.create();
  await mkdir(join(mem.folder, '.config', 'mem'), {recursive: true});
  await writeFile(join(mem.folder, '.config', 'mem', 'config.toml'), 'min_agee = "1h"\n');
  const {status, wrong} = await findings(mem);
  expect(status).toBe(78);
  expect(wrong).toMatchObject([
    {part: 'settings', message: expect.stringContaining('there is no setting "min_agee"'), cure: 'did you mean "min_age"?', status: 78},
    {part: 'sources'},
  ]);
});

test('hooks that run and keep nothing are found by trying one, which leaves nothing behind', async () => {
  await using mem = await MemRig.create();
  await mkdir(join(mem.folder, '.claude'));
  await mem.run(['connect', 'claude-code']);
  expect((await findings(mem)).wrong).toEqual([]);
  expect(await readdir(join(mem.home, 'inbox', 'raw'))).toEqual([]);
  await writeFile(join(mem.home, 'mem-bell.sh'), '#!/bin/sh\nexit 0\n');
  expect((await findings(mem)).wrong).toMatchObject([
    {part: 'hooks', status: 78, message: expect.stringContaining('run, but keep nothing')},
  ]);
  expect((await mem.run(['connect', 'claude-code'])).status).toBe(0);
  expect((await findings(mem)).wrong).toEqual([]);
});
