import {chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from '../../cli/mem-rig.js';
import {lackingSshd, SshRig} from './ssh-rig.js';

const reason = lackingSshd();
if (reason !== undefined) process.stderr.write(`skipped: mem sync over a real sshd; ${reason}\n`);

const said = (n: number): Record<string, unknown> =>
  anEvent({at: `2024-01-15T12:${String(n).padStart(2, '0')}:00Z`, text: `The parser of the tide table, part ${n}.`});

async function aClient(ssh: SshRig): Promise<MemRig> {
  const rig = await MemRig.create();
  rig.env['PATH'] = `${ssh.clientBin}:${rig.env['PATH']}`;
  return rig;
}

const exported = async (rig: MemRig, ...store: readonly string[]): Promise<string> => (await rig.run(['export', ...store])).stdout;

test.skipIf(reason !== undefined)('over a real sshd two memories become equal, and no shell reads the name of the home', async () => {
  await using ssh = await SshRig.create();
  await using a = await aClient(ssh);
  await a.ingest([said(1), said(2)]);
  const odd = `${ssh.account}/a home; touch pwned $(touch pwned) 'x`;
  const address = `ssh://desk${encodeURI(odd)}`;
  const dry = await a.run(['sync', address, '--dry-run', '--json']);
  expect(dry, dry.stderr).toMatchObject({status: 0});
  expect(JSON.parse(dry.stdout)).toMatchObject({dry_run: true, sent: {files: 1}, received: {files: 0}});
  const first = await a.run(['sync', address, '--json']);
  expect(first, first.stderr).toMatchObject({status: 0, stderr: ''});
  expect(JSON.parse(first.stdout)).toMatchObject({peer: address, sent: {files: 1, new_events: 2}, zone_and_key_taken: 'there'});
  expect((await a.run(['ingest', '--drain', '--store', odd], `${JSON.stringify(said(3))}\n`)).status).toBe(0);
  expect((await a.run(['sync', address])).stdout).toMatch(/^received {2}1 file, 0\.0 MB: 1 new events\nsent {2}0 files/);
  expect(await exported(a, '--store', odd)).toBe(await exported(a));
  expect(readdirSync(ssh.account).filter((name) => name !== '.cache')).toEqual([basename(odd)]);
});

test.skipIf(reason !== undefined)('a key that may run nothing but mem sync --serve is enough', async () => {
  await using ssh = await SshRig.create({command: 'mem sync --serve'});
  await using a = await aClient(ssh);
  await a.ingest([said(1)]);
  expect(await a.run(['sync', 'ssh://desk'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('sent  1 file, 0.0 MB: 1 new events'),
  });
  expect(await exported(a, '--store', ssh.home)).toBe(await exported(a));
  ssh.shellSays('hello');
  const {status, stderr} = await a.run(['sync', 'ssh://desk']);
  expect(stderr).toContain('what ssh://desk sends is not of mem sync --serve: "hello');
  expect(status).toBe(69);
});

test.skipIf(reason !== undefined)('each side sends no more than its own sync.projects', async () => {
  await using ssh = await SshRig.create();
  await using a = await aClient(ssh);
  const of = (project: string, n: number) => ({...said(n), project, text: `Of ${project}.`});
  await a.ingest([of('acme/open', 1), of('acme/closed', 2)]);
  await a.run(
    ['ingest', '--drain', '--store', ssh.home],
    [of('acme/else', 3), of('acme/vault', 4)].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  mkdirSync(join(ssh.account, '.config', 'mem'), {recursive: true});
  writeFileSync(join(ssh.account, '.config', 'mem', 'config.toml'), 'sync.projects = ["*/else"]\n');
  expect((await a.run(['config', 'set', 'sync.projects', '["acme/o*"]'])).status).toBe(0);
  const {stdout, stderr} = await a.run(['sync', 'ssh://desk', '--json']);
  expect(JSON.parse(stdout), stderr).toMatchObject({received: {new_events: 1}, sent: {new_events: 1}, refused: []});
  expect(await exported(a)).toMatch(/^.*Of acme\/open.*\n.*Of acme\/closed.*\n.*Of acme\/else.*\n$/);
  expect(await exported(a, '--store', ssh.home)).toMatch(/^.*Of acme\/open.*\n.*Of acme\/else.*\n.*Of acme\/vault.*\n$/);
});

test.each([
  [['sync'], 'no peer is named'],
  [['sync', 'ssh://-oProxyCommand=x'], '"ssh://-oProxyCommand=x" is not the address of a memory'],
  [['sync', 'sftp://desk'], '"sftp://desk" is not the address of a memory'],
  [['sync', '--serve', 'folder'], 'mem sync --serve is started by the mem sync of another machine, over ssh'],
])('%j is wrong usage', async (args, message) => {
  await using a = await MemRig.create();
  expect(await a.run(args)).toMatchObject({status: 64, stderr: expect.stringContaining(`mem: error: ${message} [USAGE]\n`)});
});

test('ssh gives a machine that is off up soon, and asks for nothing where nobody is; the hint is what to try by hand', async () => {
  await using a = await MemRig.create();
  const ssh = await a.write(
    'ssh',
    '#!/bin/sh\necho "$@" >"$HOME/asked"\necho "ssh: connect to host desk port 2222: Connection timed out" >&2\nexit 255\n',
  );
  chmodSync(ssh, 0o755);
  const {status, stderr} = await a.run(['sync', 'ssh://me@desk:2222'], '', {PATH: `${a.folder}:${a.env['PATH']}`});
  expect(status).toBe(69);
  expect(stderr).toContain(
    'ssh://me@desk:2222 cannot be reached: ssh: connect to host desk port 2222: Connection timed out [SERVICE_AWAY]',
  );
  expect(stderr).toContain('see whether the machine is on, and whether this works: ssh -o BatchMode=yes -l me -p 2222 desk true');
  expect(readFileSync(join(a.folder, 'asked'), 'utf8')).toBe(
    '-T -o ConnectTimeout=15 -o BatchMode=yes -l me -p 2222 -- desk mem sync --serve\n',
  );
});

test('where ssh is missing the error says so', async () => {
  await using a = await MemRig.create();
  const missing = await a.run(['sync', 'ssh://desk'], '', {PATH: '/nowhere'});
  expect(missing).toMatchObject({status: 69, stderr: expect.stringContaining('the program ssh is not there')});
});
