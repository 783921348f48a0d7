import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {table} from '../scheduling/install/fake-schedulers.js';
import {INSTALL, withCrontab} from './crontab-rig.js';

function configure(folder: string, text: string): void {
  mkdirSync(join(folder, '.config/mem'), {recursive: true});
  writeFileSync(join(folder, '.config/mem/config.toml'), text);
}

const isProofs = process.env['MEM_PROOFS'] === '1';

test.each([
  ['an unknown key', 'nonsense = 1\n', 'there is no setting "nonsense"'],
  ['a wrong value', 'min_age = "soon"\n', 'min_age cannot be "soon"'],
  ['a text that is not TOML', 'min_age = \n', 'is not TOML'],
  ['an impossible time', '[jobs.rollup-day]\ncron = "0 0 31 2 *"\n', 'jobs.rollup-day.cron'],
])('with %s in config.toml the state is shown, the fault is named, and the schedule can be removed', async (kind, toml, fault) => {
  // Each of these commands ended with 78 and nothing else.
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  // How a command goes on without its settings is the same for each fault: the short form asks all of them for one.
  const asksAll = isProofs || kind === 'an unknown key';
  await mem.run(INSTALL, '', env);
  configure(mem.folder, toml);
  const status = await mem.run(['status'], '', env);
  expect(status).toMatchObject({status: 0, stdout: expect.stringMatching(/^Store +0 events$/m)});
  expect(status.stdout).toMatch(/^Alarm /);
  expect(status.stdout).toContain(fault);
  expect((await mem.run(['rollup'], '', env)).status).toBe(fault.includes('cron') ? 0 : 78);
  if (!asksAll) return;
  const schedule = await mem.run(['schedule', 'status'], '', env);
  expect(schedule).toMatchObject({status: 0, stdout: expect.stringContaining('rollup-week')});
  expect(schedule.stdout).toMatch(/^Settings /m);
  expect(schedule.stdout).toContain(fault);
  expect((await mem.run(['schedule', 'status', '--check'], '', env)).status).toBe(69);
  expect(await mem.run(['uninstall-schedule'], '', env)).toMatchObject({status: 0, stdout: expect.stringMatching(/^Uninstalled\./)});
  expect(table(rig)).not.toContain('mem schedule');
});

test('schedule status --check ends with 0 while all is well, and with 69 once the entries are gone', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  const check = () => mem.run(['schedule', 'status', '--check'], '', env);
  expect(await check()).toMatchObject({status: 0, stderr: ''});
  await mem.run(INSTALL, '', env);
  expect(await check()).toMatchObject({status: 0, stderr: ''});
  writeFileSync(join(rig.folder, 'state/table'), '');
  expect(await check()).toMatchObject({
    status: 69,
    stderr: "mem: the schedule needs a look: mem's block is gone from the crontab; fix it with: mem install-schedule\n",
  });
  expect((await mem.run(['status'], '', env)).stdout).toContain("mem's block is gone from the crontab");
  expect((await mem.run(['schedule', '--check'], '', env)).status).toBe(69);
});

test('five installations at once wait for each other', async () => {
  await using here = await withCrontab();
  const {mem, env} = here;
  const all = await Promise.all(Array.from({length: 5}, () => mem.run(INSTALL, '', env)));
  expect(all.map(({status, stderr}) => ({status, stderr}))).toEqual(all.map(() => ({status: 0, stderr: ''})));
});
