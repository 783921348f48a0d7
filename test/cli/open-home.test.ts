import {chmodSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const event = (n: number) => anEvent({at: `2024-01-15T12:00:0${n}Z`, text: `Note ${n} on the parser.`});

test('status begins with an alarm about a home that others may write to', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([event(1)]);
  expect((await mem.run(['status'])).stdout).not.toContain('Alarm');
  chmodSync(mem.home, 0o777);
  expect((await mem.run(['status'])).stdout).toMatch(new RegExp(`^Alarm +others may write to ${mem.home} \\(mode 0777\\)`));
  expect(JSON.parse((await mem.run(['status', '--json'])).stdout).alarms).toEqual([expect.stringContaining('chmod go-w')]);
});

test('no command writes through a link under a name that everybody knows', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([event(1)]);
  const target = await mem.write('of-somebody-else', 'theirs');
  const names = ['witness', 'witness.tmp', 'endpoints.json', 'endpoints.json.tmp', 'db/checked', 'db/checked.tmp'];
  names.push('inbox/ignored', 'inbox/bad-dropped', 'inbox/status-seen');
  for (const name of names) {
    const path = join(mem.home, name);
    rmSync(path, {force: true});
    symlinkSync(target, path);
    const input = `${JSON.stringify(event(2))}\nno JSON\n`;
    await mem.run(['ingest', '--drain'], input);
    await mem.run(['ingest'], input, {MEM_SUMMARIZING: '1'});
    await mem.run(['rollup']);
    await mem.run(['status']);
    expect([name, readFileSync(target, 'utf8')]).toEqual([name, 'theirs']);
    rmSync(path, {force: true});
  }
  // No folder or file of the home is left behind that is not known.
  expect(readdirSync(mem.home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the events are stored although a link stands where the witness is written', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([event(1)]);
  const target = await mem.write('of-somebody-else', 'theirs');
  symlinkSync(target, join(mem.home, 'witness.tmp'));
  await mem.ingest([event(2)]);
  expect(readFileSync(join(mem.home, 'witness'), 'utf8')).toMatch(/^\d+\n$/);
  expect((await mem.run(['events', '--json'])).stdout.trim().split('\n')).toHaveLength(2);
});

test('a link in place of the witness is refused by name', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([event(1)]);
  const path = join(mem.home, 'witness');
  rmSync(path);
  symlinkSync(await mem.write('number', '99999\n'), path);
  const {status, stderr} = await mem.run(['events']);
  expect(status).toBe(73);
  expect(stderr).toContain('a symbolic link is in the way of the file');
});
