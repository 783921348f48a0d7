import {execFile, spawnSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const MEM = fileURLToPath(new URL('../../bin/mem.js', import.meta.url));
/** A file system of one's own needs a mount namespace. */
const canMount = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /mnt'], {stdio: 'ignore'}).status === 0;
const EVENT = `${JSON.stringify(anEvent({at: '2024-01-15T12:00:00Z', text: 'The parser drops a comma.'}))}\n`;

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs mem with a home on a file system of its own.
 * @param prepare shell commands before it, in the folder $D of that file system; $MEM is mem, and $D/home its home
 */
function runOn(mem: MemRig, prepare: string, args: readonly string[], input = ''): Promise<Ran> {
  const folder = join(mem.folder, 'disk');
  mkdirSync(folder, {recursive: true});
  const script = `mount -t tmpfs -o size=4m none "$D" && { ${prepare}; } >&2 && exec "$@"`;
  const env = {...mem.env, D: folder, MEM: `${process.execPath} ${MEM}`, MEM_HOME: join(folder, 'home')};
  return new Promise((resolve) => {
    const child = execFile('unshare', ['-m', 'sh', '-c', script, 'sh', process.execPath, MEM, ...args], {env}, (error, stdout, stderr) =>
      resolve({status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr}),
    );
    child.stdin?.end(input);
  });
}

const READ_ONLY = 'mount -o remount,ro "$D"';
const EMPTY_HOME = 'mkdir -m 700 "$D/home"';
const WAITING = `printf '%s' '${EVENT.trim()}' | $MEM ingest`;
const FULL = 'head -c 8000000 /dev/zero > "$D/fill" 2>/dev/null; :';

test.skipIf(!canMount).each([
  ['a home that cannot be made', 'mkdir "$D/x"', ['ingest']],
  ['a home that cannot be made', 'mkdir "$D/x"', ['init']],
  ['a home without a store', EMPTY_HOME, ['ingest']],
  ['a home without a store', EMPTY_HOME, ['ingest', '--drain']],
  ['a home without a store', EMPTY_HOME, ['init']],
  ['a home whose events wait for a store', WAITING, ['toc', 'list']],
  ['a home whose events wait for a store', WAITING, ['rollup']],
])('on a read-only file system %s is told as such (%s; %j)', async (_, prepare, args) => {
  await using mem = await MemRig.create();
  const {status, stderr} = await runOn(mem, `${prepare}; ${READ_ONLY}`, args, EVENT);
  expect(stderr).toMatch(/read-only \(EROFS\).*\[NOT_WRITTEN\]\nmem: hint: make the file system writable/);
  expect(status).toBe(73);
});

test.skipIf(!canMount)('on a full disk what needs no store answers, status and config with all but the store', async () => {
  await using mem = await MemRig.create();
  // With a bad line, status has something to note down.
  const prepare = `${WAITING}; echo bad | $MEM ingest; $MEM events; ${FULL}`;
  const run = (...args: string[]) => runOn(mem, prepare, args);
  const status = await run('status');
  expect(status).toMatchObject({
    status: 73,
    stderr: expect.stringMatching(/no space left on device \[NOT_WRITTEN\]\nmem: hint: free some space/),
  });
  expect(status.stdout).toMatch(/^Alarm +new bad lines since the last mem status: 1 /);
  expect(status.stdout).toMatch(/\nJournal +1 file \(/);
  const config = await run('config');
  expect(config.status).toBe(73);
  expect(config.stdout).toContain('min_age');
  for (const args of [['config', 'get', 'min_age'], ['--help'], ['--version'], ['completion', 'bash']]) {
    expect([args, (await run(...args)).status]).toEqual([args, 0]);
  }
  for (const args of [['events'], ['toc', 'list'], ['rollup'], ['compact']])
    expect([args, (await run(...args)).status]).toEqual([args, 73]);
  expect((await runOn(mem, prepare, ['ingest'], EVENT)).status).toBe(73);
});
