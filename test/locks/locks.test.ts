import {mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import type {EpochMs} from '../../src/domain/event/event.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import type {LockRecord} from '../../src/locks/lock-record.js';
import {lockBusy} from '../../src/locks/locks.js';
import type {Clock} from '../../src/system/clock.js';
import {hostFacts, processStart} from '../../src/system/host.js';
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
  const holder = {pid: process.pid, host: here.host, isHere: true, trigger: 'hand', job: undefined, startedAt: NOW, aliveAt: NOW};
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
    aliveAt: NOW - HOUR,
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

const MINUTE = 60_000;

test.each([
  ['a container', {pidns: 'pid:[1]'}, 119, 'held'],
  ['a container', {pidns: 'pid:[1]'}, 121, 'free'],
  ['another machine', {host: 'elsewhere', boot: 'its boot'}, 119, 'held'],
  ['another machine', {host: 'elsewhere', boot: 'its boot'}, 121, 'free'],
  ['another machine whose clock is somewhat ahead', {host: 'elsewhere', boot: 'its boot'}, -30 * 60, 'held'],
  ['another machine whose clock was years ahead', {host: 'elsewhere', boot: 'its boot'}, -3 * 365 * 86_400, 'free'],
] as const)('judges a lock of %s (%j) by its last sign of life, %i s ago: %s', (_, over, seconds, expected) => {
  // It counted as running for its time limit and an hour: a run that was killed with its container stopped all rollups.
  using home = temporaryHome();
  taken(home.path, {...over, aliveAt: (NOW - seconds * 1000) as EpochMs});
  const locks = openLocks(home.path, clock);
  expect(locks.holder('rollup') === undefined ? 'free' : 'held').toBe(expected);
  expect(locks.acquire('rollup', {trigger: 'hand'}).kind).toBe(expected === 'free' ? 'acquired' : 'busy');
});

test('counts the silence of a container of this machine by the monotonic clock, whatever the clock on the wall does', () => {
  using home = temporaryHome();
  taken(home.path, {pidns: 'pid:[1]', aliveAt: (NOW - HOUR) as EpochMs, aliveTicks: 500_000});
  expect(openLocks(home.path, clock, () => 500_000 + 119_000).holder('rollup')).toMatchObject({trigger: 'systemd'});
  expect(openLocks(home.path, clock, () => 500_000 + 121_000).holder('rollup')).toBeUndefined();
});

test('counts it by the clock on the wall where the other one cannot be compared, as under faketime', () => {
  using home = temporaryHome();
  taken(home.path, {pidns: 'pid:[1]', aliveAt: (NOW - 119_000) as EpochMs, aliveTicks: 500_000});
  expect(openLocks(home.path, clock, () => Number.NaN).holder('rollup')).toMatchObject({trigger: 'systemd'});
  expect(
    openLocks(
      home.path,
      () => (NOW + 2_000) as EpochMs,
      () => Number.NaN,
    ).holder('rollup'),
  ).toBeUndefined();
});

test('says who died without giving the lock back, and when it last lived', () => {
  using home = temporaryHome();
  const aliveAt = (NOW - 3 * MINUTE) as EpochMs;
  taken(home.path, {pidns: 'pid:[1]', job: 'rollup-day', startedAt: (NOW - HOUR) as EpochMs, aliveAt});
  const lock = openLocks(home.path, clock).acquire('rollup', {trigger: 'hand'});
  expect(lock).toMatchObject({kind: 'acquired', dead: {job: 'rollup-day', isHere: false, startedAt: NOW - HOUR, aliveAt}});
  if (lock.kind === 'acquired') lock.release();
  expect(openLocks(home.path, clock).acquire('rollup', {trigger: 'hand'})).toMatchObject({kind: 'acquired', dead: undefined});
});

test('gives a sign of life at least every 15 s while it is held, and none after', () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  using home = temporaryHome();
  let now = NOW;
  const locks = openLocks(home.path, () => now as EpochMs);
  const lock = locks.acquire('rollup', {trigger: 'hand'});
  let longest = 0;
  for (let second = 1; second <= 600; second++) {
    now += 1000;
    vi.advanceTimersByTime(1000);
    longest = Math.max(longest, now - (locks.holder('rollup')?.aliveAt ?? 0));
  }
  expect(longest).toBeGreaterThan(10_000);
  expect(longest).toBeLessThanOrEqual(15_000);
  if (lock.kind === 'acquired') lock.release();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** The record of a process, cut after `part`. */
function half(home: string, part: string, over: Partial<LockRecord> = {}): void {
  taken(home, over);
  const path = join(home, 'locks/rollup/000000000041');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, part === '' ? 0 : text.indexOf(part) + part.length));
}

test.each([
  ['nothing at all', '', {}],
  ['less than its boot', '"start":"ano', {}],
  ['the boot before this one', '"trigger":"sys', {boot: 'an older boot'}],
  ['a pid of this boot that is gone', '"trigger":"sys', {pid: 2 ** 22 + 1}],
] as const)('takes at once a lock whose record a power cut left with %s', (_, part, over) => {
  // A rollup said "busy" for a minute.
  using home = temporaryHome();
  half(home.path, part, over);
  expect(openLocks(home.path, () => Date.now() as EpochMs).holder('rollup')).toBeUndefined();
  expect(openLocks(home.path, () => Date.now() as EpochMs).acquire('rollup', {trigger: 'hand'})).toMatchObject({
    kind: 'acquired',
    token: 42,
  });
});

test('leaves a lock alone whose record is not whole but names a process that lives', () => {
  using home = temporaryHome();
  half(home.path, '"trigger":"sys', {pid: process.pid, start: processStart(process.pid) ?? ''});
  expect(openLocks(home.path, () => Date.now() as EpochMs).acquire('rollup', {trigger: 'hand'})).toEqual({kind: 'busy', holder: undefined});
});

test('removes what a killed process left half-made only when it is old: its pid may be that of another container', () => {
  using home = temporaryHome();
  const folder = join(home.path, 'locks/rollup');
  mkdirSync(folder, {recursive: true});
  const gone = 2 ** 22 + 1;
  for (const name of [`.${gone}.0123456789ab.tmp`, `.${gone}.ba9876543210.tmp`]) writeFileSync(join(folder, name), '{');
  const before = new Date(Date.now() - 3 * MINUTE);
  utimesSync(join(folder, `.${gone}.ba9876543210.tmp`), before, before);
  openLocks(home.path, clock).acquire('rollup', {trigger: 'hand'});
  expect(readdirSync(folder).sort()).toEqual([`.${gone}.0123456789ab.tmp`, '000000000001']);
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
  const holder = {pid: 4711, host: 'box', isHere: true, trigger: 'hand', job: undefined, startedAt: since, aliveAt: since} as const;
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
