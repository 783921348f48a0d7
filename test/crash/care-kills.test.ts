import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {exportEvents} from '../../src/operations/care/export-events.js';
import {anEvent, MemRig} from '../cli/mem-rig.js';
import {nodesOf} from '../cli/model-rig.js';
import {memAt} from '../cli/prepare.js';

/** How many, and within which time after a start: a run takes a fifth to half a second. */
const [KILLS, WITHIN_MS] = process.env['MEM_PROOFS'] === '1' ? [60, 900] : [3, 450];
const BIN = join(import.meta.dirname, '../../bin/mem.js');

test.each(['rebuild', 'repair'])('%s can be killed at any time and run again, and nothing is lost', async (command) => {
  await using mem = await MemRig.create();
  await mem.ingest(
    Array.from({length: 300}, (_, n) =>
      anEvent({at: `2024-01-15T10:${10 + (n % 50)}:${10 + (n % 50)}Z`, text: `Salt the water ${n} times.`}),
    ),
  );
  await mem.rollUp();
  // What `mem export` and `mem toc list --json` print, read in this process.
  const told = async () => {
    const pages: (readonly string[])[] = [];
    for await (const page of exportEvents(memAt({home: mem.home, tz: mem.env['TZ']}), {})) pages.push(page);
    return [pages.flat(), await nodesOf(mem)];
  };
  const before = await told();
  expect(before[0]).toHaveLength(300);
  for (let kill = 0; kill < KILLS; kill++) {
    if (command === 'repair') await writeFile(join(mem.home, 'db', 'CURRENT'), 'nothing');
    const child = spawn(process.execPath, [BIN, command, '--store', mem.home, '--time-zone', 'UTC'], {
      stdio: 'ignore',
      env: {PATH: process.env['PATH']},
    });
    const ended = once(child, 'exit');
    // Later and later.
    await Promise.race([wait(60 + (kill * WITHIN_MS) / KILLS), ended]);
    child.kill('SIGKILL');
    await ended;
    const {status} = await mem.run([command, '--time-zone', 'UTC']);
    expect({kill, status}).toEqual({kill, status: 0});
    expect(await told()).toEqual(before);
  }
});
