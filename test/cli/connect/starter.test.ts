import {spawnSync} from 'node:child_process';
import {copyFile, link, mkdir, readFile, rename, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {anAccount, hookLine, MEM, startSession} from './account-rig.js';

test('the starter finds another version of nvm when its own is gone', async () => {
  await using mem = await anAccount(['codex']);
  const versions = join(mem.folder, '.nvm', 'versions', 'node');
  const [own, next] = [process.version, 'v99.0.0'].map((version) => join(versions, version, 'bin', 'node')) as [string, string];
  for (const path of [own, next]) await mkdir(dirname(path), {recursive: true});
  await link(process.execPath, own).catch(() => copyFile(process.execPath, own));
  const connected = spawnSync(own, [MEM, 'connect', 'codex', '--recall', '--no-import'], {env: {HOME: mem.folder}, encoding: 'utf8'});
  expect(connected.stdout).toContain('tried without any environment: it works');
  await rename(own, next);
  expect(startSession(mem, await hookLine(mem, 'codex'), 'startup', {PATH: '/nowhere'}).stdout).toContain('plum tart');
});

test('the starter finds the mem of the PATH when its own is gone', async () => {
  await using mem = await anAccount(['codex']);
  await mem.run(['connect', 'codex', '--recall', '--no-import']);
  const starter = join(mem.home, 'mem-start.sh');
  await writeFile(starter, (await readFile(starter, 'utf8')).replace(/^script=.*$/m, 'script=/nowhere/mem.js').replace(`${MEM} `, ''));
  await mkdir(join(mem.folder, 'bin'));
  await symlink(MEM, join(mem.folder, 'bin', 'mem'));
  const line = await hookLine(mem, 'codex');
  expect(startSession(mem, line, 'startup', {PATH: join(mem.folder, 'bin')}).stdout).toContain('plum tart');
  expect(startSession(mem, line, 'startup', {PATH: '/nowhere'}).status).toBe(78);
});

test('the starter asks the memory that connected the agent, wherever it lies', async () => {
  await using mem = await anAccount(['codex']);
  const home = join(mem.folder, 'my memory');
  await rename(mem.home, home);
  const connected = await mem.run(['connect', 'codex', '--recall', '--no-import'], '', {MEM_HOME: home});
  expect(connected.stdout).toContain('recall: in ');
  const line = await hookLine(mem, 'codex');
  expect(line).toBe(`'${home}/mem-start.sh' recall --hook --for codex`);
  expect(startSession(mem, line, 'startup').stdout).toContain('plum tart');
});

test('the starter finds another Node when its own is gone, and says so where there is none', async () => {
  await using mem = await anAccount(['claude-code']);
  await mem.run(['connect', 'claude-code', '--recall', '--no-import']);
  const starter = join(mem.home, 'mem-start.sh');
  const script = await readFile(starter, 'utf8');
  await writeFile(
    starter,
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
