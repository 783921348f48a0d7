import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
if (!hasFaketime) process.stderr.write('schedule tests are skipped: they need faketime (Debian: apt-get install faketime)\n');

interface JsonNode {
  readonly node_id: string;
  readonly toc_level: string;
  readonly version: number;
}

async function nodesAt(mem: MemRig, at: string): Promise<readonly JsonNode[]> {
  const {stdout} = await mem.runAt(at, ['toc', 'list', '--json']);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

async function jobAt(mem: MemRig, at: string, job: string): Promise<Record<string, unknown>> {
  const {stdout} = await mem.runAt(at, ['schedule', 'status', job, '--json']);
  const parsed: {readonly jobs: readonly Record<string, unknown>[]} = JSON.parse(stdout);
  return parsed.jobs[0] ?? {};
}

/** A store in a zone, made by its first event at a time in UTC. */
async function aStore(zone: string, at: string, texts: readonly [at: string, text: string][]): Promise<MemRig> {
  const mem = await MemRig.create();
  mem.env['TZ'] = zone;
  const lines = texts.map(([when, text]) => `${JSON.stringify(anEvent({at: when, text}))}\n`).join('');
  expect((await mem.runAt(at, ['ingest', '--drain'], lines)).status).toBe(0);
  return mem;
}

describe.skipIf(!hasFaketime)('with a clock of its own', () => {
  test('a machine asleep for nine days: one wake-up brings every TOC level up to date, once', async () => {
    const days = Array.from({length: 9}, (_, day) => new Date(Date.parse('2023-12-27T10:00:00Z') + day * 86_400_000).toISOString());
    const told = days.map((at): [string, string] => [at, `The gauge of ${at.slice(0, 10)} was read.`]);
    await using mem = await aStore('Europe/Berlin', '2023-12-27 12:00:00', told.slice(0, 1));
    // Written by another machine's clock meanwhile: they wait in the inbox.
    const lines = told.slice(1).map(([at, text]) => `${JSON.stringify(anEvent({at, text}))}\n`);
    expect((await mem.runAt('2024-01-05 08:00:00', ['ingest'], lines.join(''))).status).toBe(0);
    // The wake-up of one job, and not even of the one whose slot was missed.
    const woken = await mem.runAt('2024-01-08 08:20:00', ['schedule', 'run', 'rollup-segment', '--via', 'systemd']);
    expect({status: woken.status, stdout: woken.stdout}).toEqual({status: 0, stdout: ''});
    const nodes = await nodesAt(mem, '2024-01-08 08:30:00');
    const count = (level: string) => nodes.filter(({toc_level}) => toc_level === level).length;
    // December and 2023 have closed, January has not.
    expect(['segment', 'day', 'week', 'month', 'year'].map(count)).toEqual([9, 9, 2, 1, 1]);
    expect(nodes.map(({version}) => version)).toEqual(nodes.map(() => 1));
    expect(await mem.runAt('2024-01-08 08:30:01', ['schedule', 'run', '--due', '--via', 'systemd'])).toMatchObject({status: 0, stdout: ''});
    expect((await nodesAt(mem, '2024-01-08 08:31:00')).map(({version}) => version)).toEqual(nodes.map(() => 1));
    expect(await jobAt(mem, '2024-01-08 08:31:00', 'rollup-year')).toMatchObject({
      run_count: 1,
      last_result: 'success',
      last_trigger: 'systemd',
      due_since: null,
    });
  });

  test.each([
    ['Africa/Cairo', '2024-04-24 12:00:00', '2024-04-25T15:00:00Z', '2024-04-25 22:03:00', '2024-04-25 22:30:00'],
    ['America/Havana', '2024-03-08 12:00:00', '2024-03-09T20:00:00Z', '2024-03-10 05:03:00', '2024-03-10 05:30:00'],
  ])(
    'in %s a day that began at 01:00 does not keep the day before from being rolled up that morning',
    async (zone, made, event, early, later) => {
      await using mem = await aStore(zone, made, [[event, 'The gauge was read at noon.']]);
      expect((await mem.runAt(early, ['schedule', 'run', 'rollup-day', '--via', 'cron'])).status).toBe(0);
      const levels = async () => (await nodesAt(mem, later)).map(({toc_level}) => toc_level).sort();
      expect(await levels()).toEqual(['segment']);
      expect((await mem.runAt(later, ['schedule', 'run', 'rollup-segment', '--via', 'cron'])).status).toBe(0);
      expect(await levels()).toEqual(['day', 'segment']);
      expect(await jobAt(mem, later, 'rollup-day')).toMatchObject({error_count: 0, due_since: null});
    },
  );

  test('a paused job is passed over and left out until its pause ends, also after a restart', async () => {
    await using mem = await aStore('UTC', '2024-01-01 12:00:00', [['2024-01-01T11:00:00Z', 'We fixed the parser.']]);
    const paused = await mem.runAt('2024-01-02 00:00:00', ['schedule', 'pause', 'rollup-week', '--until', '2024-02-01']);
    expect(paused.stdout).toBe('rollup-week is paused until 2024-02-01 00:00\n');
    await mem.runAt('2024-01-14 02:01:00', ['schedule', 'run', 'rollup-week', '--via', 'cron']);
    expect((await nodesAt(mem, '2024-01-14 03:00:00')).map(({toc_level}) => toc_level)).not.toContain('week');
    expect(await jobAt(mem, '2024-01-14 03:00:00', 'rollup-week')).toMatchObject({
      state: 'paused',
      is_paused: true,
      paused_until: '2024-02-01T00:00:00.000Z',
      next_run: '2024-02-04T02:00:00.000Z',
      skip_count: 1,
      last_skip: {reason: 'paused'},
      run_count: 0,
    });
    expect((await mem.runAt('2024-01-14 03:00:00', ['status'])).stdout).toContain(
      'rollup-week is paused since 2024-01-02 00:00 until 2024-02-01 00:00',
    );
    await mem.runAt('2024-02-04 02:01:00', ['schedule', 'run', 'rollup-week', '--via', 'cron']);
    expect((await nodesAt(mem, '2024-02-04 03:00:00')).map(({toc_level}) => toc_level)).toContain('week');
  });

  test('the table says how each job is, in the zone of the store', async () => {
    await using mem = await aStore('Europe/Berlin', '2024-01-15 12:00:00', [['2024-01-15T11:00:00Z', 'We fixed the parser.']]);
    await mem.runAt('2024-01-16 00:02:00', ['schedule', 'run', 'rollup-day', '--via', 'systemd']);
    await mem.runAt('2024-01-16 00:10:00', ['schedule', 'pause', 'compact']);
    const {stdout, stderr, status} = await mem.runAt('2024-01-16 00:11:00', ['schedule', 'status']);
    expect({stderr, status}).toEqual({stderr: '', status: 0});
    const table = stdout.replaceAll(/ok, [\d.]+ m?s/g, 'ok, 99 ms').replaceAll(/ +/g, ' ');
    expect(table).toBe(`Scheduler not installed: nothing wakes mem up; install one with: mem install-schedule
Home ${mem.home}
Time zone Europe/Berlin, of all times below

JOB STATE LAST RUN RESULT NEXT RUN RUNS ERR SKIP
rollup-segment idle 2024-01-16 01:02 ok, 99 ms 2024-01-16 01:15 1 0 0
rollup-day idle 2024-01-16 01:02 ok, 99 ms 2024-01-17 01:00 1 0 0
rollup-week idle never - 2024-01-21 02:00 0 0 0
rollup-month idle never - 2024-02-01 03:00 0 0 0
rollup-year idle never - 2025-01-01 05:00 0 0 0
compact paused never - - 0 0 0

compact: paused since 2024-01-16 01:10; resume it with: mem schedule resume compact
`);
  });
});
