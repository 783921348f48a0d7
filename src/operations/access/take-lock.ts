import {type LockName, lockBusy} from '../../locks/locks.js';
import type {Mem} from '../mem.js';

/**
 * Takes a lock for a run by hand.
 * @returns the lock, to release it
 * @throws MemError LOCK_BUSY, which names its holder and since when
 */
export function takeLock({locks}: Pick<Mem, 'locks'>, name: LockName): {release(): void} {
  const taken = locks.acquire(name, {trigger: 'hand'});
  if (taken.kind === 'busy') throw lockBusy(name, taken.holder);
  return taken;
}
