import {expect, test} from 'vitest';
import {PATIENCE_MS} from '../patience.js';
import {gaveUp, MemRig, type RunResult} from './mem-rig.js';

test.each(['rollup', 'compact', 'status', 'toc list'])('mem %s ends although all clocks stand still', async (command) => {
  // Between two steps a compaction waited for a timer, which never fired.
  await using mem = await MemRig.create();
  await mem.ingest([{session_id: 's1', role: 'user', text: 'The ferry is late.', timestamp: '2026-03-03T10:00:00Z'}]);
  let result: RunResult;
  do {
    const run = mem.runFrozen('2026-03-20 10:00:00', command.split(' '));
    const timer = setTimeout(() => run.kill('SIGKILL'), PATIENCE_MS);
    result = await run.ended;
    clearTimeout(timer);
  } while (gaveUp(result));
  expect(result).toMatchObject({status: 0, stderr: ''});
});
