import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {driftText} from '../../../src/cli/schedule/schedule-text.js';
import {linux, OTHERS, table} from './fake-schedulers.js';
import type {SchedulerRig} from './scheduler-rig.js';

describe('drift', () => {
  const CASES: readonly (readonly [string, (rig: SchedulerRig, id: string) => void, string])[] = [
    ['an entry that was edited', (rig) => editTable(rig, '0 1 * * *', '0 6 * * *'), "mem's block in the crontab was changed by hand"],
    ['a block that is gone', (rig) => writeFileSync(join(rig.folder, 'state/table'), OTHERS), "mem's block is gone from the crontab"],
    ['a zone that was changed', (rig) => rig.setZone('Europe/Berlin'), "the system's time zone was Etc/UTC and is Europe/Berlin"],
    ['a runner that is gone', (rig, id) => rmSync(join(rig.user, '.local/state/mem/schedule', id, 'run')), '/run is gone'],
    ['a mem that was moved', (rig) => renameSync(rig.here.scriptPath, `${rig.here.scriptPath}.old`), 'mem is no longer at'],
  ];
  test.each(CASES)('%s is told, with the command that mends it', async (_, change, what) => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(installed.drift).toEqual([]);
    change(rig, installed.scheduleId);
    const drift = (await rig.scheduler.inspect(rig.wanted()))?.drift;
    expect(drift).toEqual([{what: expect.stringContaining(what), cure: 'mem install-schedule'}]);
  });

  test('a block that is damaged is told with what to do by hand, after which an installation mends it', async () => {
    using rig = linux();
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    editTable(rig, `# <<< mem schedule ${installed.scheduleId} <<<\n`, '');
    const [drift] = (await rig.scheduler.inspect(rig.wanted()))?.drift ?? [];
    const hint = expect.stringMatching(/^with crontab -e remove .* then run: mem install-schedule$/);
    expect(drift).toEqual({what: expect.stringContaining('damaged'), cure: 'mem install-schedule', hint});
    expect(driftText({...drift, what: 'it is damaged', cure: '', hint: 'edit it'})).toBe('it is damaged; edit it');
    await expect(rig.scheduler.install(rig.wanted(), rig.options())).rejects.toMatchObject({code: 'CONFIG_INVALID', hint});
    writeFileSync(join(rig.folder, 'state/table'), OTHERS);
    expect((await rig.scheduler.install(rig.wanted(), rig.options())).installed.drift).toEqual([]);
  });

  test('settings that were changed are told by the names of their jobs, and an installation ends it', async () => {
    using rig = linux();
    await rig.scheduler.install(rig.wanted(), rig.options());
    const wanted = rig.wanted({name: 'compact', jitterMs: 0});
    const what = 'the settings of compact differ from the installed schedule';
    expect((await rig.scheduler.inspect(wanted))?.drift).toEqual([{what, cure: 'mem install-schedule'}]);
    const elsewhere = await rig.scheduler.inspect(rig.wanted({}, 'Asia/Kathmandu'));
    expect(elsewhere?.drift).toMatchObject([{what: 'the settings of all jobs differ from the installed schedule'}]);
    const {installed, planned} = await rig.scheduler.install(wanted, rig.options());
    expect(installed.drift).toEqual([]);
    expect(planned.changes.map(({name}) => name)).toEqual(['crontab']);
  });

  test('a timer that was switched off is told, and switched on again', async () => {
    using rig = linux({systemd: true});
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    rmSync(join(rig.folder, 'state', `mem-${installed.scheduleId}-rollup-day.timer`));
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual([
      {what: `the timer mem-${installed.scheduleId}-rollup-day.timer is disabled`, cure: 'mem install-schedule'},
    ]);
    expect((await rig.scheduler.install(rig.wanted(), rig.options())).installed.drift).toEqual([]);
  });

  test('a unit that was edited is told', async () => {
    using rig = linux({systemd: true});
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    const path = join(rig.user, '.config/systemd/user', `mem-${installed.scheduleId}-compact.timer`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('04:00', '05:00'));
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual([
      {what: `${path} was changed by hand`, cure: 'mem install-schedule'},
    ]);
  });

  function editTable(rig: SchedulerRig, from: string, to: string): void {
    writeFileSync(join(rig.folder, 'state/table'), (table(rig) ?? '').replace(from, to));
  }
});
