import {expect, test} from 'vitest';
import {assertHeld, takeLease} from '../../../src/operations/access/take-lease.js';
import {HomeRig} from '../home-rig.js';

test('a lease and the lock of that name exclude each other', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  const lease = await takeLease(rig.mem, 'rollup');
  expect(rig.mem.locks.holder('rollup')).toMatchObject({pid: process.pid, trigger: 'hand'});
  await expect(takeLease(rig.mem, 'rollup')).rejects.toMatchObject({code: 'LOCK_BUSY', message: expect.stringContaining(`${process.pid}`)});
  await lease.release();
  const lock = rig.mem.locks.acquire('rollup', {trigger: 'cron'});
  await expect(takeLease(rig.mem, 'rollup')).rejects.toMatchObject({code: 'LOCK_BUSY'});
  if (lock.kind === 'acquired') lock.release();
  await (await takeLease(rig.mem, 'rollup')).release();
});

test('a lease that cannot be noted in a store is given back', async () => {
  await using rig = new HomeRig();
  await expect(takeLease(rig.mem, 'compact')).rejects.toMatchObject({code: 'NO_STORE'});
  expect(rig.mem.locks.holder('compact')).toBeUndefined();
});

test('who is fenced off is told that somebody else runs', () => {
  expect(() => assertHeld('rollup', {kind: 'fenced'})).toThrowError(expect.objectContaining({code: 'LOCK_BUSY'}));
  expect(() => assertHeld('rollup', {kind: 'done'})).not.toThrow();
});
