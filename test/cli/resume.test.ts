import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const ID = '0f3a1b2c-0000-4000-8000-000000000001';

async function ingested(mem: MemRig, cwd: string): Promise<void> {
  const metadata = {cwd};
  await mem.ingest([
    anEvent({at: '2024-01-15T12:00:00Z', session: ID, project: 'api', text: 'Fix the parser.', metadata}),
    // The work went elsewhere later.
    anEvent({at: '2024-01-16T12:00:00Z', session: ID, project: 'api', text: 'And its tests.', metadata: {cwd: '/elsewhere'}}),
    anEvent({at: '2024-01-17T12:00:00Z', session: 'c-1', agent: 'codex', project: 'web', text: 'Paint the button.', metadata}),
    anEvent({at: '2024-01-18T12:00:00Z', session: 'n-1', agent: 'mem', project: 'api', text: 'A note about tides.', metadata}),
  ]);
}

test('prints the command of the agent for the folder in which the session began, quoted for a shell', async () => {
  await using mem = await MemRig.create();
  const cwd = join(mem.folder, "it's api");
  await ingested(mem, cwd);
  const command = `cd '${cwd.replace("'", `'\\''`)}' && claude --resume ${ID}\n`;
  expect(await mem.run(['resume', '0f3a'])).toEqual({status: 0, stdout: command, stderr: ''});
  expect((await mem.run(['resume', 'fix', 'parser'])).stdout).toBe(command);
  expect((await mem.run(['resume', 'c-1'])).stdout).toContain('&& codex resume c-1');
  expect(JSON.parse((await mem.run(['resume', ID, '--json'])).stdout)).toEqual({
    agent: 'claude-code',
    session_id: ID,
    project: 'api',
    cwd,
    last: '2024-01-16T13:00:00.000+01:00',
    command: ['claude', '--resume', ID],
    shell: command.trimEnd(),
  });
});

test('without words it is the last session of the project of this folder whose agent can resume it, before a rollup and after it', async () => {
  await using mem = await MemRig.create();
  // The folder in which the rig runs mem is the project.
  const project = mem.folder.slice(mem.folder.lastIndexOf('/') + 1);
  await ingested(mem, '/w');
  expect(await mem.run(['resume'])).toMatchObject({status: 66, stdout: '', stderr: expect.stringContaining('can be resumed [NO_INPUT]')});
  await mem.ingest([anEvent({at: '2024-01-10T12:00:00Z', session: 'here', project, text: 'Here.', metadata: {cwd: mem.folder}})]);
  for (const _ of ['before', 'after']) {
    expect((await mem.run(['resume'])).stdout).toBe(`cd ${mem.folder} && claude --resume here\n`);
    await mem.rollUp();
  }
});

test('says which agents it cannot resume, and hands no hostile name to a shell', async () => {
  await using mem = await MemRig.create();
  await ingested(mem, '/w');
  await mem.ingest([anEvent({at: '2024-01-19T12:00:00Z', session: '--dangerous', text: 'A zebra.', metadata: {cwd: '/w'}})]);
  expect(await mem.run(['resume', 'n-1'])).toMatchObject({status: 66, stderr: expect.stringContaining('resumes a session of mem: n-1')});
  expect(await mem.run(['resume', 'zebra'])).toMatchObject({status: 65, stdout: ''});
});

test('--run starts the agent in its folder and ends as it does', async () => {
  await using mem = await MemRig.create();
  const cwd = join(mem.folder, 'api');
  await mkdir(cwd);
  await ingested(mem, cwd);
  const bin = join(mem.folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'claude'), '#!/bin/sh\necho "$PWD $*"\nexit 7\n');
  await chmod(join(bin, 'claude'), 0o755);
  const PATH = `${bin}:${mem.env['PATH']}`;
  expect(await mem.run(['resume', '0f3a', '--run'], '', {PATH})).toEqual({status: 7, stdout: `${cwd} --resume ${ID}\n`, stderr: ''});
  expect(await mem.run(['resume', 'c-1', '--run'], '', {PATH})).toMatchObject({
    status: 69,
    stderr: expect.stringContaining('codex could not be started'),
  });
});
