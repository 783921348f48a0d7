import {expect, test} from 'vitest';
import {statusLines} from '../../src/cli/store/status-text.js';
import type {EpochMs} from '../../src/domain/event/event.js';
import {statusJson} from '../../src/json/status-json.js';
import {readStatus, type Status} from '../../src/operations/care/read-status.js';
import {renderLine} from '../../src/text/line.js';
import {aLine, HomeRig} from '../operations/home-rig.js';

const HOLDER = {pid: 4711, host: 'lighthouse', isHere: true, trigger: 'hand', job: undefined} as const;
const STARTED = Date.parse('2024-01-15T12:00:00Z') as EpochMs;

/** The status after a rollup that began at STARTED, with parts changed. */
async function rollupLines(finished: boolean, runningSince?: EpochMs): Promise<readonly string[]> {
  await using rig = new HomeRig();
  await rig.ingest([aLine({timestamp: '2023-01-15T12:00:00Z'})]);
  rig.now = STARTED;
  await rig.rollUp();
  rig.now = (STARTED + 5 * 60_000) as EpochMs;
  const status = await readStatus(rig.mem);
  const {finishedAt, ...unfinished} = status.store?.lastRollup ?? {
    runId: '',
    startedAt: STARTED,
    made: 0,
    retracted: 0,
    lastNode: undefined,
  };
  const lastRollup = finished && finishedAt !== undefined ? {...unfinished, finishedAt} : unfinished;
  const runningRollup = runningSince === undefined ? undefined : {...HOLDER, startedAt: runningSince, aliveAt: runningSince};
  const changed: Status = {...status, store: status.store && {...status.store, lastRollup}, runningRollup};
  expect(statusJson(changed)['running_rollup']).toEqual(
    runningRollup === undefined
      ? null
      : {pid: 4711, host: 'lighthouse', trigger: 'hand', started_at: new Date(runningRollup.startedAt).toISOString()},
  );
  return statusLines(changed)
    .map((line) => renderLine(line, false))
    .filter((line) => /rollup/i.test(line));
}

test('a rollup that ended is told from one that was cut short and one that is running', async () => {
  expect(await rollupLines(true)).toEqual(['Last rollup   2024-01-15 12:00 (5 min ago), 5 nodes made in 0 ms']);
  expect(await rollupLines(false)).toEqual(['Last rollup   2024-01-15 12:00 (5 min ago), 5 nodes made; cut short']);
  expect(await rollupLines(false, STARTED)).toEqual([
    'Rollup        running now (pid 4711, since 2024-01-15 12:00 (5 min ago))',
    'Last rollup   2024-01-15 12:00 (5 min ago), 5 nodes made so far',
  ]);
  // One that has not committed anything yet says nothing of the one before.
  expect(await rollupLines(false, (STARTED + 60_000) as EpochMs)).toEqual([
    'Rollup        running now (pid 4711, since 2024-01-15 12:01 (4 min ago))',
    'Last rollup   2024-01-15 12:00 (5 min ago), 5 nodes made; cut short',
  ]);
});
