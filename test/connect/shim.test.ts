import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {SHIM_NAME} from '../../src/connect/script-names.js';
import {findTools, shimText} from '../../src/connect/shim.js';
import {openBells} from '../../src/inbox/bell-folder.js';
import {PATIENCE_MS} from '../patience.js';

let folder: string;
let home: string;
let shim: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-shim-'));
  // Spaces, quotes and dollars: every path is one word.
  home = join(folder, `it's $HOME "x"`);
  shim = join(folder, SHIM_NAME);
  writeShim();
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function writeShim(change: (text: string) => string = (text) => text): void {
  writeFileSync(shim, change(shimText({home, version: '1', platform: process.platform, tools: findTools('')})));
  chmodSync(shim, 0o700);
}

const raw = () => join(home, 'inbox', 'raw');
const payload = JSON.stringify({hook_event_name: 'Stop', session_id: 's1', text: 'ä "quoted" $(date) \\n'});

test('it keeps the payload byte for byte, without any environment, and says nothing', () => {
  const before = Math.floor(Date.now() / 1000);
  const run = spawnSync(shim, ['claude-code'], {input: payload, env: {}});
  expect([run.status, String(run.stdout), String(run.stderr)]).toEqual([0, '', '']);
  const bells = openBells(home);
  const [bell] = bells.list(Date.now() as never);
  expect(bell?.agent).toBe('claude-code');
  expect(bell?.rungAt).toBeGreaterThanOrEqual(before * 1000);
  expect(String(bell && bells.read(bell))).toBe(payload);
  expect(statSync(join(raw(), bell?.name ?? '')).mode & 0o777).toBe(0o600);
});

test('a megabyte arrives whole', () => {
  const large = 'x'.repeat(1024 * 1024);
  spawnSync(shim, ['codex'], {input: large, env: {}});
  expect(readFileSync(join(raw(), readdirSync(raw())[0] ?? ''), 'utf8')).toBe(large);
});

test('an agent with a strange name is kept under a name that is no path', () => {
  spawnSync(shim, ['../../x'], {input: payload, env: {}});
  expect(openBells(home).list(Date.now() as never)).toMatchObject([{agent: 'unknown'}]);
});

test('it succeeds where nothing can be kept', () => {
  writeFileSync(home, 'a file is in the way');
  const run = spawnSync(shim, ['claude-code'], {input: payload, env: {}});
  expect([run.status, String(run.stdout), String(run.stderr)]).toEqual([0, '', '']);
});

test('sixteen at once are sixteen bells', async () => {
  const runs = Array.from({length: 16}, (_, at) => {
    const child = spawn(shim, ['claude-code'], {env: {}});
    child.stdin.end(`${payload}${at}`);
    return new Promise((resolve) => child.on('close', resolve));
  });
  await Promise.all(runs);
  const bells = openBells(home);
  const kept = bells.list(Date.now() as never).map((bell) => String(bells.read(bell)));
  expect(kept.sort()).toEqual(Array.from({length: 16}, (_, at) => `${payload}${at}`).sort());
});

test('a bell of an older shim, which named its second, is read as it was', () => {
  mkdirSync(raw(), {recursive: true});
  writeFileSync(join(raw(), '1700000000.codex.42_ab'), payload);
  expect(openBells(home).list(Date.now() as never)).toEqual([{name: '1700000000.codex.42_ab', agent: 'codex', rungAt: 1_700_000_000_000}]);
  expect(openBells(home).facts()).toMatchObject({count: 1, oldestAt: 1_700_000_000_000});
});

test.each([['dash'], ['bash', '--posix'], ['busybox', 'ash']])('%s runs it, where there is one', (program, ...words) => {
  const run = spawnSync(program, [...words, shim, 'claude-code'], {input: payload, env: {PATH: process.env['PATH']}});
  if (run.error !== undefined) return;
  expect([run.status, String(run.stdout), String(run.stderr)]).toEqual([0, '', '']);
  expect(readdirSync(raw()).map((name) => readFileSync(join(raw(), name), 'utf8'))).toEqual([payload]);
});

test('it starts three programs, and no more', () => {
  mkdirSync(raw(), {recursive: true});
  const run = spawnSync('strace', ['-f', '-qq', '-e', 'trace=execve', shim, 'claude-code'], {
    input: payload,
    env: {PATH: process.env['PATH']},
  });
  // Where there is no strace, nothing is shown.
  if (run.error !== undefined) return;
  const started = String(run.stderr)
    .match(/execve\("[^"]*"(?=.*= 0$)/gm)
    ?.map((call) => call.replace(/.*\//, '').slice(0, -1));
  expect(started).toEqual([SHIM_NAME, 'cat', 'sync', 'mv']);
});

test('killed at any of its steps it leaves no half bell', () => {
  const lines = shimText({home, version: '1', platform: process.platform, tools: findTools('')}).split('\n');
  const steps = lines.flatMap((line, at) => (at > 3 && line !== '' && !line.startsWith('#') ? [at] : []));
  for (const step of steps) {
    writeShim((text) => text.split('\n').toSpliced(step, 0, 'kill -9 $$').join('\n'));
    const run = spawnSync(shim, ['claude-code'], {input: payload, env: {}});
    expect(run.signal, lines[step]).toBe('SIGKILL');
    const bells = openBells(home);
    for (const bell of bells.list(Date.now() as never)) expect(String(bells.read(bell)), lines[step]).toBe(payload);
  }
});

test('killed with half a payload it leaves no bell', async () => {
  const child = spawn(shim, ['claude-code'], {env: {}, detached: true});
  const closed = new Promise((resolve) => child.on('close', resolve));
  child.stdin.write(payload.slice(0, 10));
  await vi.waitFor(() => expect(statSync(join(raw(), readdirSync(raw())[0] ?? '')).size).toBe(10), {timeout: PATIENCE_MS});
  process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
  await closed;
  expect(openBells(home).list(Date.now() as never)).toEqual([]);
});

test('a bell that cannot get its name stays whole under its temporary one', () => {
  writeShim((text) => text.replace(/^.* -n "\$bell" .*$/m, 'false'));
  spawnSync(shim, ['claude-code'], {input: payload, env: {}});
  expect(openBells(home).list(Date.now() as never)).toEqual([]);
  const bells = openBells(home);
  const [bell] = bells.list((Date.now() + 2 * 3_600_000) as never);
  expect(bell?.agent).toBe('claude-code');
  expect(String(bell && bells.read(bell))).toBe(payload);
});

test('it writes into no file that is there already', () => {
  const temporary = () => join(raw(), '.bell.claude-code.1_2');
  writeShim((text) => text.replace(/^bell=.*$/m, 'bell=$raw/.bell.claude-code.1_2'));
  mkdirSync(raw(), {recursive: true});
  writeFileSync(temporary(), 'of another');
  const run = spawnSync(shim, ['claude-code'], {input: payload, env: {}});
  expect([run.status, readdirSync(raw()), readFileSync(temporary(), 'utf8')]).toEqual([0, ['.bell.claude-code.1_2'], 'of another']);
});

test('it replaces no bell of the same name', () => {
  writeShim((text) => text.replace(/^read .*$/m, 'id=1'));
  for (const input of ['first', 'second']) expect(spawnSync(shim, ['claude-code'], {input, env: {}}).status).toBe(0);
  const bells = openBells(home);
  const later = (Date.now() + 2 * 3_600_000) as never;
  expect(
    bells
      .list(later)
      .map((bell) => `${bell.name}: ${bells.read(bell)}`)
      .sort(),
  ).toEqual(['.bell.claude-code.1: second', 'claude-code.1: first']);
});
