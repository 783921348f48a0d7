import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {scheduleJson} from '../../src/json/schedule-json.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {readSchedule} from '../../src/operations/schedule/read-schedule.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {systemClock} from '../../src/system/clock.js';
import {A_HEADER} from '../store/leveldb/store-rig.js';
import {anEvent, MemRig, type RunResult} from './mem-rig.js';
import {awayFromMidnight} from './midnight.js';
import {nodesOf} from './model-rig.js';
import {memAt} from './prepare.js';

const isProofs = process.env['MEM_PROOFS'] === '1';

/** Events of sessions of their own, each a segment, of days long ago. */
function manySegments(count: number, from = 0): readonly Record<string, unknown>[] {
  return Array.from({length: count}, (_, n) => from + n).map((at) =>
    anEvent({
      at: new Date(Date.parse('2024-01-01T10:00:00Z') + (at % 10) * 86_400_000 + at).toISOString(),
      text: `The gauge ${at} was read and the reading of it was written into the table.`,
      session: `s-${at}`,
    }),
  );
}

/** What `mem schedule status JOB --json` prints of the job, read in this process. */
async function statusOf({home, env}: MemRig, job: string): Promise<Record<string, unknown>> {
  const status = await readSchedule(memAt({home, tz: env['TZ']}), []);
  const {jobs} = JSON.parse(JSON.stringify(scheduleJson({...status, jobs: status.jobs.filter((one) => one.job.name === job)})));
  return jobs[0] ?? {};
}

async function segmentVersions(mem: MemRig): Promise<readonly number[]> {
  const nodes = await nodesOf(mem);
  return nodes.filter(({node_id: id}) => id.startsWith('toc:segment:')).map(({version}) => version);
}

test('without a store a scheduler hears nothing, and a person what is missing', async () => {
  await using mem = await MemRig.create();
  expect(await mem.run(['schedule', 'run', 'rollup-day', '--via', 'cron'])).toEqual({status: 0, stdout: '', stderr: ''});
  expect(existsSync(mem.home)).toBe(false);
  const byHand = await mem.run(['schedule', 'run', 'rollup-day']);
  expect({status: byHand.status, stderr: byHand.stderr}).toMatchObject({status: 66, stderr: expect.stringContaining('[NO_STORE]')});
});

test('what is not due is passed over without a word, and by hand with how to run it', async () => {
  await using mem = await MemRig.create();
  await mem.init('UTC');
  expect(await mem.run(['schedule', 'run', 'rollup-year', '--via', 'launchd'])).toEqual({status: 0, stdout: '', stderr: ''});
  expect((await mem.run(['schedule', 'run', 'rollup-year', '--via', 'launchd', '--strict'])).status).toBe(75);
  const byHand = await mem.run(['schedule', 'run', 'rollup-year']);
  expect(byHand).toMatchObject({status: 0, stdout: ''});
  expect(byHand.stderr).toMatch(
    /^mem: rollup-year is due at 20\d\d-01-01 05:00 \(UTC\); run it now with: mem schedule run rollup-year --now\n$/,
  );
  const now = await mem.run(['schedule', 'run', 'rollup-year', '--now', '--json']);
  expect(
    now.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))[1],
  ).toMatchObject({job_name: 'rollup-year', outcome: 'ran', result: 'success', trigger: 'hand', error: null});
});

test('a job that another run keeps is skipped by a scheduler, and refused by hand with who runs it since when', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(manySegments(1));
  const lock = openLocks(mem.home, systemClock).acquire('rollup', {trigger: 'systemd', job: 'rollup-day'});
  if (lock.kind !== 'acquired') throw new Error('busy');
  const byHand = await mem.run(['schedule', 'run', 'rollup-day', '--now']);
  expect(byHand.status).toBe(75);
  expect(byHand.stderr).toMatch(
    new RegExp(
      `^mem: error: a rollup is already running \\(pid ${process.pid}, since \\d\\d:\\d\\d, by systemd\\) \\[LOCK_BUSY\\]\\nmem: hint: [^\\n]+\\n$`,
    ),
  );
  expect(await mem.run(['schedule', 'run', 'rollup-day', '--now', '--via', 'cron'])).toEqual({status: 0, stdout: '', stderr: ''});
  expect((await mem.run(['schedule', 'run', 'rollup-day', '--now', '--via', 'cron', '--strict'])).status).toBe(75);
  expect(await statusOf(mem, 'rollup-day')).toMatchObject({
    state: 'running',
    is_running: true,
    running: {pid: process.pid, trigger: 'systemd'},
    skip_count: 2,
    last_skip: {reason: 'overlap'},
    run_count: 0,
  });
  expect(await statusOf(mem, 'rollup-week')).toMatchObject({is_running: false});
  lock.release();
  expect((await mem.run(['schedule', 'run', 'rollup-day', '--now', '--via', 'cron'])).status).toBe(0);
  expect(await statusOf(mem, 'rollup-day')).toMatchObject({is_running: false, run_count: 1, skip_count: 2, last_result: 'success'});
});

test.each(['yesterday', 'today', 'soon', '0h'])('a pause until "%s" is refused with times that are to come', async (until) => {
  await awayFromMidnight();
  await using mem = await MemRig.create();
  await mem.init('UTC');
  const {status, stderr} = await mem.run(['schedule', 'pause', 'compact', '--until', until]);
  const [, date = ''] = /^mem: hint: say when it begins to run again: (\d{4}-\d\d-\d\d), or /m.exec(stderr) ?? [];
  expect({status, stderr}).toMatchObject({status: 64, stderr: expect.stringContaining(`"${until}"`)});
  // In the short form the hint of the first one is followed.
  if (!isProofs && until !== 'yesterday') return expect(Date.parse(date)).toBeGreaterThan(Date.now());
  expect((await mem.run(['schedule', 'pause', 'compact', '--until', date])).stdout).toBe(`compact is paused until ${date} 00:00\n`);
});

test('a setting of a job says how a schedule that is installed gets it', async () => {
  await using mem = await MemRig.create();
  await mem.init('UTC');
  const told = /\nIf a schedule is installed, update it with: mem install-schedule\n$/;
  expect((await mem.run(['config', 'set', 'jobs.rollup-day.cron', '30 1 * * *'])).stdout).toMatch(told);
  expect((await mem.run(['config', 'set', 'time_zone', 'Asia/Kathmandu'])).stdout).toMatch(told);
  expect((await mem.run(['config', 'set', 'min_age', '1h'])).stdout).not.toMatch(told);
});

test('by hand a run is told in a line', async () => {
  await using mem = await MemRig.create();
  await mem.init('UTC');
  const {status, stderr} = await mem.run(['schedule', 'run', 'rollup-day', '--now']);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^mem: rollup-day ok, [\d.]+ m?s: nothing to do\n$/);
});

test('SIGTERM ends the wait for the jitter with 0, and the slot stays due', async () => {
  await using mem = await MemRig.create();
  // Of 2023, so that slots of each job have come.
  await openStoreGate(mem.home).create(A_HEADER);
  const log = join(mem.home, 'db', 'LOG');
  const before = statSync(log).ino;
  const waiting = mem.start(['schedule', 'run', 'rollup-day', '--jitter', '43200', '--via', 'cron']);
  // LevelDB begins a new one each time that it is opened: here to look what is due.
  await waiting.until(() => statSync(log, {throwIfNoEntry: false})?.ino !== before);
  waiting.kill('SIGTERM');
  expect(await waiting.ended).toEqual({status: 0, stdout: '', stderr: ''});
  expect((await mem.run(['schedule', 'run', 'rollup-day', '--via', 'cron'])).stderr).toContain('rollup-day ok');
});

test.each([
  ['SIGTERM', {status: 143}, {state: 'idle', last_result: 'stopped', error_count: 0}],
  ['SIGKILL', {status: null}, {state: 'failed', last_result: 'error', error_count: 1, last_error: {code: 'KILLED'}}],
] as const)('%s in the middle of a run: what was made is kept, and the rest is made once by the next', async (signal, ends, shows) => {
  await using mem = await MemRig.create();
  const db = join(mem.home, 'db');
  const size = () => readdirSync(db).reduce((sum, name) => sum + (statSync(join(db, name), {throwIfNoEntry: false})?.size ?? 0), 0);
  let [segments, runs] = [0, 0];
  let ended: RunResult;
  do {
    await mem.ingest(manySegments(1_200, segments));
    segments += 1_200;
    const run = mem.start(['schedule', 'run', 'rollup-segment', '--now', '--via', 'cron', '--json']);
    await run.until(() => run.said().includes('"outcome":"begun"'));
    const before = size();
    // A commit of nodes and more.
    await run.until(() => size() > before + 600_000);
    run.kill(signal);
    ended = await run.ended;
    runs++;
    // On a busy machine the signal may come too late.
  } while (ended.status === 0 && runs < 10);
  expect(ended).toMatchObject(ends);
  expect(await statusOf(mem, 'rollup-segment')).toMatchObject({...shows, run_count: runs, is_running: false});
  const made = (await segmentVersions(mem)).length;
  expect(made).toBeGreaterThan(0);
  expect((await mem.run(['schedule', 'run', 'rollup-segment', '--now', '--via', 'cron'])).status).toBe(0);
  const versions = await segmentVersions(mem);
  expect([versions.length, versions.every((version) => version === 1)]).toEqual([segments, true]);
  expect(await statusOf(mem, 'rollup-segment')).toMatchObject({
    state: 'idle',
    last_result: 'success',
    last_counts: {made: segments - made},
  });
});

test('the command for a failure is told of a run that was killed, by whoever finds it, without the key', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(manySegments(500));
  const out = join(mem.folder, 'told');
  const script = `e=process.env;require('fs').writeFileSync('${out}',[e.MEM_FAILED_JOB,e.MEM_FAILED_CODE,e.OPENAI_API_KEY,e.MEM_SUMMARIZING].join(' '))`;
  const command = JSON.stringify([process.execPath, '-e', script]);
  expect((await mem.run(['config', 'set', 'jobs.rollup-segment.on_failure', command])).status).toBe(0);
  const run = mem.start(['schedule', 'run', 'rollup-segment', '--now', '--via', 'cron', '--json']);
  await run.until(() => run.said().includes('"outcome":"begun"'));
  run.kill('SIGKILL');
  await run.ended;
  const status = await mem.run(['status'], '', {OPENAI_API_KEY: 'sk-not-a-key'});
  expect(status.stdout).toContain('[KILLED]');
  expect(readFileSync(out, 'utf8')).toBe('rollup-segment KILLED  1');
});

test('a wrong cron expression, zone or date that never comes is refused before anything is written, and when a job runs', async () => {
  await using mem = await MemRig.create();
  const refusals = [
    ['jobs.rollup-day.cron', '0 0 25 * * *', 'jobs.rollup-day.cron: in the cron expression "0 0 25 * * *" the hour 25 is out of range'],
    ['jobs.rollup-month.cron', '0 3 30 2 *', 'never comes'],
    ['jobs.compact.time_zone', 'Mars/Olympus', 'jobs.compact.time_zone cannot be "Mars/Olympus"'],
    ['jobs.rollup-week.jitter', '5 minutes', 'jobs.rollup-week.jitter cannot be "5 minutes"'],
  ] as const;
  for (const [key, value, message] of refusals) {
    const {status, stderr} = await mem.run(['config', 'set', key, value]);
    expect({key, status, stderr}).toEqual({key, status: 78, stderr: expect.stringContaining(message)});
  }
  expect(existsSync(join(mem.folder, '.config'))).toBe(false);
  await mem.init('UTC');
  const run = await mem.run(['schedule', 'run', 'rollup-year', '--via', 'cron'], '', {MEM_JOBS_ROLLUP_YEAR_CRON: '0 0 5 31 4 *'});
  expect({status: run.status, stderr: run.stderr}).toEqual({status: 78, stderr: expect.stringContaining('jobs.rollup-year.cron: ')});
});

test('rollups at once, by schedulers and by hand: each of 50 marked segments is made, once', async () => {
  let skipped = 0;
  const rounds = isProofs ? 20 : 1;
  for (let round = 0; round < rounds; round++) {
    await using mem = await MemRig.create();
    await mem.ingest(manySegments(50));
    const runs = await Promise.all([
      mem.run(['rollup', '--json']),
      mem.run(['rollup', '--json']),
      ...['rollup-segment', 'rollup-day', 'rollup-week'].map((job) =>
        mem.run(['schedule', 'run', job, '--now', '--via', 'systemd', '--strict']),
      ),
    ]);
    const statuses = runs.map(({status}) => status);
    expect(
      statuses.every((status) => status === 0 || status === 75),
      String(statuses),
    ).toBe(true);
    skipped += statuses.filter((status) => status === 75).length;
    expect(statuses).toContain(0);
    expect(await segmentVersions(mem)).toEqual(Array.from({length: 50}, () => 1));
  }
  if (isProofs) process.stderr.write(`rollups at once: ${rounds} rounds of 5, ${skipped} found the lock taken\n`);
});
