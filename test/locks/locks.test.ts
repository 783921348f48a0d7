import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../src/domain/event/event.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import type {LockRecord} from '../../src/locks/lock-record.js';
import {lockBusy} from '../../src/locks/locks.js';
import type {Clock} from '../../src/system/clock.js';
import {hostFacts} from '../../src/system/host.js';
import {buildScript, nextLine, startScript, temporaryHome} from '../store/leveldb/store-rig.js';

const NOW = 1_700_000_000_000;
const clock: Clock = () => NOW as EpochMs;
const HOUR = 3_600_000;
const here = hostFacts();

/** Takes the lock of the home in argv[2], says its token and holds it until stdin ends. */
const HOLDER = `
  import {openLocks} from './src/locks/epoch-locks.js';
  const taken = openLocks(process.argv[2] ?? '', () => Number(process.argv[3]) as never).acquire('rollup', {trigger: 'cron'});
  console.log(taken.kind);
  process.stdin.resume();
`;

/** A home whose rollup lock was last taken by a process as described. */
function taken(home: string, over: Partial<LockRecord>): void {
  const record: LockRecord = {
    v: 1,
    pid: 1,
    start: 'another time',
    boot: here.bootId,
    host: here.host,
    pidns: here.pidNamespace,
    job: 'rollup',
    trigger: 'systemd',
    startedAt: NOW as EpochMs,
    until: (NOW + HOUR) as EpochMs,
    released: false,
    ...over,
  };
  mkdirSync(join(home, 'locks/rollup'), {recursive: true});
  writeFileSync(join(home, 'locks/rollup/000000000041'), JSON.stringify(record));
}

test('gives a lock to one and says to the next who has it, until it is released', () => {
  using home = temporaryHome();
  const locks = openLocks(home.path, clock);
  const first = locks.acquire('rollup', {trigger: 'hand'});
  if (first.kind !== 'acquired') throw new Error('busy');
  const holder = {pid: process.pid, host: here.host, isHere: true, trigger: 'hand', job: undefined, startedAt: NOW};
  expect(locks.acquire('rollup', {trigger: 'cron'})).toEqual({kind: 'busy', holder});
  expect(locks.holder('rollup')).toEqual(holder);
  first.release();
  expect(locks.holder('rollup')).toBeUndefined();
  expect(locks.acquire('rollup', {trigger: 'cron'})).toMatchObject({kind: 'acquired', token: first.token + 1});
});

test('keeps the locks of rollups and of compactions apart', () => {
  using home = temporaryHome();
  const locks = openLocks(home.path, clock);
  expect(locks.holder('compact')).toBeUndefined();
  expect(locks.acquire('rollup', {trigger: 'hand'}).kind).toBe('acquired');
  expect(locks.acquire('compact', {trigger: 'hand'}).kind).toBe('acquired');
});

test('says which job runs', () => {
  using home = temporaryHome();
  const locks = openLocks(home.path, clock);
  locks.acquire('rollup', {trigger: 'cron', job: 'rollup-week'});
  expect(locks.holder('rollup')).toMatchObject({trigger: 'cron', job: 'rollup-week'});
});

test('keeps one record, the highest, and no temporary files', () => {
  using home = temporaryHome();
  const locks = openLocks(home.path, clock);
  for (let n = 0; n < 3; n++) {
    const lock = locks.acquire('rollup', {trigger: 'hand'});
    if (lock.kind === 'acquired') lock.release();
  }
  expect(readdirSync(join(home.path, 'locks/rollup'))).toEqual(['000000000003']);
});

test('knows the process that holds it, and takes it from one that was killed', async () => {
  using home = temporaryHome();
  const script = await buildScript(home.path, HOLDER);
  const locks = openLocks(home.path, clock);
  const child = startScript(script, [home.path, String(NOW - HOUR)]);
  expect(await nextLine(child)).toBe('acquired');
  expect(locks.holder('rollup')).toEqual({
    pid: child.pid,
    host: here.host,
    isHere: true,
    trigger: 'cron',
    job: undefined,
    startedAt: NOW - HOUR,
  });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  expect(locks.holder('rollup')).toBeUndefined();
  expect(locks.acquire('rollup', {trigger: 'hand'})).toMatchObject({kind: 'acquired', token: 2});
});

test.each([
  ['a process that came to the pid of one that is gone', {pid: process.pid}, 'free'],
  ['this machine before it was started anew', {pid: process.pid, boot: 'an older boot'}, 'free'],
  ['another machine, a while ago', {host: 'elsewhere', boot: 'its boot'}, 'held'],
  ['another machine, longer ago than a run takes', {host: 'elsewhere', boot: 'its boot', until: (NOW - 1) as EpochMs}, 'free'],
  ['a container, whose pids mean nothing here', {pidns: 'pid:[1]'}, 'held'],
  ['this kernel under another host name, and a process that is gone', {host: 'renamed', pid: process.pid}, 'free'],
  ['a process that gave it back', {released: true, host: 'elsewhere', boot: 'its boot'}, 'free'],
] as const)('judges a lock of %s', (_, over, expected) => {
  using home = temporaryHome();
  taken(home.path, over);
  const locks = openLocks(home.path, clock);
  expect(locks.holder('rollup') === undefined ? 'free' : 'held').toBe(expected);
  expect(locks.acquire('rollup', {trigger: 'hand'}).kind).toBe(expected === 'free' ? 'acquired' : 'busy');
});

test('takes a lock whose record a power cut emptied, but not one that may still be written', () => {
  using home = temporaryHome();
  mkdirSync(join(home.path, 'locks/rollup'), {recursive: true});
  writeFileSync(join(home.path, 'locks/rollup/000000000007'), '');
  // The file is of now; the clock that is handed in says how long ago that is.
  const now = Date.now();
  expect(openLocks(home.path, () => now as EpochMs).acquire('rollup', {trigger: 'hand'})).toEqual({kind: 'busy', holder: undefined});
  const later = openLocks(home.path, () => (now + HOUR) as EpochMs).acquire('rollup', {trigger: 'hand'});
  expect(later).toMatchObject({kind: 'acquired', token: 8});
});

test('writes a record that a person can read', () => {
  using home = temporaryHome();
  openLocks(home.path, clock).acquire('compact', {trigger: 'launchd', maxRunMs: HOUR});
  const record: unknown = JSON.parse(readFileSync(join(home.path, 'locks/compact/000000000001'), 'utf8'));
  expect(record).toMatchObject({
    v: 1,
    pid: process.pid,
    job: 'compact',
    trigger: 'launchd',
    startedAt: NOW,
    until: NOW + 2 * HOUR,
    released: false,
  });
});

test('says who runs it since when', () => {
  const since = new Date(2026, 0, 5, 1, 3).getTime() as EpochMs;
  const holder = {pid: 4711, host: 'box', isHere: true, trigger: 'hand', job: undefined, startedAt: since} as const;
  expect(lockBusy('rollup', holder)).toMatchObject({
    code: 'LOCK_BUSY',
    exitStatus: 75,
    message: 'a rollup is already running (pid 4711, since 01:03, by hand)',
  });
  expect(lockBusy('compact', {...holder, isHere: false, trigger: 'systemd'}).message).toBe(
    'a compaction is already running (pid 4711 on box, since 01:03, by systemd)',
  );
  expect(lockBusy('rollup', undefined).message).toBe('a rollup is already running');
});
