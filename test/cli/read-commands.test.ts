import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const TALK = [
  anEvent({at: '2024-01-15T12:00:00Z', text: 'The parser drops the trailing comma in nested lists.'}),
  anEvent({at: '2024-01-15T12:01:00Z', event_type: 'assistant_message', text: 'I fixed the tokenizer and added a test for nested lists.'}),
];

test('says 66 and what to do where there is no store', async () => {
  await using mem = await MemRig.create();
  for (const args of [['toc', 'show'], ['events'], ['rollup'], ['toc', 'list']]) {
    const {status, stdout, stderr} = await mem.run(args);
    expect({args, status, stdout}).toEqual({args, status: 66, stdout: ''});
    expect(stderr).toContain('[NO_STORE]\nmem: hint: ');
  }
});

test('a day is shown before any rollup as provisional, after it as stored', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  const before = await mem.run(['toc', 'show', '2024-01-15']);
  expect(before).toMatchObject({status: 0, stderr: ''});
  expect(before.stdout).toMatch(/^Monday, January 15, 2024 {2}\[provisional\]\n/);
  expect((await mem.run(['rollup'])).status).toBe(0);
  const after = await mem.run(['toc', 'show', '2024-01-15']);
  expect(after.stdout).toMatch(/^Monday, January 15, 2024\n1 segment · 2024-01-15\n/);
  expect(after.stdout).toContain('└─ January 15, 2024 at 13:00');
});

test('a second rollup has nothing to do', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  expect((await mem.run(['rollup'])).stdout.split('\n').filter((line) => line.startsWith('made'))).toHaveLength(5);
  expect(await mem.run(['rollup'])).toEqual({status: 0, stdout: '', stderr: ''});
});

test('a period in which nothing was recorded says so and ends with 0', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  expect(await mem.run(['toc', 'show', '2023-05'])).toEqual({status: 0, stdout: 'Nothing was recorded in May 2023.\n', stderr: ''});
});

test('JSON nests children, and lists are JSON Lines', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  await mem.rollUp();
  const day = JSON.parse((await mem.run(['toc', 'show', '2024-01-15', '--json'])).stdout) as Record<string, unknown>;
  expect(day).toMatchObject({
    node_id: 'toc:day:2024-01-15',
    toc_level: 'day',
    start: '2024-01-15T00:00:00.000+01:00',
    end: '2024-01-16T00:00:00.000+01:00',
    version: 1,
    children: [{toc_level: 'segment', session_id: 's-1', event_count: 2, agents: ['claude-code']}],
  });
  const lines = (await mem.run(['toc', 'list', '--json'])).stdout.trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as {toc_level: string}).toc_level).sort()).toEqual([
    'day',
    'month',
    'segment',
    'week',
    'year',
  ]);
});

test('what events --json prints is what ingest reads', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  const {stdout} = await mem.run(['events', '--json']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  const again = await mem.run(['ingest', '--json'], stdout);
  expect(JSON.parse(again.stdout)).toEqual({accepted: 2, stored: 0, duplicates: 2, queued: 0, rejected: []});
});

test('a date as --to includes that day, and filters narrow', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(TALK);
  const count = async (...args: string[]) => (await mem.run(['events', '--json', ...args])).stdout.split('\n').length - 1;
  expect(await count('--to', '2024-01-15')).toBe(2);
  expect(await count('--to', '2024-01-14')).toBe(0);
  expect(await count('--from', '2024-01-15T12:00:30Z')).toBe(1);
  expect(await count('2024-01-15', '--role', 'assistant')).toBe(1);
  expect(await count('--limit', '1')).toBe(1);
});

test('settings are listed with where they come from, set, and read back', async () => {
  await using mem = await MemRig.create();
  expect(await mem.run(['config', 'set', 'min_age', '2h'])).toMatchObject({status: 0, stderr: ''});
  expect((await mem.run(['config', 'get', 'min_age'])).stdout).toBe('2h\n');
  expect((await mem.run(['config', 'get', 'min_age'], '', {MEM_MIN_AGE: '3h'})).stdout).toBe('3h\n');
  expect(await mem.run(['config', 'set', 'min_age', '1m'])).toMatchObject({status: 78, stdout: ''});
  expect(await mem.run(['init', '--time-zone', 'Asia/Tokyo'])).toMatchObject({status: 0});
  expect((await mem.run(['config', 'get', 'time_zone'])).stdout).toBe('Asia/Tokyo\n');
});

test('hostile text comes out of every command without a control character', async () => {
  await using mem = await MemRig.create();
  const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
    classes: Record<string, string>;
  };
  const events = Object.values(classes).map((text, at) =>
    anEvent({
      at: `2024-01-15T12:${String(at).padStart(2, '0')}:00Z`,
      session: `s${text}`,
      text: `The report says ${text} and more words follow it here.`,
      agent: `a${text}`,
      project: `p${text}`,
      metadata: {speaker: text, [`k${text}`]: text},
    }),
  );
  await mem.ingest(events);
  const commands = [['rollup'], ['rollup', '--json'], ['status'], ['events'], ['events', '--json'], ['toc', 'list']];
  commands.push(
    ['toc', 'show', '2024-01-15'],
    ['toc', 'show', '2024-01-15', '--json'],
    ['toc', 'log', '2024-01-15'],
    ['toc', 'log', '2024-01-15', '--json'],
  );
  commands.push(...[[], ['--md'], ['--html'], ['--json']].map((form) => ['report', '2024-01-15', ...form]));
  commands.push(...[[], ['--svg'], ['--json'], ['--project', '\x1b[31m']].map((form) => ['stats', '2024', ...form]));
  commands.push(['toc', 'show', '\u202e\x1b[31m'], ['ingest', '\x1b]0;pwn\x07'], ['toc', 'show', `--\x1b[31m`]);
  for (const args of commands) {
    const {status, stdout, stderr} = await mem.run(args);
    expect([0, 64, 66], `${args.join(' ')}: ${stderr}`).toContain(status);
    expect(stdout + stderr, args.join(' ')).not.toMatch(
      /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}\ud800-\udfff]/u,
    );
  }
});
