import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {holdRollupLock} from '../install/hold-lock.js';
import {lacking, NamespaceRig} from '../install/namespace-rig.js';
import {fakeTimeLibrary, startCron, stopClock} from './fast-cron.js';

const reason = lacking('cron', 'crontab') ?? (fakeTimeLibrary() === undefined ? 'faketime not installed' : undefined);
if (reason !== undefined) process.stderr.write(`skipped: cron itself in a namespace; ${reason} (Debian: apt-get install cron faketime)\n`);
const isProofs = process.env['MEM_PROOFS'] === '1';

/** Everything that any of the formats reads otherwise than it stands. */
const NASTY = `it's 100% \\ $HOME \`x\` "q" #1`;
const OTHERS = '# mine\n5 5 * * *\techo "hi"   \n\n  @daily true  \nNAME="a b"\n';

/** A home with a store, made at the rig's time. @returns calls mem for it, with `words` of settings for its own configuration */
async function homeIn(rig: NamespaceRig, name: string, {zone = 'UTC', toml = ''} = {}) {
  const home = join(rig.folder, 'homes', name);
  const env = {XDG_DATA_HOME: join(rig.folder, 'data', name), XDG_CONFIG_HOME: join(rig.folder, 'config', name)};
  mkdirSync(home, {recursive: true});
  mkdirSync(join(env.XDG_CONFIG_HOME, 'mem'), {recursive: true});
  writeFileSync(join(env.XDG_CONFIG_HOME, 'mem/config.toml'), toml);
  const mem = async (...args: readonly string[]): Promise<string> => {
    const {status, stdout, stderr} = await rig.mem([...args, '--store', home], env);
    expect({args, status, stderr}).toEqual({args, status: 0, stderr: ''});
    return stdout;
  };
  await mem('init', '--time-zone', zone);
  return {home, env, mem, status: async (job: string) => jobIn(await mem('schedule', 'status', '--json'), job)};
}

function jobIn(json: string, name: string): Record<string, unknown> {
  const {jobs} = JSON.parse(json) as {jobs: Record<string, unknown>[]};
  return jobs.find((job) => job['job_name'] === name) ?? {};
}

const NO_JITTER = ['day', 'week', 'month', 'year'].map((name) => `[jobs.rollup-${name}]\njitter = "0s"\n`).join('');

test.skipIf(reason !== undefined)(
  'cron starts the jobs of two homes with the very words of their entries, and their states say what came of it',
  async () => {
    await using rig = await NamespaceRig.create();
    await stopClock(rig, Date.parse('2026-11-20T12:00:00Z'));
    expect((await rig.run('crontab', ['-'], {input: OTHERS})).status).toBe(0);
    const plain = await homeIn(rig, 'plain', {toml: NO_JITTER});
    const nasty = await homeIn(rig, NASTY);
    for (const {mem} of [plain, nasty]) await mem('install-schedule', '--backend', 'cron', '--allow-ephemeral');
    await plain.mem('schedule', 'pause', 'rollup-segment');
    const table = (await rig.run('crontab', ['-l'])).stdout;
    expect(table.startsWith(OTHERS)).toBe(true);
    expect((await rig.run('crontab', ['-n', '-'], {input: table})).status).toBe(0);

    await startCron(rig, Date.parse('2026-11-21T00:58:45Z'));
    const wanted = [plain, nasty].flatMap(({home}) => [
      ['schedule', 'run', '--store', home, 'rollup-segment', '--via', 'cron'],
      ['schedule', 'run', '--store', home, 'rollup-day', ...(home === plain.home ? [] : ['--jitter', '300']), '--via', 'cron'],
      ['schedule', 'run', '--store', home, '--missed', '--via', 'cron'],
    ]);
    const textOf = (args: readonly string[]): string => args.join(' ');
    const seen = (): ReadonlySet<string> => new Set(rig.calls().map(({args}) => textOf(args)));
    await rig.until(() => (seen().size >= wanted.length ? true : undefined), 'the calls of one o’clock');
    expect([...seen()].sort()).toEqual(wanted.map(textOf).sort());
    for (const {args, at, cwd} of rig.calls()) {
      // In the hour of its slot, but for what starts with cron. A busy machine is late: a second of ours is half a minute there.
      if (args.includes('rollup-day')) expect(new Date(at).toISOString(), textOf(args)).toMatch(/^2026-11-21T01:/);
      expect(cwd).toBe('/');
    }
    const run = await rig.until(async () => {
      const job = await plain.status('rollup-day');
      return job['run_count'] === 1 ? job : undefined;
    }, 'the state of the run');
    expect(run).toMatchObject({last_result: 'success', error_count: 0, is_running: false});
    expect(await plain.status('rollup-segment')).toMatchObject({is_paused: true, run_count: 0});
    expect(await plain.mem('schedule', 'log')).toMatch(/^\S+ {2}rollup-day ok, [^\n]* \(by cron\): nothing to do$/m);

    const logs = join(rig.folder, 'user/.local/state/mem/schedule');
    const ids = readdirSync(logs).filter((name) => /^[0-9a-f]{8}$/.test(name));
    expect(ids).toHaveLength(2);
    for (const id of ids) {
      expect(readFileSync(join(logs, id, 'log'), 'utf8')).toMatch(/^\S+Z \d+ start rollup-day (--jitter 300 )?--via cron$/m);
      expect(statSync(join(logs, id, 'log')).mode & 0o777).toBe(0o600);
    }
    for (const {mem} of [plain, nasty]) await mem('uninstall-schedule');
    expect((await rig.run('crontab', ['-l'])).stdout).toBe(OTHERS);
  },
);

// In the run itself the clock goes as it does: it waits for 20 seconds of ours, until 01:15 of cron. `npm test` has the same with a clock that
// is set (run-jobs.test.ts).
test.skipIf(reason !== undefined).each(isProofs ? ['0s'] : [])(
  'a job at a second of its minute, which cron starts at its beginning, waits for its second (jitter %s)',
  async (jitter) => {
    await using rig = await NamespaceRig.create();
    await stopClock(rig, Date.parse('2026-11-20T12:00:00Z'));
    const {mem, status} = await homeIn(rig, 'home', {toml: `[jobs.rollup-day]\ncron = "25 0 1 * * *"\njitter = "${jitter}"\n`});
    await mem('install-schedule', '--backend', 'cron', '--allow-ephemeral');
    expect((await rig.run('crontab', ['-l'])).stdout).toContain('\n0 1 * * * [ ! -x /');
    await startCron(rig, Date.parse('2026-11-21T00:59:15Z'));
    const run = await rig.until(async () => {
      const job = await status('rollup-day');
      return job['run_count'] === 1 ? job : undefined;
    }, 'the run');
    expect(run).toMatchObject({last_result: 'success', last_slot: '2026-11-21T01:00:25.000Z'});
    // A quarter past would be the wake-up of another job.
    expect(run['last_run']).toMatch(/^2026-11-21T01:0[0-9]:/);
    const woken = rig.calls().filter(({args}) => args.includes('rollup-day'));
    expect(woken.map(({at}) => new Date(at).toISOString().slice(0, 14))).toEqual(['2026-11-21T01:']);
  },
);

test.skipIf(reason !== undefined)('a run that finds another one at work is skipped, and what it left is done later', async () => {
  await using rig = await NamespaceRig.create();
  await stopClock(rig, Date.parse('2026-11-20T12:00:00Z'));
  const {home, env, mem, status} = await homeIn(rig, 'home', {toml: NO_JITTER});
  await mem('install-schedule', '--backend', 'cron', '--allow-ephemeral');
  const letGo = await holdRollupLock(rig, home);
  await startCron(rig, Date.parse('2026-11-21T00:59:15Z'));
  const skipped = await rig.until(async () => {
    const job = await status('rollup-day');
    return job['skip_count'] === 1 ? job : undefined;
  }, 'a skip');
  expect(skipped).toMatchObject({run_count: 0, last_skip: {reason: 'overlap'}, last_result: null});
  await letGo();
  // The wake-up of a quarter past does what is left; half a minute of ours.
  if (!isProofs) await rig.mem(['schedule', 'run', 'rollup-segment', '--via', 'cron', '--store', home], env);
  const done = await rig.until(async () => {
    const job = await status('rollup-day');
    return job['run_count'] === 1 ? job : undefined;
  }, 'the run that was left');
  expect(done).toMatchObject({last_result: 'success'});
});

const CHANGES = [
  // Half past two does not come: cron starts it when the hour is over, and its slot is the first instant after the gap.
  {name: 'a gap of the clock', from: '2026-03-29T00:58:15Z', slot: '2026-03-29T01:0', untilMinutes: 3},
  // It comes twice, and is the job's the first time.
  {name: 'an hour that comes twice', from: '2026-10-25T00:29:15Z', slot: '2026-10-25T00:3', untilMinutes: 95},
];

test.skipIf(reason !== undefined).each(isProofs ? CHANGES : CHANGES.slice(0, 1))(
  'a job at half past two runs once in the night of $name',
  async ({from, slot, untilMinutes}) => {
    await using rig = await NamespaceRig.create({zone: 'Europe/Berlin'});
    await stopClock(rig, Date.parse(from) - 3_600_000 * 12);
    const toml = '[jobs.rollup-day]\ncron = "30 2 * * *"\njitter = "0s"\n';
    const {mem, status} = await homeIn(rig, 'home', {zone: 'Europe/Berlin', toml});
    await mem('install-schedule', '--backend', 'cron', '--allow-ephemeral');
    expect((await rig.run('crontab', ['-l'])).stdout).toContain('\n30 2 * * * [ ! -x /');
    await startCron(rig, Date.parse(from));
    await rig.until(async () => ((await status('rollup-day'))['run_count'] === 1 ? true : undefined), 'the run');
    const end = Date.parse(from) + untilMinutes * 60_000;
    await rig.until(
      async () => (Date.parse((JSON.parse(await mem('status', '--json')) as {now: string}).now) > end ? true : undefined),
      'the end of the night',
    );
    expect(await status('rollup-day')).toMatchObject({run_count: 1, last_result: 'success'});
    const woken = rig
      .calls()
      .filter(({args}) => args.includes('rollup-day'))
      .map(({at}) => new Date(at).toISOString().slice(0, 15));
    expect(woken[0]).toBe(slot);
  },
);
