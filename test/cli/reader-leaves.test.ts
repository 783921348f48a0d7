import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));
const DAYS = Array.from({length: 28}, (_, day) =>
  anEvent({
    at: new Date(Date.UTC(2024, 0, day + 1, 12)).toISOString(),
    text: `Fixed the parser of part ${day}, again.`,
    session: `s-${day}`,
  }),
);

async function aHome(): Promise<MemRig> {
  const mem = await MemRig.create();
  await mem.ingest(DAYS);
  return mem;
}

/** Runs mem with a stdout that nobody reads: closed at once, or after its first bytes. */
function runUnread(mem: MemRig, args: readonly string[], after: 'at once' | 'after a line'): Promise<number | null> {
  const child = spawn(process.execPath, [MEM, ...args], {env: mem.env, stdio: ['ignore', 'pipe', 'ignore']});
  if (after === 'at once') child.stdout.destroy();
  else child.stdout.once('data', () => child.stdout.destroy());
  return new Promise((resolve) => child.on('exit', resolve));
}

test.each(['at once', 'after a line'] as const)('a rollup makes all nodes when its reader leaves %s', async (after) => {
  await using mem = await aHome();
  expect(await runUnread(mem, ['rollup', '--json'], after)).toBe(0);
  const {stdout} = await mem.run(['rollup', '--dry-run']);
  expect(stdout.split('\n').filter((line) => line.startsWith('new'))).toEqual([]);
  expect((await mem.run(['toc', 'list', '--level', 'day', '--json'])).stdout.trim().split('\n')).toHaveLength(28);
});

test('a scheduled run and a compaction do their work without a reader', async () => {
  await using mem = await aHome();
  expect(await runUnread(mem, ['schedule', 'run', 'rollup-day', '--now', '--json'], 'at once')).toBe(0);
  expect((await mem.run(['toc', 'list', '--level', 'day', '--json'])).stdout.trim().split('\n')).toHaveLength(28);
  expect(await runUnread(mem, ['compact', '--json'], 'at once')).toBe(0);
});

test.each([['events'], ['toc', 'list', '--provisional'], ['rollup', '--dry-run'], ['completion', 'bash'], ['--help']])(
  'a command that only prints ends with 0 when its reader leaves: %s %s',
  async (...words) => {
    await using mem = await aHome();
    expect(await runUnread(mem, words, 'at once')).toBe(0);
  },
);

test('bad lines are told by the exit status although nobody reads the report', async () => {
  await using mem = await aHome();
  expect(await runUnread(mem, ['ingest', '--json', await mem.write('bad.jsonl', 'no JSON\n')], 'at once')).toBe(65);
});
