import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {MemRig} from './mem-rig.js';
import {awayFromMidnight} from './midnight.js';

test('a note is an event of its own, of the project of the folder, without secrets and what is private', async () => {
  await using mem = await MemRig.create();
  const key = ['AKIA', 'Q3EGRIVXK5T7W2ZB'].join('');
  const taken = await mem.run(['note', `Decided to keep the parser <private>of Ada</private> with ${key}.`, '--json']);
  expect([taken.status, taken.stderr]).toEqual([0, '']);
  const {event_id: id, session_id: session} = JSON.parse(taken.stdout);
  const {stdout} = await mem.run(['events', '--json']);
  const event = JSON.parse(stdout);
  expect(event).toMatchObject({event_id: id, session_id: session, agent: 'mem', role: 'user', event_type: 'user_message', source: 'note'});
  expect(event.text).toMatch(/^Decided to keep the parser {2}with \[redacted:[\w-]+:[0-9a-f]{6}\]\.$/);
});

test('words without quotes are one note, and it is rolled up like any other event', async () => {
  await awayFromMidnight();
  await using mem = await MemRig.create();
  await mkdir(join(mem.folder, 'x'), {recursive: true});
  await mem.run(['note', 'We', 'keep', 'the', 'old', 'parser', 'of', 'comments.']);
  expect((await mem.run(['toc', 'show', 'today'])).stdout).toContain('old parser');
});

test('a note without words is refused', async () => {
  await using mem = await MemRig.create();
  expect(await mem.run(['note', ' '])).toEqual({
    status: 64,
    stdout: '',
    stderr: 'mem: error: the note is empty [USAGE]\nmem: hint: write it behind the command: mem note "decided X because Y"\n',
  });
});
