import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const LINES = [
  anEvent({at: '2024-01-10T09:00:00Z', text: 'The ferry is late.', project: 'acme/ferry'}),
  anEvent({at: '2024-01-11T09:00:00Z', text: '\u001b[2J\u202e end, and a \ud800 half', project: 'acme/web'}),
  {session_id: 's2', role: 'user', text: 'No time of its own, no id.', agent: 'codex'},
  {
    session_id: 's2',
    role: 'assistant',
    event_id: 'foreign-1',
    timestamp: '2024-01-12T09:00:00Z',
    text: `A key: ghp_${'a1B2'.repeat(9)}.`,
    agent: 'codex',
  },
  {session_id: 's2', role: 'assistant', event_id: 'foreign-2', text: 'A source id without a time.', agent: 'codex'},
];

test('what export prints makes the same memory elsewhere, whatever is in it, and however often it comes', async () => {
  await using mem = await MemRig.create();
  await using other = await MemRig.create();
  await mem.ingest(LINES);
  const {stdout, stderr, status} = await mem.run(['export']);
  expect({stderr, status}).toEqual({stderr: '', status: 0});
  expect(stdout.split('\n').length).toBe(LINES.length + 1);
  expect(stdout).not.toMatch(/ghp_|\u001b|\u202e/);
  expect((await other.run(['ingest', '--drain'], stdout)).status).toBe(0);
  expect((await other.run(['export'])).stdout).toBe(stdout);
  const again = await other.run(['ingest', '--drain', '--json'], stdout);
  expect(JSON.parse(again.stdout)).toMatchObject({accepted: LINES.length, stored: 0, duplicates: LINES.length});
  // The sources' own lines are known there, too, but for the one without time and id.
  expect(
    JSON.parse((await other.run(['ingest', '--drain', '--json'], LINES.map((line) => `${JSON.stringify(line)}\n`).join(''))).stdout),
  ).toMatchObject({
    stored: 1,
    duplicates: LINES.length - 1,
  });
});

test('it leaves out what the filters leave out', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(LINES);
  const texts = async (...flags: string[]) =>
    (await mem.run(['export', ...flags])).stdout
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).text);
  expect(await texts('--project', 'ferry')).toEqual(['The ferry is late.']);
  expect(await texts('--from', '2024-01-11', '--to', '2024-01-11')).toEqual(['\u001b[2J\u202e end, and a \ud800 half']);
  expect((await texts('--agent', 'Codex')).length).toBe(3);
  expect((await texts('--session', 's2')).length).toBe(3);
  const none = await mem.run(['export', '--from', '2020', '--to', '2020']);
  expect(none).toMatchObject({status: 0, stdout: '', stderr: 'mem: nothing to export: no event passes these filters\n'});
});

test('a line that was changed on the way is refused, kept, and the others are stored', async () => {
  await using mem = await MemRig.create();
  await using other = await MemRig.create();
  await mem.ingest(LINES);
  const {stdout} = await mem.run(['export']);
  const {stderr, status} = await other.run(['ingest', '--drain'], stdout.replace('The ferry is late.', 'The ferry is early.'));
  expect(status).toBe(65);
  expect(stderr).toContain('which is not the id of its content');
  expect((await other.run(['export'])).stdout.split('\n').length).toBe(LINES.length);
});
