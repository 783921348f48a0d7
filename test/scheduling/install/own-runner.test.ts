import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {asCron, commandOf} from '../../cli/crontab-rig.js';
import {flag, linux, table} from './fake-schedulers.js';

const DATA = '.local/share/mem';
const STATE = '.local/state/mem/schedule';

describe('the runner of a home', () => {
  test('lies outside of every home: with the default home deleted the schedules of the others work', async () => {
    // They lay beside the default home.
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    rmSync(join(rig.user, DATA), {recursive: true, force: true});
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual([]);
    expect(existsSync(join(rig.user, STATE, installed.scheduleId, 'run'))).toBe(true);
  });

  test.each(['rollup-day', '--missed'])('that is gone leaves an entry for %s that is silent, and the home says so', async (job) => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    const folder = join(rig.user, STATE, installed.scheduleId);
    rmSync(folder, {recursive: true});
    expect(await asCron(commandOf(rig, job))).toEqual({status: 0, stdout: '', stderr: ''});
    expect(await rig.scheduler.inspect(rig.wanted())).toMatchObject({
      backend: 'cron',
      drift: [{what: `the runner is gone, with ${folder}: nothing starts the jobs`, cure: 'mem install-schedule'}],
    });
    expect((await rig.scheduler.install(rig.wanted(), rig.options())).installed.drift).toEqual([]);
  });

  test('that is gone with the entries is told too', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    rmSync(join(rig.user, STATE, installed.scheduleId), {recursive: true});
    rmSync(join(rig.folder, 'state/table'));
    const {drift} = (await rig.scheduler.inspect(rig.wanted())) ?? {};
    expect(drift).toEqual([{what: 'entries and runner of the schedule are gone: nothing starts the jobs', cure: 'mem install-schedule'}]);
  });

  test('that an older mem put into the default home is drift, and an installation moves it', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    const [now, former] = [join(rig.user, STATE, installed.scheduleId), join(rig.user, DATA, 'schedule', installed.scheduleId)];
    mkdirSync(dirname(former), {recursive: true});
    renameSync(now, former);
    for (const path of [join(rig.folder, 'state/table'), join(former, 'manifest.json')])
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(now, former));
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift[0]).toEqual({
      what: `what the entries start lies in another home, in ${former}`,
      cure: 'mem install-schedule',
    });
    expect((await rig.scheduler.install(rig.wanted(), rig.options())).installed).toMatchObject({
      scheduleId: installed.scheduleId,
      drift: [],
    });
    expect([existsSync(former), existsSync(join(now, 'run')), table(rig)?.includes(former)]).toEqual([false, true, false]);
  });
});

test('an installation from a shell with another PATH changes nothing', async () => {
  using rig = linux();
  await rig.scheduler.install(rig.wanted(), rig.options());
  const {PATH = ''} = rig.here.env;
  rig.here = {...rig.here, env: {PATH: `${PATH}:/opt/of-this-shell/bin`}};
  expect(await rig.scheduler.plan(rig.wanted(), rig.options())).toMatchObject({changes: [], fault: undefined});
});

describe('an uninstallation', () => {
  test('lists all that it takes, the log too', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    for (const name of ['log', 'log.1', 'log.2']) writeFileSync(`${dirname(installed.log)}/${name}`, 'x\n');
    const before = Object.keys(rig.files());
    const planned = await rig.scheduler.uninstall(rig.home, {isDryRun: true});
    expect(Object.keys(rig.files())).toEqual(before);
    const {changes} = await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(changes).toEqual(planned.changes);
    const gone = before.filter((name) => !(name in rig.files()));
    expect(gone).toHaveLength(6);
    expect(changes.map(({name}) => name).sort()).toEqual(['crontab', ...gone.map((name) => join(rig.user, name))].sort());
  });

  test('that fails half-way says what it changed, and a second one takes the rest', async () => {
    // It said "nothing was changed", and the block in the crontab was gone.
    using rig = linux({systemd: true});
    await rig.scheduler.install(rig.wanted(), rig.options('cron'));
    const withBlock = table(rig) ?? '';
    await rig.scheduler.install(rig.wanted(), rig.options('systemd'));
    writeFileSync(join(rig.folder, 'state/table'), withBlock);
    flag(rig, 'no-bus');
    await expect(rig.scheduler.uninstall(rig.home, {isDryRun: false})).rejects.toMatchObject({
      code: 'SERVICE_AWAY',
      message: expect.stringMatching(/its timers cannot be switched off: .*; removed before that: mem's lines in crontab$/),
      hint: 'fix the cause, then run it again: it removes the rest',
    });
    expect(table(rig)).not.toContain('mem schedule');
    rmSync(join(rig.folder, 'state/no-bus'));
    await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(Object.keys(rig.files()).filter((name) => !name.includes('backup'))).toEqual([]);
  });
});
