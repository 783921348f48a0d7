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

test('the last exchange with each peer is told, and why a later one failed', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  rig.now = STARTED;
  const hoursAgo = (hours: number): EpochMs => (STARTED - hours * 3_600_000) as EpochMs;
  const went = {bytes: 12_345, events: 3, forgotten: 0};
  const last = {at: hoursAgo(5), received: went, sent: went, refused: 0, left: undefined};
  rig.mem = {...rig.mem, syncTargets: ['ssh://desk', '/srv/mem', 'ssh://new']};
  rig.mem.syncNotes.write([
    {peer: 'ssh://desk', last: {...last, left: 'a rollup is running'}, failure: undefined},
    {peer: '/srv/mem', last, failure: {at: hoursAgo(1), code: 'NOT_WRITTEN', message: 'the disk is full'}},
    {peer: '/other', last: undefined, failure: {at: hoursAgo(1), code: 'USAGE', message: '/other is not a folder'}},
  ]);
  const status = await readStatus(rig.mem);
  const lines = statusLines(status).map((line) => renderLine(line, false));
  expect(lines.slice(-4)).toEqual([
    'Sync          ssh://desk: 5 h ago, 3 new events came, 12.1 KiB went; left for the next time: a rollup is running',
    '              /srv/mem: 5 h ago, 3 new events came, 12.1 KiB went, failed 1 h ago: the disk is full',
    '              ssh://new: never done; the job sync does it, or: mem sync',
    '              /other: never done, failed 1 h ago: /other is not a folder',
  ]);
  expect(statusJson(status)['syncs']).toMatchObject([
    {peer: 'ssh://desk', last: {at: '2024-01-15T07:00:00.000Z', new_events: 3, left: 'a rollup is running'}, failure: null},
    {
      peer: '/srv/mem',
      last: {sent_bytes: 12_345},
      failure: {at: '2024-01-15T11:00:00.000Z', code: 'NOT_WRITTEN', message: 'the disk is full'},
    },
    {peer: 'ssh://new', last: null, failure: null},
    {peer: '/other', last: null, failure: {code: 'USAGE'}},
  ]);
});
