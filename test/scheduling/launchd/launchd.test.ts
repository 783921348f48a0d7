import {spawnSync} from 'node:child_process';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {SchedulerRig} from '../install/scheduler-rig.js';

/*
 * There is no launchd but on macOS. What stands for it here does what launchctl is known to do: it ends a call to unload before the agent is
 * gone, gives 113 for one that it does not know, 5 for one that is still there, and refuses a file that others may write.
 */
const LAUNCHCTL = `
case "$1 $2" in
  "print user/501") exit 0 ;;
  "print gui/501") [ -e "$S/no-screen" ] && exit 113; exit 0 ;;
  "print "*) [ -e "$S/loaded" ] && exit 0; echo "Could not find service" >&2; exit 113 ;;
  "bootout "*) [ -e "$S/loaded" ] || { echo "Boot-out failed: 113: Could not find service" >&2; exit 113; }
    if [ -e "$S/stuck" ]; then exit 36; fi
    (sleep 0.4; rm -f "$S/loaded") >/dev/null 2>&1 & exit 0 ;;
  "enable "*) rm -f "$S/disabled"; exit 0 ;;
  "bootstrap "*) [ -e "$S/loaded" ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }
    [ -e "$S/refuses" ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }
    [ -e "$S/busy-once" ] && { rm "$S/busy-once"; echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }
    [ -e "$S/disabled" ] && { echo "Bootstrap failed: 119: Service is disabled" >&2; exit 119; }
    case "$(ls -l "$3")" in -rw-r--r--*) : ;; *) echo "Bootstrap failed: 122: Path had bad ownership/permissions" >&2; exit 122 ;; esac
    cp "$3" "$S/loaded"; exit 0 ;;
esac
echo "unknown call: $*" >&2; exit 64
`;

const hasPlistutil = spawnSync('plistutil', ['--version']).error === undefined;
const hasPython = spawnSync('python3', ['-c', 'import plistlib']).status === 0;
const missing = [...(hasPlistutil ? [] : ['plistutil']), ...(hasPython ? [] : ['python3'])];
if (missing.length > 0)
  process.stderr.write(
    `skipped: plists by other parsers; ${missing.join(', ')} not installed (Debian: apt-get install libplist-utils python3)\n`,
  );

function mac(): SchedulerRig {
  const rig = new SchedulerRig('darwin');
  rig.program('launchctl', LAUNCHCTL);
  return rig;
}

async function installOn(rig: SchedulerRig, timeZone?: string): Promise<string> {
  const {installed} = await rig.scheduler.install(rig.wanted({}, timeZone), rig.options());
  return join(rig.user, 'Library/LaunchAgents', `mem.schedule.${installed.scheduleId}.plist`);
}

/** What python3 and plistutil make of a plist; plistutil's status is 0 whatever it is given. */
function parsed(path: string): unknown {
  const read = 'import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],"rb"))))';
  const {stdout, stderr} = spawnSync('python3', ['-c', read, path], {encoding: 'utf8'});
  expect(stderr).toBe('');
  const turned = `${path}.turned`;
  expect(spawnSync('plistutil', ['-i', path, '-f', 'bin', '-o', `${path}.bin`]).status).toBe(0);
  expect(spawnSync('plistutil', ['-i', `${path}.bin`, '-f', 'xml', '-o', turned]).status).toBe(0);
  const again = spawnSync('python3', ['-c', read, turned], {encoding: 'utf8'});
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(stdout));
  return JSON.parse(stdout);
}

describe('launchd', () => {
  test.skipIf(missing.length > 0)(
    'one agent per home wakes at the time of every job, and every quarter of an hour for segments',
    async () => {
      using rig = mac();
      const path = await installOn(rig);
      const [, id = ''] = /schedule\.([0-9a-f]{8})\./.exec(path) ?? [];
      expect(parsed(path)).toEqual({
        Label: `mem.schedule.${id}`,
        ProgramArguments: [
          join(rig.user, 'Library/Application Support/mem-schedule', id, 'run'),
          '--due',
          '--jitter',
          '600',
          '--via',
          'launchd',
        ],
        StartCalendarInterval: [
          {Hour: 1, Minute: 0},
          {Weekday: 0, Hour: 2, Minute: 0},
          {Day: 1, Hour: 3, Minute: 0},
          {Month: 1, Day: 1, Hour: 5, Minute: 0},
          {Weekday: 0, Hour: 4, Minute: 0},
        ],
        StartInterval: 900,
        RunAtLoad: true,
        ProcessType: 'Background',
        Umask: 0o077,
      });
      expect(statSync(path).mode & 0o777).toBe(0o644);
    },
  );

  test.skipIf(missing.length > 0)('a path with every mark that XML has is the path that is started', async () => {
    using rig = mac();
    const user = join(rig.folder, `a <b> & "c" 'd' %`);
    rig.here = {...rig.here, homeFolder: user};
    const {backend, entries} = await rig.scheduler.render(rig.wanted(), rig.options('launchd'));
    expect(backend).toBe('launchd');
    const path = join(rig.folder, 'x.plist');
    writeFileSync(path, entries[1]?.text ?? '');
    expect(parsed(path)).toMatchObject({ProgramArguments: [entries[0]?.name, '--due', '--jitter', '600', '--via', 'launchd']});
    expect(entries[0]?.name.startsWith(user)).toBe(true);
  });

  test.skipIf(missing.length > 0)('in another zone than the system’s it wakes every hour, and every quarter of one', async () => {
    using rig = mac();
    const {StartCalendarInterval: intervals} = parsed(await installOn(rig, 'America/New_York')) as {StartCalendarInterval: unknown[]};
    expect(intervals).toEqual(Array.from({length: 24}, (_, hour) => ({Hour: hour, Minute: 0})));
  });

  test('is unloaded, waited for, enabled and loaded, in this order', async () => {
    using rig = mac();
    const path = await installOn(rig);
    const [, id = ''] = /schedule\.([0-9a-f]{8})\./.exec(path) ?? [];
    const service = `gui/501/mem.schedule.${id}`;
    const order = rig.calls().map((call) => call.replace('launchctl ', ''));
    expect(order.filter((call) => !call.startsWith('print'))).toEqual([
      `bootout ${service}`,
      `enable ${service}`,
      `bootstrap gui/501 ~/user/Library/LaunchAgents/mem.schedule.${id}.plist`,
    ]);
    writeFileSync(join(rig.folder, 'state/disabled'), '');
    rig.now = (rig.now + 86_400_000) as typeof rig.now;
    const {planned} = await rig.scheduler.install(rig.wanted({name: 'rollup-day', cron: '0 30 1 * * *'}), rig.options());
    expect(planned.changes.map(({name}) => name)).toEqual([path]);
    const calls = rig.calls().map((call) => call.replace('launchctl ', ''));
    // Loaded still, when it was asked for the first time after it was told to go.
    const [gone, loaded] = [calls.indexOf(`bootout ${service}`), calls.findIndex((call) => call.startsWith('bootstrap'))];
    expect(calls.slice(gone + 1, loaded).filter((call) => call === `print ${service}`).length).toBeGreaterThan(1);
    expect(calls.filter((call) => call.startsWith('bootstrap'))).toHaveLength(1);
    expect(readFileSync(join(rig.folder, 'state/loaded'), 'utf8')).toBe(readFileSync(path, 'utf8'));
  });

  test('done again it changes nothing, and does not touch what is loaded', async () => {
    using rig = mac();
    await installOn(rig);
    rig.calls();
    const {planned} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(planned).toMatchObject({changes: [], fault: undefined});
    expect(rig.calls().filter((call) => !call.startsWith('launchctl print'))).toEqual([]);
  });

  test('an error 5 is tried once more, and a second one takes everything back', async () => {
    using rig = mac();
    writeFileSync(join(rig.folder, 'state/busy-once'), '');
    const path = await installOn(rig);
    expect(readFileSync(join(rig.folder, 'state/loaded'), 'utf8')).toBe(readFileSync(path, 'utf8'));

    using other = mac();
    writeFileSync(join(other.folder, 'state/refuses'), '');
    const before = other.files();
    await expect(installOn(other)).rejects.toMatchObject({code: 'SERVICE_AWAY', message: expect.stringContaining('Bootstrap failed: 5')});
    expect(other.files()).toEqual(before);
  });

  // It is waited for ten seconds, and once more to take everything back.
  if (process.env['MEM_PROOFS'] === '1')
    test('an agent that does not end is waited for, and then left as it is', async () => {
      using rig = mac();
      const path = await installOn(rig);
      const text = readFileSync(path, 'utf8');
      writeFileSync(join(rig.folder, 'state/stuck'), '');
      const change = rig.scheduler.install(rig.wanted({name: 'rollup-day', cron: '0 30 1 * * *'}), rig.options());
      await expect(change).rejects.toMatchObject({code: 'SERVICE_AWAY', message: expect.stringContaining('did not end')});
      expect(readFileSync(path, 'utf8')).toBe(text);
    });

  test('an agent that was unloaded by hand is drift, and is loaded again', async () => {
    using rig = mac();
    await installOn(rig);
    spawnSync('rm', [join(rig.folder, 'state/loaded')]);
    const drift = [{what: expect.stringMatching(/^the agent mem\.schedule\.\w+ is not loaded$/), cure: 'mem install-schedule'}];
    expect((await rig.scheduler.inspect(rig.wanted()))?.drift).toEqual(drift);
    const {planned, installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(planned).toMatchObject({changes: [], fault: drift[0]?.what});
    expect(installed.drift).toEqual([]);
  });

  test('where nobody is at the screen it says so, and loads it for the background', async () => {
    using rig = mac();
    writeFileSync(join(rig.folder, 'state/no-screen'), '');
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(installed.notes).toContainEqual(expect.stringContaining('nobody is logged in at the screen'));
    expect(rig.calls()).toContainEqual(expect.stringMatching(/^launchctl bootstrap user\/501 /));
  });

  test('a home that macOS guards is warned of', async () => {
    using rig = mac();
    rig.here = {...rig.here, homeFolder: rig.folder};
    const {installed} = await rig.scheduler.install(rig.wanted(), rig.options());
    expect(installed.notes.join()).not.toContain('macOS keeps background jobs out');
    rig.here = {...rig.here, homeFolder: join(rig.folder, 'user')};
    for (const name of ['Documents', 'Desktop']) {
      rig.write(join(rig.user, name, 'home/x'), '');
      const there = {...rig.wanted(), home: join(rig.user, name, 'home')};
      const {installed: guarded} = await rig.scheduler.install(there, rig.options());
      expect(guarded.notes).toContainEqual(expect.stringContaining(`macOS keeps background jobs out of ${join(rig.user, name)}`));
    }
  });

  test('uninstalling leaves nothing', async () => {
    using rig = mac();
    const before = rig.files();
    await installOn(rig);
    await rig.scheduler.uninstall(rig.home, {isDryRun: false});
    expect(rig.files()).toEqual(before);
    expect(spawnSync('ls', [join(rig.folder, 'state/loaded')]).status).not.toBe(0);
  });
});
