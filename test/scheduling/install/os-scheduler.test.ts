import {cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {flag, linux, OTHERS, table} from './fake-schedulers.js';

describe('an installation', () => {
  test.each([
    [{name: 'rollup-day', cron: '0 0 31 2 *'}, 'cron'],
    [{name: 'rollup-day', cron: '61 * * * *'}, 'minute'],
    [{name: 'rollup-day', cron: '15,45 0 1 * * *'}, 'jobs.rollup-day.cron: the cron expression "15,45 0 1 * * *" has several seconds'],
    [{name: 'rollup-day', timeZone: 'Mars/Olympus'}, 'Mars/Olympus'],
  ] as const)('with a job that is none writes nothing: %j', async (changed, word) => {
    using rig = linux();
    const before = rig.files();
    await expect(rig.scheduler.install(rig.wanted(changed), rig.options())).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(word),
    });
    expect([rig.files(), table(rig)]).toEqual([before, OTHERS]);
  });

  test('takes systemd where it answers, and stays with what is in use as long as that works', async () => {
    using rig = linux({systemd: true});
    expect((await rig.scheduler.plan(rig.wanted(), rig.options())).backend).toBe('systemd');
    await rig.scheduler.install(rig.wanted(), rig.options('cron'));
    expect((await rig.scheduler.plan(rig.wanted(), rig.options())).backend).toBe('cron');
    rmSync(join(rig.folder, 'bin/crontab'));
    await expect(rig.scheduler.plan(rig.wanted(), rig.options())).rejects.toMatchObject({code: 'SERVICE_AWAY'});
  });

  test('for another scheduler removes the entries of the first, both ways', async () => {
    using rig = linux({systemd: true});
    const units = () => readdirSync(join(rig.user, '.config/systemd/user')).length;
    await rig.scheduler.install(rig.wanted(), rig.options('systemd'));
    expect([units(), table(rig)]).toEqual([12, OTHERS]);
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options('cron'));
    expect([units(), installed.backend, installed.drift]).toEqual([0, 'cron', []]);
    expect(table(rig)).toContain('rollup-day');
    await rig.scheduler.install(rig.wanted(), rig.options('systemd'));
    expect([units(), table(rig)]).toEqual([12, OTHERS]);
  });

  test('that fails halfway takes back what it did, and the old one stays at work', async () => {
    using rig = linux({systemd: true});
    await rig.scheduler.install(rig.wanted(), rig.options('cron'));
    const [before, files] = [table(rig), rig.files()];
    flag(rig, 'refuses');
    await expect(rig.scheduler.install(rig.wanted(), rig.options('systemd'))).rejects.toMatchObject({code: 'SERVICE_AWAY'});
    expect([table(rig), rig.files()]).toEqual([before, files]);
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual([]);
  });

  test('without any scheduler ends with what to do instead', async () => {
    using rig = linux({cron: false});
    await expect(rig.scheduler.install(rig.wanted(), rig.options())).rejects.toMatchObject({
      code: 'SERVICE_AWAY',
      hint: expect.stringContaining('mem schedule run --due'),
    });
    await expect(rig.scheduler.install(rig.wanted(), rig.options('launchd'))).rejects.toMatchObject({code: 'SERVICE_AWAY'});
    expect(Object.keys(rig.files())).toEqual([]);
    // But the entries can be shown, for another machine.
    const {entries} = await rig.scheduler.render(rig.wanted(), rig.options('cron'));
    expect(entries.map(({name}) => name)).toEqual([expect.stringMatching(/\/run$/), 'crontab']);
  });

  test('of a mem that will be gone soon is refused', async () => {
    using rig = linux();
    const script = join(rig.folder, '.npm/_npx/12ab/node_modules/mem/bin/mem.js');
    rig.write(script, '');
    rig.here = {...rig.here, scriptPath: script};
    const install = (allowEphemeral: boolean) => rig.scheduler.install(rig.wanted(), {backend: 'cron', allowEphemeral});
    await expect(install(false)).rejects.toMatchObject({code: 'CONFIG_INVALID', message: expect.stringContaining('npx')});
    expect((await install(true)).installed.backend).toBe('cron');
  });

  test('shows the same id before and after it was made', async () => {
    using rig = linux();
    const planned = await rig.scheduler.plan(rig.wanted(), rig.options());
    const {installed, planned: done} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(installed.scheduleId).toBe(planned.scheduleId);
    expect(done).toEqual(planned);
  });
});

describe('a home', () => {
  test('whose timers nobody can switch off keeps them, and says what to do where systemd is gone for good', async () => {
    using rig = linux({systemd: true});
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    // A backup of the crontab is no harm.
    const files = () => Object.entries(rig.files()).filter(([name]) => !name.includes('backup'));
    const before = files();
    flag(rig, 'no-bus');
    const units = join(rig.user, '.config/systemd/user');
    const hint = `first: rm -f ${units}/mem-${installed.scheduleId}-* ${units}/timers.target.wants/mem-${installed.scheduleId}-*`;
    for (const change of [
      () => rig.scheduler.uninstall(rig.home, {isDryRun: false}),
      () => rig.scheduler.install(rig.wanted(), rig.options('cron')),
    ])
      await expect(change()).rejects.toMatchObject({code: 'SERVICE_AWAY', hint: expect.stringContaining(hint)});
    expect(files()).toEqual(before);
    expect(table(rig)).toBe(OTHERS);
    for (const name of readdirSync(units)) rmSync(join(units, name));
    expect((await rig.scheduler.install(rig.wanted(), rig.options('cron'))).installed.drift).toEqual([]);
    await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(table(rig)).toBe(OTHERS);
  });

  test('that was copied gets entries of its own, and leaves those of the first alone', async () => {
    using rig = linux();
    const {installed: first} = await rig.scheduler.install(rig.wanted(), rig.options());
    const copy = join(rig.user, 'copy');
    cpSync(rig.home, copy, {recursive: true});
    expect(await rig.scheduler.inspect({...rig.wanted(), home: copy})).toBeUndefined();
    expect(await rig.scheduler.uninstall(copy, {isDryRun: false})).toMatchObject({changes: []});
    const {installed: second} = await rig.scheduler.install({...rig.wanted(), home: copy}, rig.options());
    expect(second.scheduleId).not.toBe(first.scheduleId);
    expect(table(rig)?.match(/^# >>>/gm)).toHaveLength(2);
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual([]);
    await rig.scheduler.uninstall(copy, {isDryRun: false});
    expect(table(rig)?.match(/^# >>>/gm)).toHaveLength(1);
  });

  test('that was moved says so, and takes its entries along', async () => {
    using rig = linux();
    const {installed: first} = await rig.scheduler.install(rig.wanted(), rig.options());
    const old = rig.home;
    const moved = {...rig.wanted(), home: join(rig.user, 'moved')};
    renameSync(old, moved.home);
    expect((await rig.scheduler.inspect(moved))?.drift).toEqual([
      {what: `the entries belong to the home ${old}`, cure: 'mem install-schedule'},
    ]);
    const {installed} = await rig.scheduler.install(moved, rig.options());
    expect(installed).toMatchObject({scheduleId: first.scheduleId, drift: []});
    expect(table(rig)?.match(/^# >>>/gm)).toHaveLength(1);
    // A new home where the old one was is another one.
    mkdirSync(old);
    const {installed: third} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(third.scheduleId).not.toBe(first.scheduleId);
    expect(table(rig)?.match(/^# >>>/gm)).toHaveLength(2);
  });

  test('that is gone can be uninstalled all the same', async () => {
    using rig = linux();
    await rig.scheduler.install(rig.wanted(), rig.options());
    rmSync(rig.home, {recursive: true});
    const {changes} = await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(changes.map(({name}) => name)).toContain('crontab');
    expect(table(rig)).toBe(OTHERS);
  });

  test('that is gone with all that it knew of its entries can be uninstalled, too', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    rmSync(rig.home, {recursive: true});
    rmSync(join(rig.user, '.local/state/mem/schedule', installed.scheduleId), {recursive: true});
    const {backend} = await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect([backend, table(rig)]).toEqual(['cron', OTHERS]);
  });

  test('that stands where a moved one stood does not take away its entries', async () => {
    using rig = linux();
    await rig.scheduler.install(rig.wanted(), rig.options());
    renameSync(rig.home, join(rig.user, 'moved'));
    await rig.scheduler.install({...rig.wanted(), home: join(rig.user, 'moved')}, rig.options());
    mkdirSync(rig.home);
    expect((await rig.scheduler.uninstall(rig.home, {isDryRun: false})).changes).toEqual([]);
    expect(table(rig)).toContain('rollup-day');
  });

  test('of which another path is a link is the same home', async () => {
    using rig = linux();
    await rig.scheduler.install(rig.wanted(), rig.options());
    symlinkSync(rig.home, join(rig.user, 'link'));
    const {planned} = await rig.scheduler.install({...rig.wanted(), home: join(rig.user, 'link')}, rig.options());
    expect(planned.changes).toEqual([]);
  });
});
