import {mkdirSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {fakeTimeLibrary, startCron} from './fast-cron.js';
import {lacking, NamespaceRig} from './namespace-rig.js';

const reason = lacking('cron', 'crontab') ?? (fakeTimeLibrary() === undefined ? 'faketime not installed' : undefined);
if (reason !== undefined) process.stderr.write(`skipped: cron itself in a namespace; ${reason} (Debian: apt-get install cron faketime)\n`);

/** Everything that any of the formats reads otherwise than it stands. */
const NASTY = `it's 100% \\ $HOME \`x\` "q" #1`;
const OTHERS = '# mine\n5 5 * * *\techo "hi"   \n\n  @daily true  \nNAME="a b"\n';

async function homeIn(rig: NamespaceRig, name: string, timeZone = 'UTC'): Promise<string> {
  const home = join(rig.folder, 'homes', name);
  mkdirSync(home, {recursive: true});
  const made = await rig.mem(['init', '--store', home, '--time-zone', timeZone]);
  expect(made).toMatchObject({status: 0, stderr: ''});
  return home;
}

test.skipIf(reason !== undefined)(
  'cron starts the jobs of two homes with the very words of their entries, one of them at a path that every format reads otherwise',
  async () => {
    await using rig = await NamespaceRig.create();
    expect((await rig.run('crontab', ['-'], {input: OTHERS})).status).toBe(0);
    const plain = await homeIn(rig, 'plain');
    const nasty = await homeIn(rig, NASTY);
    for (const [home, data] of [
      [plain, 'data'],
      [nasty, NASTY],
    ] as const) {
      const env = {XDG_DATA_HOME: join(rig.folder, data)};
      const done = await rig.mem(['install-schedule', '--backend', 'cron', '--allow-ephemeral', '--store', home], env);
      expect(done, done.stderr).toMatchObject({status: 0, stderr: ''});
    }
    const table = (await rig.run('crontab', ['-l'])).stdout;
    expect(table.startsWith(OTHERS)).toBe(true);
    expect((await rig.run('crontab', ['-n', '-'], {input: table})).status).toBe(0);

    await startCron(rig, Date.parse('2026-11-21T00:59:15Z'));
    const wanted = [plain, nasty].flatMap((home) => [
      ['schedule', 'run', '--store', home, 'rollup-segment', '--via', 'cron'],
      ['schedule', 'run', '--store', home, 'rollup-day', '--jitter', '300', '--via', 'cron'],
      ['schedule', 'run', '--store', home, '--missed', '--via', 'cron'],
    ]);
    const calls = await rig.until(() => (rig.calls().length >= wanted.length ? rig.calls() : undefined), 'the calls of one o’clock');
    expect(calls.map(({args}) => args.join('\0')).sort()).toEqual(wanted.map((args) => args.join('\0')).sort());
    // At one o'clock, but for what starts with cron.
    for (const {args, at, cwd} of calls) {
      if (!args.includes('--missed')) expect(new Date(at).toISOString().slice(0, 16), args.join(' ')).toBe('2026-11-21T01:00');
      expect(cwd).toBe('/');
    }
    const logs = join(rig.folder, 'user/.local/state/mem/schedule');
    const ids = readdirSync(logs).filter((name) => name !== 'backup');
    expect(ids).toHaveLength(2);
    for (const id of ids) {
      expect(readFileSync(join(logs, id, 'log'), 'utf8')).toMatch(/^\S+Z \d+ start rollup-day --jitter 300 --via cron$/m);
      expect(statSync(join(logs, id, 'log')).mode & 0o777).toBe(0o600);
    }
    for (const [home, data] of [
      [plain, 'data'],
      [nasty, NASTY],
    ] as const) {
      const env = {XDG_DATA_HOME: join(rig.folder, data)};
      expect(await rig.mem(['uninstall-schedule', '--store', home], env)).toMatchObject({status: 0, stderr: ''});
    }
    expect((await rig.run('crontab', ['-l'])).stdout).toBe(OTHERS);
  },
  120_000,
);
