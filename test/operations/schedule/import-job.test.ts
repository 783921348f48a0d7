import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {jobsToWake} from '../../../src/domain/jobs/job.js';
import {pauseJobs} from '../../../src/operations/schedule/pause-jobs.js';
import {readSchedule} from '../../../src/operations/schedule/read-schedule.js';
import {loadSettings} from '../../../src/settings/config.js';
import {AT, answer, BellRig, prompt} from '../sources/bell-rig.js';

/** A store with an agent that is connected. */
async function connectedRig(): Promise<BellRig> {
  const rig = new BellRig();
  rig.mem = {
    ...rig.mem,
    jobs: loadSettings({}, {}, '/nowhere').jobs.filter(({name}) => name !== 'retention' && name !== 'sync'),
    connected: ['claude-code'],
    openImport: async () => rig.deps,
  };
  await rig.create('UTC');
  rig.writeTranscript([prompt('List the tides of the harbour.', 0), answer('High water is at nine.', 5)], AT + 5000);
  rig.now = (AT + 3_600_000) as EpochMs;
  return rig;
}

const ran = (outcomes: readonly {kind: string; job?: string | undefined}[]) =>
  outcomes.filter(({kind}) => kind === 'ran').map(({job}) => job);

test('a wake-up of the import reads what is new, then rolls its segments up', async () => {
  await using rig = await connectedRig();
  const outcomes = await rig.wakeUp('import');
  expect(ran(outcomes)).toEqual(['import', 'rollup-segment']);
  expect(outcomes.find(({kind}) => kind === 'ran')).toMatchObject({run: {result: 'success', counts: {stored: 2, files_read: 1}}});
  expect((await rig.latest()).map(({id}) => id)).toEqual([expect.stringMatching(/^toc:segment:2026-03-10:/)]);
});

test('the same slot is done once', async () => {
  await using rig = await connectedRig();
  await rig.wakeUp('import');
  expect(ran(await rig.wakeUp('import'))).toEqual([]);
});

test('a paused import is left out, by hand it runs', async () => {
  await using rig = await connectedRig();
  await pauseJobs(rig.mem, 'import', undefined);
  expect(ran(await rig.wakeUp('import'))).not.toContain('import');
  expect(ran(await rig.wakeUp('import', {trigger: 'hand', isNow: true}))).toContain('import');
});

test('an import that another one keeps from its lock is skipped and stays due', async () => {
  await using rig = await connectedRig();
  const lock = rig.mem.locks.acquire('import', {trigger: 'hand'});
  expect(await rig.wakeUp('import')).toContainEqual(expect.objectContaining({kind: 'skipped', job: 'import', reason: 'overlap'}));
  if (lock.kind === 'acquired') lock.release();
  expect(ran(await rig.wakeUp('import'))).toContain('import');
});

test('where an agent is connected, the import has the wake-up of the segments', async () => {
  await using rig = await connectedRig();
  expect(jobsToWake(rig.mem.jobs).map(({name}) => name)).toEqual([
    'import',
    'rollup-day',
    'rollup-week',
    'rollup-month',
    'rollup-year',
    'compact',
  ]);
  const {jobs} = await readSchedule(rig.mem);
  expect(jobs.find(({job}) => job.name === 'import')).toMatchObject({condition: 'due'});
});

test('without a connected agent there is no import', async () => {
  await using rig = new BellRig();
  await rig.create('UTC');
  expect(jobsToWake(rig.mem.jobs).map(({name}) => name)).not.toContain('import');
  expect(await rig.wakeUp('import')).toEqual([]);
  await expect(rig.wakeUp('import', {trigger: 'hand', isNow: true})).rejects.toThrow('no agent is connected');
});
