import {spawnSync} from 'node:child_process';
import {copyFileSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {aUser, linesOf, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {asCron, commandOf, INSTALL, withCrontab} from './crontab-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));

/** A Node that lies where nvm puts it. */
function pinnedNode(folder: string): string {
  const node = join(folder, '.nvm', 'versions', 'node', process.version, 'bin', 'node');
  mkdirSync(dirname(node), {recursive: true});
  try {
    linkSync(process.execPath, node);
  } catch {
    copyFileSync(process.execPath, node);
  }
  return node;
}

test('connect and the schedule work with a Node of nvm and no PATH, and a Node that went later is told', async () => {
  await using cron = await withCrontab();
  const {mem, rig} = cron;
  const node = pinnedNode(mem.folder);
  // As from a desktop: no PATH but for what reads and writes the crontab.
  const run = (args: readonly string[]) => {
    const {status, stdout, stderr} = spawnSync(node, [MEM, ...args], {env: {HOME: mem.folder, ...cron.env}, encoding: 'utf8'});
    return {status, stdout, stderr};
  };
  const transcript = join(mem.folder, TRANSCRIPT);
  mkdirSync(dirname(transcript), {recursive: true});
  writeFileSync(transcript, linesOf(aUser(1, 'Salt the water.')));

  const connected = run(['connect', 'claude-code']);
  expect(connected).toMatchObject({status: 0, stderr: expect.stringContaining('mem install-schedule')});
  expect(connected.stdout).toContain('1 event stored');
  const {hooks} = JSON.parse(readFileSync(join(mem.folder, '.claude', 'settings.json'), 'utf8'));
  expect(spawnSync('/bin/sh', ['-c', hooks.Stop[0].hooks[0].command], {input: '{"session_id":"s"}', env: {}})).toMatchObject({status: 0});
  expect(JSON.parse(run(['import', '--json', '--dry-run']).stdout)).toMatchObject({sources: [{agent: 'claude-code', stored: 0}]});

  expect(run(INSTALL)).toMatchObject({status: 0});
  // Nothing is left to hint at.
  expect(run(['connect', 'claude-code'])).toMatchObject({status: 0, stderr: ''});
  expect((await asCron(commandOf(rig, 'import'))).status).toBe(0);
  expect(run(['schedule', 'status']).stdout).not.toContain('Node is no longer');

  // nvm uninstall
  rmSync(node);
  const told = `Node is no longer at ${node}`;
  const doctor = JSON.parse((await mem.run(['doctor', '--json'], '', cron.env)).stdout);
  expect(doctor.findings).toContainEqual({part: 'schedule', well: false, message: told, cure: 'mem install-schedule', status: 69});
  expect((await mem.run(['schedule', 'status'], '', cron.env)).stdout).toContain(told);
  expect((await mem.run(['status'], '', cron.env)).stdout).toContain(told);
});
