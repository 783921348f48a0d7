import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));
const TIME = '/usr/bin/time';
/** At full length the proof is about the memory; in short it crosses the bound of what is read at once. */
const isProof = process.env['MEM_PROOFS'] === '1';
const SESSIONS = isProof ? 20_000 : 2_300;

test.skipIf(!existsSync(TIME))('each of the many sessions of one day becomes a segment, in bounded memory', async () => {
  await using mem = await MemRig.create();
  const events = Array.from({length: SESSIONS * 3}, (_, n) =>
    anEvent({
      at: new Date(Date.UTC(2024, 0, 15, 1) + n * 1_000).toISOString(),
      text: `Please fix the parser of module ${Math.floor(n / 3)}, so that list ${n} keeps its trailing comma.`,
      session: `s-${Math.floor(n / 3)}`,
    }),
  );
  await mem.ingest(events);
  const said = join(mem.folder, 'time');
  const {status} = spawnSync(TIME, ['-f', '%M', '-o', said, process.execPath, MEM, 'rollup'], {env: mem.env, stdio: 'ignore'});
  expect(status).toBe(0);
  expect(Number(readFileSync(said, 'utf8').trim()) / 1024).toBeLessThan(300);
  const segments = (await mem.run(['toc', 'list', '--level', 'segment', '--json'])).stdout.trim().split('\n');
  expect(segments).toHaveLength(SESSIONS);
  expect((await mem.run(['rollup', '--dry-run'])).stdout.split('\n').filter((line) => line.startsWith('new'))).toEqual([]);
  const {stdout} = await mem.run(['toc', 'show', '2024-01-15', '--json']);
  expect((JSON.parse(stdout) as {children: unknown[]}).children).toHaveLength(SESSIONS);
  expect((await mem.run(['toc', 'show', '2024-01-15'])).stdout).toContain(
    `… ${(SESSIONS - 100).toLocaleString('en')} more: mem toc list --level segment --from 2024-01-15 --to 2024-01-15`,
  );
});
