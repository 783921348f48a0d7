import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {crc32} from 'node:zlib';
import {expect, test} from 'vitest';
import {FILE_FORMAT} from '../../src/inbox/inbox-file.js';
import {anEvent, MemRig} from './mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));
const line = (text: string) => `${JSON.stringify(anEvent({at: '2024-01-15T10:00:00Z', text}))}\n`;

/** Sends a line, waits until it is acknowledged, lets nothing more be written, sends another one, and closes the pipe when the error was told. */
async function ingestIntoRefusal(mem: MemRig, args: readonly string[]) {
  const child = spawn(process.execPath, [MEM, 'ingest', ...args], {env: mem.env});
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.write(line('one'));
  const folder = join(mem.home, 'inbox', 'new');
  await expect.poll(() => existsSync(folder) && readdirSync(folder).filter((name) => name.endsWith('.ev')).length).toBe(1);
  renameSync(folder, join(mem.folder, 'moved'));
  writeFileSync(folder, '');
  child.stdin.write(line('two'));
  await expect.poll(() => stderr).toContain('accepted before');
  child.stdin.end();
  return {status: await ended, stdout, stderr};
}

test('an inbox that takes no more ends an ingest while its pipe is still open, and it says what it had taken in', async () => {
  await using mem = await MemRig.create();
  const {status, stdout, stderr} = await ingestIntoRefusal(mem, []);
  expect([status, stdout]).toEqual([73, '']);
  expect(stderr).toMatch(/^mem: error: a file is in the way of .*; 1 event was accepted before \[NOT_WRITTEN\]\nmem: hint: .*\n$/);
});

test('with --json the receipt of what was taken in comes all the same, and the error beside it', async () => {
  await using mem = await MemRig.create();
  const {status, stdout, stderr} = await ingestIntoRefusal(mem, ['--json']);
  expect(status).toBe(73);
  expect(JSON.parse(stdout)).toEqual({accepted: 1, stored: 0, duplicates: 0, queued: 1, rejected: []});
  expect(JSON.parse(stderr)).toMatchObject({code: 'NOT_WRITTEN', exit_status: 73});
});

test.each([[['ingest']], [['ingest', '--json']], [['status']], [['init']]])('%j with an empty --store is wrong usage', async (args) => {
  await using mem = await MemRig.create();
  for (const store of [['--store', ''], ['--store=']]) {
    const {status, stderr} = await mem.run([...args, ...store], line('one'));
    expect(status).toBe(64);
    expect(stderr).toContain('--store is empty');
  }
  expect(existsSync(mem.home)).toBe(false);
});

test('a file where the home should be is no bug of any command', async () => {
  await using mem = await MemRig.create();
  const env = {MEM_HOME: await mem.write('file', '')};
  const commands = ['ingest', 'toc show', 'toc list', 'events', 'rollup', 'init', 'status', 'compact', 'config set time_zone Asia/Tokyo'];
  for (const command of commands) {
    const {status, stderr} = await mem.run(command.split(' '), line('one'), env);
    expect([command, status]).toEqual([command, 73]);
    expect(stderr, command).toMatch(/^mem: error: a file is in the way of .*\[NOT_WRITTEN\]\nmem: hint: .*MEM_HOME.*\n$/);
  }
});

test('status tells of files that only a newer mem can read where there is no store yet', async () => {
  await using mem = await MemRig.create();
  await mem.run(['ingest'], line('one'));
  const folder = join(mem.home, 'inbox', 'new');
  const path = join(folder, readdirSync(folder)[0] ?? '');
  const bytes = readFileSync(path);
  bytes.writeUInt16BE(FILE_FORMAT + 1, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 28)), 28);
  writeFileSync(path, bytes);
  const {status, stdout} = await mem.run(['status']);
  expect(status).toBe(0);
  expect(stdout).toContain('a file of a newer mem waits in the inbox: update mem');
  expect(existsSync(join(mem.home, 'db'))).toBe(false);
});
