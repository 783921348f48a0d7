import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {holdRollupLock} from '../install/hold-lock.js';
import {lacking, NamespaceRig} from '../install/namespace-rig.js';
import {BUS, startManager, systemctl} from './manager-rig.js';

const reason = lacking('systemctl', 'systemd-analyze', 'dbus-daemon', '/lib/systemd/systemd');
if (reason !== undefined)
  process.stderr.write(`skipped: systemd itself in a namespace; ${reason} (Debian: apt-get install systemd dbus dbus-user-session)\n`);

/** Installing for a home with every character that a unit reads otherwise than it stands. */
const NASTY = `it's 100% \\ $HOME "q" #1`;

const unitsIn = (rig: NamespaceRig): readonly string[] => {
  const folder = join(rig.folder, 'user/.config/systemd/user');
  return existsSync(folder) ? readdirSync(folder, {recursive: true}).map(String).sort() : [];
};

test.skipIf(reason !== undefined)(
  'systemd takes the units, starts them with the very words of their entries, makes up for what was missed, and keeps nothing of them',
  async () => {
    await using rig = await NamespaceRig.create();
    const home = join(rig.folder, NASTY);
    mkdirSync(home);
    const env = {XDG_DATA_HOME: join(rig.folder, `data ${NASTY}`)};
    mkdirSync(join(rig.folder, 'user/.config/mem'), {recursive: true});
    writeFileSync(join(rig.folder, 'user/.config/mem/config.toml'), '[jobs.rollup-segment]\ncron = "*/3 * * * * *"\n');
    expect((await rig.mem(['init', '--store', home, '--time-zone', 'America/New_York'])).status).toBe(0);
    const away = await rig.mem(['install-schedule', '--backend', 'systemd', '--allow-ephemeral', '--store', home], env);
    expect(away.status).toBe(69);
    expect(away.stderr).toContain("systemd's manager of this user cannot be reached");
    expect(unitsIn(rig)).toEqual([]);

    await startManager(rig);
    const mem = (...args: readonly string[]) => rig.mem([...args, '--store', home], {...env, ...BUS});
    const done = await mem('install-schedule', '--allow-ephemeral');
    expect(done, done.stderr).toMatchObject({status: 0, stderr: ''});
    expect(done.stdout).toMatch(/^Installed \(6 jobs, systemd user timers \(\d+\), schedule [0-9a-f]{8}\)\.\n/);
    const [, id = ''] = /schedule ([0-9a-f]{8})/.exec(done.stdout) ?? [];
    expect((await mem('install-schedule', '--allow-ephemeral')).stdout).toMatch(/^Already installed and up to date \(6 jobs/);

    const folder = join(rig.folder, 'user/.config/systemd/user');
    const units = readdirSync(folder).filter((name) => name.startsWith('mem-'));
    expect(units).toHaveLength(14);
    const verified = await rig.run('systemd-analyze', ['verify', '--user', '--man=no', ...units.map((name) => join(folder, name))], {
      env: BUS,
    });
    expect(verified).toEqual({status: 0, stdout: '', stderr: ''});

    const timers = JSON.parse((await systemctl(rig, 'list-timers', '--all', '-o', 'json')).stdout) as {unit: string; next: number}[];
    const ours = timers.filter(({unit}) => unit.startsWith(`mem-${id}-`));
    expect(ours.map(({unit}) => unit.slice(`mem-${id}-`.length)).sort()).toEqual(
      ['compact', 'missed', 'rollup-day', 'rollup-month', 'rollup-segment', 'rollup-week', 'rollup-year'].map((name) => `${name}.timer`),
    );
    // The slot, and up to five minutes of jitter that are drawn anew for each.
    const day = (ours.find(({unit}) => unit.includes('rollup-day'))?.next ?? 0) / 1_000_000;
    const [hour = 0, minute = 0] = new Date(day * 1000).toLocaleTimeString('en-GB', {timeZone: 'America/New_York'}).split(':').map(Number);
    expect([hour, minute < 5]).toEqual([1, true]);
    // In microseconds: what was drawn is hardly ever a whole minute.
    const drawn = ours.filter(({next}) => next % 60_000_000 !== 0).map(({unit}) => unit.slice(`mem-${id}-`.length, -'.timer'.length));
    expect(drawn).toEqual(expect.arrayContaining(['rollup-day', 'rollup-week', 'rollup-month', 'rollup-year', 'compact']));
    expect(drawn).not.toContain('missed');

    // Due every three seconds: it fires, it is skipped while another run is at work, and it is done again afterwards. systemd refuses more
    // than five starts in ten seconds: every two seconds a timer that is late once is one too many.
    const jobs = async () => (JSON.parse((await mem('schedule', 'status', '--json')).stdout) as {jobs: Record<string, unknown>[]}).jobs;
    const segment = async (): Promise<Record<string, unknown>> => (await jobs()).find((job) => job['job_name'] === 'rollup-segment') ?? {};
    const first = await rig.until(async () => {
      const job = await segment();
      return job['last_result'] === 'success' ? job : undefined;
    }, 'the first run');
    expect(first).toMatchObject({error_count: 0});
    // The hourly wake-up may come in between: the clock is the machine's.
    const ofSegment = rig.calls().find(({args}) => args.includes('rollup-segment'));
    expect(ofSegment?.args).toEqual(['schedule', 'run', '--store', home, 'rollup-segment', '--asked', '--via', 'systemd']);
    const letGo = await holdRollupLock(rig, home);
    const skipped = await rig.until(async () => {
      const job = await segment();
      return Number(job['skip_count']) > 0 ? job : undefined;
    }, 'a skip');
    expect(skipped).toMatchObject({last_skip: {reason: 'overlap'}, last_result: 'success'});
    await letGo();
    await rig.until(async () => (Number((await segment())['run_count']) > Number(skipped['run_count']) ? true : undefined), 'another run');
    expect((await systemctl(rig, 'is-failed', `mem-${id}-rollup-segment.service`)).stdout.trim()).not.toBe('failed');

    // A timer's start is none that a person asked for: a paused job stays paused. That of a person runs what is not due.
    await mem('schedule', 'pause', 'rollup-segment');
    await rig.until(
      async () => ((await segment())['last_skip'] as {reason: string}).reason === 'paused' || undefined,
      'a slot that is passed over',
    );
    await systemctl(rig, 'start', `mem-${id}-rollup-year.service`);
    const year = (await jobs()).find((job) => job['job_name'] === 'rollup-year');
    expect(year).toMatchObject({run_count: 1, last_result: 'success', last_trigger: 'systemd'});

    // As after a month in which the machine was off: a stamp of long ago.
    const stamp = join(rig.folder, 'user/.local/share/systemd/timers', `stamp-mem-${id}-missed.timer`);
    await systemctl(rig, 'stop', `mem-${id}-missed.timer`);
    await rig.run('touch', ['-d', '2026-01-01', stamp]);
    const missed = () => rig.calls().filter(({args}) => args.includes('--missed'));
    const before = missed().length;
    await systemctl(rig, 'start', `mem-${id}-missed.timer`);
    const caughtUp = await rig.until(() => missed()[before], 'the wake-up that makes up for what was missed');
    expect(caughtUp.args).toEqual(['schedule', 'run', '--store', home, '--missed', '--via', 'systemd']);

    expect(await mem('uninstall-schedule')).toMatchObject({status: 0, stderr: ''});
    expect(unitsIn(rig).filter((name) => name.includes('mem-'))).toEqual([]);
    expect((await systemctl(rig, 'list-units', '--all', '--plain', '--no-legend', 'mem-*')).stdout).toBe('');
    expect((await systemctl(rig, 'list-unit-files', '--no-legend', 'mem-*')).stdout).toBe('');
    expect(readdirSync(join(rig.folder, 'user/.local/share/systemd/timers'))).toEqual([]);
    expect(existsSync(join(env.XDG_DATA_HOME, 'mem/schedule'))).toBe(false);
    expect(existsSync(join(rig.folder, 'user/.local/state/mem/schedule', id))).toBe(false);
  },
);
