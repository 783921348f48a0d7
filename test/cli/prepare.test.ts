import {readdirSync, statSync} from 'node:fs';
import {copyFile, mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const EVENTS = Array.from({length: 12}, (_, n) =>
  anEvent({
    at: `2024-01-${10 + n}T23:10:00Z`,
    text: `The crane lifted load ${n} with the key ghp_${'a1B2'.repeat(9)}.`,
    session: `s-${n % 3}`,
  }),
);

/** Every path of a home with its mode, without what is named by chance or by a count. */
function pathsOf({home}: MemRig): readonly string[] {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  return readdirSync(home, {recursive: true, encoding: 'utf8'})
    .filter((path) => !path.startsWith('db/'))
    .map((path) => `${modeOf(join(home, path))} ${path.replaceAll(/[0-9a-z]{12}(?=\/|$)|[0-9a-f]{32}/g, '*')}`)
    .sort();
}

async function told(mem: MemRig): Promise<readonly string[]> {
  const ran = await Promise.all([['export'], ['toc', 'list', '--json']].map((args) => mem.run(args)));
  return ran.map(({stdout}) => stdout.replaceAll(/"(?:created_at|arrival)":"[^"]*"/g, ''));
}

test('a home that a test prepares in its own process is the one that processes of mem make', async () => {
  await using here = await MemRig.create();
  await using there = await MemRig.create();
  await here.ingest(EVENTS);
  await here.rollUp();
  // Else each home marks what it redacts with a key of its own.
  await mkdir(there.home, {recursive: true, mode: 0o700});
  await copyFile(join(here.home, 'redact-key'), join(there.home, 'redact-key'));
  expect(await there.run(['ingest', '--drain'], EVENTS.map((event) => `${JSON.stringify(event)}\n`).join(''))).toMatchObject({status: 0});
  expect(await there.run(['rollup'])).toMatchObject({status: 0});
  expect(pathsOf(here)).toEqual(pathsOf(there));
  expect(pathsOf(here).length).toBeGreaterThan(5);
  const [exported, nodes] = await told(here);
  expect(exported?.split('\n')).toHaveLength(13);
  expect([exported, nodes]).toEqual(await told(there));
});
