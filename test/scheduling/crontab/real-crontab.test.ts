import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {RunResult} from '../../cli/mem-rig.js';
import {lacking, NamespaceRig} from '../install/namespace-rig.js';

const reason = lacking('crontab');
if (reason !== undefined) process.stderr.write(`skipped: crontab itself in a namespace; ${reason} (Debian: apt-get install cron)\n`);

const OTHERS = '# mine, with\ttabs  \n\n\nMAILTO=""\n5 5 * * * echo "100\\%"   \n# ends like ours: <<< mem schedule\n';

test.skipIf(reason !== undefined)('the crontab of Debian is changed in mem’s block alone, or not at all', async () => {
  await using rig = await NamespaceRig.create();
  const home = join(rig.folder, 'home');
  mkdirSync(home);
  const mem = (...args: readonly string[]): Promise<RunResult> => rig.mem([...args, '--store', home]);
  const install = () => mem('install-schedule', '--backend', 'cron', '--allow-ephemeral');
  const table = async (): Promise<string> => (await rig.run('crontab', ['-l'])).stdout;
  const write = (text: string) => rig.run('crontab', ['-'], {input: text});
  await mem('init', '--time-zone', 'UTC');

  // Where there was none there is none again.
  expect((await install()).status).toBe(0);
  expect((await mem('uninstall-schedule')).status).toBe(0);
  expect((await rig.run('crontab', ['-l'])).stderr).toContain('no crontab for');

  await write(OTHERS);
  expect((await mem('install-schedule', '--backend', 'cron', '--allow-ephemeral', '--dry-run')).stdout).toMatch(
    /^would write \S+\/run\nwould change crontab\n$/,
  );
  expect(await table()).toBe(OTHERS);
  expect((await install()).status).toBe(0);
  const installed = await table();
  expect(installed.startsWith(OTHERS)).toBe(true);
  expect(installed.slice(OTHERS.length)).not.toMatch(/^(PATH|CRON_TZ|MAILTO|SHELL|TZ)=/m);
  expect((await rig.run('crontab', ['-n', '-'], {input: installed})).status).toBe(0);
  expect((await install()).stdout).toMatch(/^Already installed and up to date/);
  expect(await table()).toBe(installed);

  // Somebody has cut off its end: nobody can tell any more what is whose.
  const [, end = ''] = /\n(# <<<[^\n]*\n)$/.exec(installed) ?? [];
  await write(`${installed.slice(0, -end.length)}7 7 * * * other\n`);
  for (const refused of [await install(), await mem('uninstall-schedule')]) {
    expect(refused.status).toBe(78);
    expect(refused.stderr).toMatch(
      /^mem: error: mem's block in the crontab is damaged: first lines: 1, last lines: 0 \[CONFIG_INVALID\]\n/,
    );
  }
  expect(await table()).toContain('7 7 * * * other\n');

  await write(`${installed}7 7 * * * other\n`);
  expect((await mem('uninstall-schedule')).status).toBe(0);
  expect(await table()).toBe(`${OTHERS}7 7 * * * other\n`);
  expect(readdirSync(join(rig.folder, 'user/.local/state/mem/schedule/backup')).length).toBeGreaterThan(1);

  // Of a user who may not use cron, the table is not taken for an empty one.
  const before = await table();
  writeFileSync(join(rig.folder, 'etc/cron.deny'), 'nobody\n');
  const asNobody = {HOME: join(rig.folder, 'user'), PATH: rig.env['PATH'] ?? ''};
  await rig.run('chown', ['-R', '65534', join(rig.folder, 'user'), home]);
  await rig.run('chmod', ['711', rig.folder]);
  const setpriv = ['--reuid=65534', '--regid=65534', '--clear-groups', rig.node, join(rig.folder, 'mem/bin/mem.js')];
  const denied = await rig.run('setpriv', [...setpriv, 'install-schedule', '--backend', 'cron', '--allow-ephemeral', '--store', home], {
    env: asNobody,
  });
  expect(denied.status).toBe(69);
  expect(denied.stderr).toContain('crontab -l failed: You (nobody) are not allowed to use this program (crontab)');
  expect(existsSync(join(home, 'schedule-id'))).toBe(false);
  expect(await table()).toBe(before);
});
