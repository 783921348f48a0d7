import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {flag, OTHERS, table} from '../scheduling/install/fake-schedulers.js';
import {asCron, commandOf, INSTALL, withCrontab} from './crontab-rig.js';

test('says what it wrote, when the jobs run next, and afterwards that all is as it should be', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  const first = await mem.run(INSTALL, '', env);
  expect(first).toMatchObject({status: 0, stderr: ''});
  const folder = join(mem.folder, '.local/state/mem/schedule');
  const [id = ''] = readdirSync(folder).filter((name) => /^[0-9a-f]{8}$/.test(name));
  const next = String.raw`Next, in UTC:
  rollup-segment  \d{4}-\d\d-\d\d \d\d:(00|15|30|45)
  rollup-day      \d{4}-\d\d-\d\d 01:00, up to 5 min later
  rollup-week     \d{4}-\d\d-\d\d 02:00, up to 5 min later
  rollup-month    \d{4}-\d\d-01 03:00, up to 5 min later
  rollup-year     \d{4}-01-01 05:00, up to 5 min later
  compact         \d{4}-\d\d-\d\d 04:00, up to 10 min later
`;
  expect(first.stdout).toMatch(
    new RegExp(`^Installed \\(6 jobs, cron, schedule ${id}\\)\\.\n  wrote ${folder}/${id}/run\n  changed crontab\n${next}`),
  );
  const again = await mem.run(INSTALL, '', env);
  expect(again.stdout).toMatch(new RegExp(`^Already installed and up to date \\(6 jobs, cron, schedule ${id}\\)\\.\n${next}`));

  const json = JSON.parse((await mem.run([...INSTALL, '--json'], '', env)).stdout) as Record<string, unknown>;
  expect(json).toMatchObject({schedule_id: id, backend: 'cron', label: 'cron', changed: false, changes: [], drift: [], warnings: []});
  expect(json['next']).toHaveLength(6);

  expect(await mem.run(['uninstall-schedule', '--dry-run'], '', env)).toEqual({
    status: 0,
    stdout: `would change crontab\nwould remove ${folder}/${id}/manifest.json\nwould remove ${folder}/${id}/run\nwould remove ${mem.home}/schedule-id\n`,
    stderr: '',
  });
  expect((await mem.run(['uninstall-schedule'], '', env)).stdout).toMatch(/^Uninstalled\.\n {2}changed crontab\n/);
  expect(table(rig)).toBe(OTHERS);
  expect((await mem.run(['uninstall-schedule'], '', env)).stdout).toBe('Nothing is installed for this home.\n');
});

test('an entry does its work in the environment that cron gives, without a word, and leaves it in the log', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  const config = join(mem.folder, "it's a folder");
  mkdirSync(join(config, 'mem'), {recursive: true});
  // Found only by who knows where the settings are: without it the run would wait for its jitter.
  writeFileSync(join(config, 'mem/config.toml'), '[jobs.rollup-day]\njitter = "0s"\n');
  await mem.run(INSTALL, '', {...env, XDG_CONFIG_HOME: config});
  const command = commandOf(rig, 'rollup-day');
  expect(await asCron(command)).toMatchObject({status: 0, stdout: '', stderr: ''});
  const log = async () => (await mem.run(['schedule', 'log', '--all'], '', env)).stdout;
  expect(await log()).toMatch(/^\S+Z {2}woken \(pid \d+\): rollup-day --via cron\n$/);
  // Not due, so nothing was said; what is said goes to the log, too.
  expect(await asCron(command.replace('rollup-day', 'rollup-day --now'))).toMatchObject({status: 0, stdout: '', stderr: ''});
  expect(await log()).toMatch(/\n\S+Z {2}rollup-day ok, [^\n]+ \(by cron\): nothing to do\n$/);
  writeFileSync(join(config, 'mem/config.toml'), 'nonsense = 1\n');
  expect(await asCron(command)).toMatchObject({status: 78, stdout: '', stderr: ''});
  await mem.run(INSTALL, '', env);
  expect(await log()).toContain('mem: error: there is no setting "nonsense" in ');
});

test.each([
  ['before', /^Drift +mem's block is gone from the crontab; fix it with: mem install-schedule$/m, /^Installed /],
  ['after', /^Scheduler +cron$/m, /^Already installed /],
] as const)(
  'one that is killed %s it has written the crontab is known, and finished or taken away by the next',
  async (when, shows, again) => {
    await using here = await withCrontab();
    const {mem, rig, env} = here;
    for (const next of ['install', 'uninstall']) {
      flag(rig, `kills-${when}`);
      expect(await mem.run(INSTALL, '', env)).toMatchObject({status: null, stdout: ''});
      rmSync(join(rig.folder, 'state', `kills-${when}`));
      expect((await mem.run(['schedule', 'status'], '', env)).stdout).toMatch(shows);
      if (next === 'install') expect((await mem.run(INSTALL, '', env)).stdout).toMatch(again);
      expect((await mem.run(['uninstall-schedule'], '', env)).status).toBe(0);
      expect(table(rig)).toBe(OTHERS);
      expect(existsSync(join(mem.home, 'schedule-id'))).toBe(false);
    }
  },
);

test('--print, --diff and --dry-run show what would be there, and write nothing', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  const printed = (await mem.run([...INSTALL, '--print'], '', env)).stdout;
  expect(printed).toMatch(/^==> \S+\/run <==\n#!\/bin\/sh\n[\s\S]*\n\n==> crontab <==\n# >>> mem schedule [0-9a-f]{8} >>>\n/);
  const diff = (await mem.run([...INSTALL, '--diff'], '', env)).stdout;
  expect(diff).toContain('--- crontab\n+++ crontab\n@@ -1,2 +1,13 @@\n # mine\n 5 5 * * * echo "hi"   \n+# >>> mem schedule ');
  expect((await mem.run([...INSTALL, '--dry-run'], '', env)).stdout).toMatch(/^would write \S+\/run\nwould change crontab\n$/);
  expect(table(rig)).toBe(OTHERS);
  expect(readdirSync(mem.home)).not.toContain('schedule-id');
  // What was shown is what is written.
  await mem.run(INSTALL, '', env);
  expect(printed).toContain((table(rig) ?? '').slice(OTHERS.length));
  expect((await mem.run([...INSTALL, '--diff'], '', env)).stdout).toBe('');
  expect((await mem.run([...INSTALL, '--dry-run'], '', env)).stdout).toBe('Nothing to change.\n');
});

test('warns of settings that only this shell has', async () => {
  await using here = await withCrontab();
  const {stdout} = await here.mem.run(INSTALL, '', {...here.env, MEM_MIN_AGE: '1h'});
  const cure = 'mem config set min_age "$MEM_MIN_AGE"';
  expect(stdout).toContain(`Warning: MEM_MIN_AGE is set only in this shell: the scheduler's runs do not see it; keep it with: ${cure}\n`);
});

test('no file that it writes holds a secret of the shell', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  await mem.run(INSTALL, '', {...env, OPENAI_API_KEY: 'sk-canary', HTTPS_PROXY: 'http://u:sk-canary@proxy', MEM_SECRET: 'sk-canary'});
  const files = readdirSync(mem.folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(texts.some((text) => text.includes('schedule run'))).toBe(true);
  expect([...texts, table(rig)].filter((text) => text?.includes('sk-canary'))).toEqual([]);
});

test('a bad job ends with 78 and its setting, and nothing is written', async () => {
  await using here = await withCrontab();
  const {mem, rig, env} = here;
  mkdirSync(join(mem.folder, '.config/mem'), {recursive: true});
  writeFileSync(join(mem.folder, '.config/mem/config.toml'), '[jobs.rollup-day]\ncron = "0 0 31 2 *"\n');
  const {status, stdout, stderr} = await mem.run(INSTALL, '', env);
  expect({status, stdout}).toEqual({status: 78, stdout: ''});
  expect(stderr).toMatch(/^mem: error: jobs\.rollup-day\.cron: [^\n]+ \[CONFIG_INVALID\]\n/);
  expect(table(rig)).toBe(OTHERS);
});

test('without a store there is nothing to install, with no scheduler it ends with 69', async () => {
  await using here = await withCrontab();
  const none = await here.mem.run([...INSTALL, '--store', join(here.mem.folder, 'nowhere')], '', here.env);
  expect(none).toMatchObject({status: 66, stderr: expect.stringContaining('[NO_STORE]')});
  const bare = await here.mem.run(['install-schedule', '--allow-ephemeral'], '', {PATH: '/nonexistent'});
  expect(bare).toMatchObject({
    status: 69,
    stdout: '',
    stderr: expect.stringMatching(/^mem: error: .* \[SERVICE_AWAY\]\nmem: hint: .*mem schedule run --due/),
  });
});

test('mem schedule log shows what runs said, the last N of a job, and wake-ups when asked', async () => {
  await using here = await withCrontab();
  const {mem, env} = here;
  const log = (...args: readonly string[]) => mem.run(['schedule', 'log', ...args], '', env);
  expect(await log()).toEqual({status: 0, stdout: '', stderr: 'mem: nothing is installed for this home; see: mem install-schedule\n'});
  await mem.run(INSTALL, '', env);
  const stderr = 'mem: no run has written anything yet; see when jobs are due: mem schedule next\n';
  expect(await log()).toEqual({status: 0, stdout: '', stderr});
  const places = join(mem.folder, '.local/state/mem/schedule');
  const folder = join(places, readdirSync(places).find((name) => /^[0-9a-f]{8}$/.test(name)) ?? '');
  writeFileSync(
    join(folder, 'log.1'),
    '2026-11-20T01:00:01Z 4711 start rollup-day --via cron\n2026-11-20T01:00:02Z rollup-day ok, 1.0 s (by cron): 1 made\n',
  );
  writeFileSync(join(folder, 'log'), '2026-11-20T01:15:01Z 4712 start rollup-segment --via cron\nmem: error: \x1b[31mbad\nmem: hint: x\n');
  expect((await log()).stdout).toBe(
    '2026-11-20T01:00:02Z  rollup-day ok, 1.0 s (by cron): 1 made\n2026-11-20T01:15:01Z  mem: error: ^[[31mbad\n  mem: hint: x\n',
  );
  expect((await log('--job', 'rollup-day', '--all', '-n', '1')).stdout).toBe(
    '2026-11-20T01:00:02Z  rollup-day ok, 1.0 s (by cron): 1 made\n',
  );
  expect((await log('--all')).stdout.split('\n')[0]).toBe('2026-11-20T01:00:01Z  woken (pid 4711): rollup-day --via cron');
  expect(JSON.parse((await log('--json', '-n', '1')).stdout)).toEqual({
    at: '2026-11-20T01:15:01Z',
    kind: 'said',
    pid: null,
    job_name: 'rollup-segment',
    text: 'mem: error: \x1b[31mbad\nmem: hint: x',
  });
  expect((await log('-n', '0')).stdout).toBe('');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toContain('4712');
});
