import {readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

test('a check that finds damage ends with 74, names the command, and mem doctor tells it until it is repaired', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([anEvent({at: '2024-01-15T10:00:00Z', text: 'Salt the water.'})]);
  await mem.rollUp();
  expect(await mem.run(['check'])).toMatchObject({status: 0, stderr: ''});
  const before = await mem.run(['events', '--json']);
  await writeFile(join(mem.home, 'db', 'CURRENT'), 'nothing\n');
  const {status, stdout} = await mem.run(['check']);
  expect(status).toBe(74);
  expect(stdout).toContain('CURRENT does not name a MANIFEST');
  expect(stdout).toMatch(/Something is wrong; run: mem repair\n$/);
  expect((await mem.run(['doctor'])).stdout).toContain('the last check found a fault: CURRENT does not name a MANIFEST');
  expect((await mem.run(['events'])).stderr).toContain('mem: hint: run: mem repair');
  const repaired = await mem.run(['repair']);
  expect(repaired.stdout).toMatch(/All is well now.\n$/);
  expect(repaired.status).toBe(0);
  expect((await mem.run(['events', '--json'])).stdout).toBe(before.stdout);
  expect((await mem.run(['doctor'])).stdout).toContain('the last check found nothing wrong, today');
});

test('a home of which only the journal is left becomes the whole memory again', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(Array.from({length: 20}, (_, n) => anEvent({at: `2024-01-15T10:${10 + n}:00Z`, text: `Salt the water ${n} times.`})));
  await mem.rollUp();
  const told = async () => [await mem.run(['events', '--json']), await mem.run(['toc', 'list', '--json'])].map(({stdout}) => stdout);
  const before = await told();
  for (const name of await readdir(mem.home)) if (name !== 'journal') await rm(join(mem.home, name), {recursive: true});
  expect((await mem.run(['events'])).stderr).toContain('run: mem rebuild');
  const {status, stdout} = await mem.run(['rebuild']);
  expect({status, stdout}).toEqual({status: 0, stdout: expect.stringContaining('Store: 20 events, 20 of them')});
  expect(await told()).toEqual(before);
  expect((await mem.run(['rollup', '--dry-run', '--json'])).stdout).toBe('');
});
