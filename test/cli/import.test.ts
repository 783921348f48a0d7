import {mkdir, readdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {anAnswer, aText, aUser, linesOf, SESSION, TRANSCRIPT} from '../sources/claude-code/claude-lines.js';
import {MemRig} from './mem-rig.js';

async function write(mem: MemRig, path: string, content: string): Promise<string> {
  const whole = join(mem.folder, path);
  await mkdir(dirname(whole), {recursive: true});
  await writeFile(whole, content);
  await utimes(whole, 1709700000, 1709700000);
  return whole;
}

/** The file grows by as much each time. */
const KILLED_ROUNDS = process.env['MEM_PROOFS'] === '1' ? 25 : 10;

const conversation = linesOf(aUser(1, 'Salt the water.'), anAnswer(2, [aText('Done.')]));

test('reads an agent, says what came of it, and rolls up', async () => {
  await using mem = await MemRig.create();
  await write(mem, TRANSCRIPT, conversation);
  expect(await mem.run(['import', 'claude-code'])).toEqual({
    status: 0,
    stdout: 'claude-code: 2 events of 1 session in 1 file, of 2024-03-05: 2 events stored, 0 known before\n',
    stderr: '',
  });
  const {stdout} = await mem.run(['toc', 'list', '--level', 'day', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({node_id: 'toc:day:2024-03-05', version: 1});
  expect((await mem.run(['import', 'claude-code'])).stdout).toBe('claude-code: 1 file, nothing new\n');
});

test('rolls nothing up where it should not', async () => {
  await using mem = await MemRig.create();
  await write(mem, TRANSCRIPT, conversation);
  expect((await mem.run(['import', 'claude-code', '--no-rollup'])).status).toBe(0);
  expect((await mem.run(['toc', 'list'])).stdout).toBe('');
});

test('says what a dry run found, and keeps nothing of it', async () => {
  await using mem = await MemRig.create();
  await write(mem, TRANSCRIPT, conversation);
  expect(await mem.run(['import', 'claude-code', '--dry-run'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(
      /^claude-code: 2 events of 1 session in 1 file, of 2024-03-05: would be read\nclaude-code deletes 1 of these files within 14 days, the first on \d{4}-\d\d-\d\d\n$/,
    ),
  });
  await expect(readdir(mem.home)).rejects.toMatchObject({code: 'ENOENT'});
});

test('prints JSON for programs', async () => {
  await using mem = await MemRig.create();
  const path = await write(mem, 'old/session.jsonl', `${conversation}{"broken\n`);
  const {stdout, status} = await mem.run(['import', path, '--json', '--no-rollup']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    sources: [
      {
        agent: 'claude-code',
        files: 1,
        files_read: 1,
        sessions: 1,
        events: 2,
        stored: 2,
        duplicates: 0,
        broken_lines: 1,
        kept_out: 0,
        first: '2024-03-05T09:00:01.000Z',
        last: '2024-03-05T09:00:02.000Z',
        files_leaving: 1,
        first_leaves: expect.any(String),
      },
    ],
    problems: [],
  });
});

test('takes only what is younger than --since', async () => {
  await using mem = await MemRig.create();
  await write(mem, TRANSCRIPT, conversation);
  await mem.run(['import', 'claude-code', '--since', '2024-03-05T09:00:02Z', '--no-rollup']);
  const {stdout} = await mem.run(['events', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({session_id: SESSION, text: 'Done.'});
});

test.each([
  [[], 64, 'no agent is connected, and nothing is named [USAGE]'],
  [['nowhere'], 66, '/nowhere does not exist [NO_INPUT]'],
  [['notes.md'], 65, '/notes.md holds no transcript that mem knows; nothing was read [INPUT_BAD]'],
  [['claude-code', '--since', 'someday'], 64, '[USAGE]'],
])('refuses %j with its status', async (args, status, message) => {
  await using mem = await MemRig.create();
  await write(mem, 'notes.md', '# Notes\n');
  const result = await mem.run(['import', ...args]);
  expect(result).toMatchObject({status, stdout: '', stderr: expect.stringContaining(message)});
});

test('reads the agents that are connected', async () => {
  await using mem = await MemRig.create();
  await write(mem, TRANSCRIPT, conversation);
  expect((await mem.run(['config', 'set', 'sources.connected', '["claude-code"]'])).status).toBe(0);
  expect((await mem.run(['import', '--no-rollup'])).stdout).toContain('2 events stored');
  expect((await mem.run(['config', 'set', 'sources.connected', '["clippy"]'])).status).toBe(78);
});

test('names the command for a transcript that is ingested, takes nothing and keeps nothing', async () => {
  await using mem = await MemRig.create();
  await write(mem, 'session.jsonl', conversation);
  expect(await mem.run(['ingest', 'session.jsonl'])).toEqual({
    status: 64,
    stdout: '',
    stderr:
      'mem: error: session.jsonl is a transcript, not events; nothing was taken from it [USAGE]\nmem: hint: let mem read it: mem import session.jsonl\n',
  });
  expect(await mem.run(['ingest'], conversation)).toEqual({
    status: 64,
    stdout: '',
    stderr:
      'mem: error: standard input is a transcript, not events; nothing was taken from it [USAGE]\nmem: hint: let mem read it: mem import FILE\n',
  });
  await expect(readdir(join(mem.home, 'inbox'))).rejects.toMatchObject({code: 'ENOENT'});
});

test('takes the events of other files beside a transcript', async () => {
  await using mem = await MemRig.create();
  await write(mem, 'session.jsonl', conversation);
  const event = '{"session_id":"s","role":"user","timestamp":"2024-03-05T09:00:00Z","text":"hello"}\n';
  await write(mem, 'events.jsonl', event);
  expect((await mem.run(['ingest', 'session.jsonl', 'events.jsonl'])).status).toBe(64);
  expect(JSON.parse((await mem.run(['events', '--json'])).stdout)).toMatchObject({text: 'hello'});
});

test('loses and doubles nothing when it is killed again and again while files grow', async () => {
  await using mem = await MemRig.create();
  const path = await write(mem, TRANSCRIPT, '');
  const lines: string[] = [];
  for (let round = 0; round < KILLED_ROUNDS; round++) {
    const more = Array.from({length: 200}, (_, n) => aUser(round * 200 + n + 1, `${round} ${n} ${'stir '.repeat(60)}`));
    lines.push(...more);
    const text = linesOf(...lines);
    // Torn: the rest of the last line comes with the next round.
    await writeFile(path, text.slice(0, round < KILLED_ROUNDS - 1 ? -1 - Math.floor(Math.random() * 300) : undefined));
    const running = mem.start(['import', 'claude-code', '--no-rollup']);
    const after = 60 + Math.random() * 500;
    const timer = setTimeout(() => running.kill('SIGKILL'), round < KILLED_ROUNDS - 1 ? after : 600_000);
    await running.ended;
    clearTimeout(timer);
  }
  expect((await mem.run(['import', 'claude-code', '--no-rollup'])).status).toBe(0);
  const {stdout} = await mem.run(['events', '--json']);
  const texts = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String(JSON.parse(line).text));
  expect(texts.length).toBe(lines.length);
  expect(new Set(texts).size).toBe(lines.length);
  expect(await readFile(path, 'utf8')).toBe(linesOf(...lines));
});
