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
  const names = ['endpoints.json', 'endpoints.json.tmp', 'db/checked', 'db/checked.tmp'];
  names.push(
    'inbox/ignored',
    'inbox/bad-dropped',
    'inbox/status-seen',
    'inbox/other-hosts',
    'inbox/other-hosts.tmp',
    'journal/writer',
    'journal/.writer.tmp',
  );
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
