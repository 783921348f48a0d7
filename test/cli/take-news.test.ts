import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {systemClock} from '../../src/system/clock.js';
import {PATIENCE_MS} from '../patience.js';
import {aUser, linesOf, PROJECT, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {textsIn} from '../store/port/cases/case-rig.js';
import {MemRig} from './mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));
/** Each has 100 kB. A command has time for 40 of them. */
const LINES = process.env['MEM_PROOFS'] === '1' ? 1000 : 300;
/** Half an hour ago: the agent has rested since. */
const AT = Date.now() - 1_800_000;
function said(n: number, text: string): string {
  return linesOf(aUser(n, text, {timestamp: new Date(AT + n * 1000).toISOString()}));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  appendFileSync(path, text);
}

/** With all times, by which mem knows what is new. */
function copy(from: MemRig, to: MemRig): void {
  execFileSync('cp', ['-a', '--', from.folder, `${to.folder}.new`]);
  renameSync(`${to.folder}.new`, to.folder);
}

/** A user of Claude Code who is connected, and a copy of all that is theirs. */
let user: MemRig & {transcript: string};
let kept: MemRig;
beforeAll(async () => {
  kept = await MemRig.create();
  await using mem = await MemRig.create();
  const transcript = join(mem.folder, TRANSCRIPT);
  write(transcript, said(1, 'Salt the water.'));
  utimesSync(transcript, AT / 1000, AT / 1000);
  const {status, stderr} = await mem.run(['connect', 'claude-code']);
  if (status !== 0) throw new Error(stderr);
  copy(mem, kept);
  user = Object.assign(mem, {transcript});
});
afterAll(() => kept[Symbol.asyncDispose]());

/** A user of Claude Code whose conversations were read an hour ago, when the only session held "Salt the water.". */
function connected(): typeof user {
  copy(kept, user);
  // The copy of the transcript is the file that was read.
  const path = join(user.home, 'read-sources.json');
  const {'claude-code': reading} = JSON.parse(readFileSync(path, 'utf8'));
  const {ino: inode, dev: device, mtimeMs} = statSync(user.transcript);
  expect(reading.stamps[user.transcript].mtimeMs).toBe(mtimeMs);
  Object.assign(reading.stamps[user.transcript], {inode, device});
  writeFileSync(path, `${JSON.stringify({'claude-code': reading})}\n`);
  return user;
}

const READERS: readonly (readonly string[])[] = [
  ['toc', 'show', 'today', '--json'],
  ['events', '--json'],
  ['search', 'kettle', '--json'],
  ['recall', 'kettle', '--json'],
  ['report', '--json'],
  ['toc', 'list', '--json'],
  ['stats', '--json'],
];

describe('a command that reads takes in what the agent just wrote', () => {
  let mem: typeof user;
  beforeAll(() => {
    mem = connected();
  });
  afterAll(() => mem[Symbol.asyncDispose]());

  test.each(READERS.map((args) => [args]))('mem %j', async (args) => {
    const text = `Descale the kettle for mem ${args.join(' ')}.`;
    write(mem.transcript, said(2 + READERS.indexOf(args), text));
    expect(await mem.run(args)).toMatchObject({status: 0, stderr: ''});
    expect(await openStoreGate(mem.home).use(PATIENCE_MS, textsIn)).toContain(text);
  });
});

const shown = async (mem: MemRig): Promise<string> => (await mem.run(['events', '--json'])).stdout;

test('a session in a new project is found', async () => {
  await using mem = connected();
  write(join(mem.folder, '.claude', 'projects', '-srv-attic', 'new.jsonl'), said(2, 'Sweep the attic.'));
  expect(await shown(mem)).toContain('Sweep the attic.');
});

test('an answer of an MCP server knows what the agent wrote since it began', async () => {
  await using mem = connected();
  const call = {name: 'mem_search', arguments: {query: 'kettle'}};
  const ask = (id: number, method: string, params: object) => `${JSON.stringify({jsonrpc: '2.0', id, method, params})}\n`;
  const hello = {protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {name: 'test', version: '1'}};
  const server = spawn(process.execPath, [MEM, 'mcp'], {env: mem.env, stdio: ['pipe', 'pipe', 'inherit']});
  const lines = createInterface({input: server.stdout})[Symbol.asyncIterator]();
  server.stdin.write(ask(1, 'initialize', hello));
  await lines.next();
  write(mem.transcript, said(2, 'Descale the kettle.'));
  server.stdin.write(ask(2, 'tools/call', call));
  expect((await lines.next()).value).toContain('Descale the kettle.');
  server.stdin.end();
  await once(server, 'close');
});

test('what was read is not read again', async () => {
  await using mem = connected();
  write(mem.transcript, said(2, 'Descale the kettle.'));
  await shown(mem);
  const noted = () => statSync(join(mem.home, 'read-sources.json')).mtimeMs;
  // The first reading may have come so soon after the change that it is looked at once more.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  utimesSync(mem.transcript, AT / 1000, AT / 1000);
  await shown(mem);
  const before = noted();
  expect((await shown(mem)).split('Descale the kettle.')).toHaveLength(2);
  expect(noted()).toBe(before);
});

test('an agent that is not connected is not read', async () => {
  await using mem = connected();
  await mem.run(['disconnect', 'claude-code']);
  write(mem.transcript, said(2, 'Descale the kettle.'));
  expect(await shown(mem)).not.toContain('Descale the kettle.');
});

test('a folder of the agent that vanished takes nothing out of the memory', async () => {
  await using mem = connected();
  rmSync(join(mem.folder, '.claude', 'projects'), {recursive: true});
  expect(await mem.run(['events', '--json'])).toMatchObject({status: 0, stderr: '', stdout: expect.stringContaining('Salt the water.')});
});

test('a home that cannot be written fails nothing', async () => {
  await using mem = connected();
  write(mem.transcript, said(2, 'Descale the kettle.'));
  const locks = join(mem.home, 'locks');
  rmSync(locks, {recursive: true, force: true});
  // Not even root can make a folder here.
  writeFileSync(locks, '');
  const {status, stdout, stderr} = await mem.run(['events', '--json']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('Salt the water.')]);
  expect(stderr).toMatch(/^mem: warning: what agents wrote since was not read: .*locks.*; see: mem import\n$/);
});

test('an import that runs keeps nobody waiting', async () => {
  await using mem = connected();
  write(mem.transcript, said(2, 'Descale the kettle.'));
  const lock = openLocks(mem.home, systemClock).acquire('import', {trigger: 'hand'});
  const {status, stdout, stderr} = await mem.run(['events', '--json']);
  if (lock.kind === 'acquired') lock.release();
  expect([status, stdout, stderr]).toEqual([
    0,
    expect.not.stringContaining('Descale the kettle.'),
    'mem: note: what agents wrote since is not all read yet; read the rest with: mem import\n',
  ]);
});

test(`a file of ${LINES / 10} MB holds a command up for a moment, and the next ones go on with it`, async () => {
  await using mem = connected();
  const big = join(mem.folder, PROJECT, 'big.jsonl');
  const at = new Date(AT).toISOString();
  const line = (n: number) => aUser(n, 'x'.repeat(100_000), {sessionId: 'big', uuid: `big-${n}`, timestamp: at});
  for (let n = 0; n < LINES; n += 100) write(big, linesOf(...Array.from({length: 100}, (_, i) => line(n + i))));
  const {status, stdout, stderr} = await mem.run(['stats', '--json']);
  expect([status, stderr]).toEqual([0, 'mem: note: what agents wrote since is not all read yet; read the rest with: mem import\n']);
  const events = () => mem.run(['events', '--json']).then(({stdout}) => stdout.trim().split('\n').length);
  const [first, second] = [await events(), await events()];

  expect(first).toBeLessThan(LINES * 0.9);
  expect(second).toBeGreaterThan(first);
  expect(stdout).toContain('{');
  await mem.run(['import', '--no-rollup']);
  expect(await events()).toBe(LINES + 1);
});
