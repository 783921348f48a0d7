import {readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {CRONTAB, flag, linux, OTHERS, table} from '../install/fake-schedulers.js';
import type {SchedulerRig} from '../install/scheduler-rig.js';

describe('an installation for cron', () => {
  test('puts one block at the end of the crontab, and taking it away gives the same bytes again', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    const runner = `${rig.user}/.local/state/mem/schedule/${installed.scheduleId}/run`;
    expect(table(rig)).toBe(`${OTHERS}# >>> mem schedule ${installed.scheduleId} >>>
# Written by mem, which changes it with: mem install-schedule
0,15,30,45 * * * * [ ! -x ${runner} ] || ${runner} rollup-segment --via cron
0 1 * * * [ ! -x ${runner} ] || ${runner} rollup-day --jitter 300 --via cron
0 2 * * 0 [ ! -x ${runner} ] || ${runner} rollup-week --jitter 300 --via cron
0 3 1 * * [ ! -x ${runner} ] || ${runner} rollup-month --jitter 300 --via cron
0 5 1 1 * [ ! -x ${runner} ] || ${runner} rollup-year --jitter 300 --via cron
0 4 * * 0 [ ! -x ${runner} ] || ${runner} compact --jitter 600 --via cron
17 * * * * [ ! -x ${runner} ] || ${runner} --missed --via cron
@reboot [ ! -x ${runner} ] || ${runner} --missed --via cron
# <<< mem schedule ${installed.scheduleId} <<<
`);
    expect(installed).toMatchObject({backend: 'cron', label: 'cron', notes: [], drift: []});
    await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(table(rig)).toBe(OTHERS);
  });

  test('where there was no crontab there is none afterwards', async () => {
    using rig = linux({table: null});
    await rig.scheduler.install(rig.wanted(), rig.options());
    expect(table(rig)).toMatch(/^# >>> mem/);
    await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(table(rig)).toBeUndefined();
  });

  test('done again it writes nothing', async () => {
    using rig = linux();
    await rig.scheduler.install(rig.wanted(), rig.options());
    const before = rig.files();
    rig.calls();
    rig.now = (rig.now + 3_600_000) as EpochMs;
    const {planned} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(planned).toMatchObject({changes: [], fault: undefined});
    expect(rig.files()).toEqual(before);
    expect(rig.calls().filter((call) => call === 'crontab -' || call === 'crontab -r')).toEqual([]);
  });

  test('lines of another one’s that are added meanwhile are kept, and each change leaves a backup, of which five stay', async () => {
    using rig = linux();
    for (let hour = 0; hour < 7; hour++) {
      rig.now = (rig.now + 1_000) as EpochMs;
      writeFileSync(join(rig.folder, 'state/table'), `${table(rig)}0 ${hour} * * * other\n`);
      await rig.scheduler.install(rig.wanted({name: 'rollup-day', cron: `0 ${hour} 1 * * *`}), rig.options());
    }
    expect(table(rig)?.match(/ other$/gm)).toHaveLength(7);
    expect(table(rig)?.match(/rollup-day/g)).toHaveLength(1);
    const backups = join(rig.user, '.local/state/mem/schedule/backup');
    expect(readdirSync(backups).sort()).toEqual([3, 4, 5, 6, 7].map((second) => `crontab-20261120T12000${second}000Z`));
    expect(readFileSync(join(backups, 'crontab-20261120T120007000Z'), 'utf8')).toContain('0 6 * * * other');
  });

  test.each([
    ['it may not be read', (rig: SchedulerRig) => flag(rig, 'denied'), 'SERVICE_AWAY', 'not allowed to use this program'],
    ['it cannot be written', (rig: SchedulerRig) => flag(rig, 'full'), 'NOT_WRITTEN', 'No space left on device'],
    ['it has changed when it is read again', (rig: SchedulerRig) => flag(rig, 'mangles'), 'NOT_WRITTEN', 'not what was written'],
    [
      'another program changes it meanwhile',
      (rig: SchedulerRig) => flag(rig, 'moving'),
      'NOT_WRITTEN',
      'another program changed the crontab at the same time',
    ],
    [
      'the end of the block is missing',
      (rig: SchedulerRig, id: string) => rig.write(join(rig.folder, 'state/table'), `# >>> mem schedule ${id} >>>\n0 0 * * * other\n`),
      'CONFIG_INVALID',
      'damaged',
    ],
  ])('leaves everything as it is when %s', async (_, spoil, code, message) => {
    using rig = linux();
    spoil(rig, (await rig.scheduler.plan(rig.wanted(), rig.options())).scheduleId);
    const [files, before] = [rig.files(), table(rig)];
    await expect(rig.scheduler.install(rig.wanted(), rig.options('cron'))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    // What another program adds stays, whatever becomes of the block.
    expect(table(rig)?.replaceAll('# seen\n', '')).toBe(before);
    expect(Object.keys(rig.files()).filter((name) => !name.includes('/backup/'))).toEqual(Object.keys(files));
  });

  test('BusyBox says otherwise that there is no crontab', async () => {
    using rig = linux({cron: false, table: null});
    rig.program('busybox', CRONTAB.replace('no crontab for u', "crontab: can't open 'u': No such file or directory"));
    symlinkSync(join(rig.folder, 'bin/busybox'), join(rig.folder, 'bin/crontab'));
    await rig.scheduler.install(rig.wanted(), rig.options());
    expect(table(rig)).toContain('rollup-day');
    // Of any other crontab the same words may hide a table.
    using other = linux({table: null});
    other.program('crontab', CRONTAB.replace('no crontab for u', "crontab: can't open 'u': No such file or directory"));
    await expect(other.scheduler.install(other.wanted(), other.options())).rejects.toMatchObject({code: 'SERVICE_AWAY'});
  });

  test('says what stands in the way of its lines', async () => {
    using rig = linux({table: 'SHELL=/usr/bin/fish\nCRON_TZ=Asia/Tokyo\n'});
    rmSync(join(rig.folder, 'proc/77'), {recursive: true});
    rig.write(join(rig.folder, 'proc/1/cmdline'), '/init\0');
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(installed.notes).toEqual([
      expect.stringContaining('SHELL=/usr/bin/fish'),
      expect.stringContaining('CRON_TZ'),
      expect.stringContaining('no cron is running here'),
    ]);
  });
});
