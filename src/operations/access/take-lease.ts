import {lockBusy} from '../../locks/locks.js';
import type {CommitOutcome, Lease, LeaseClaim, LeaseName} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {noteKilled} from '../schedule/note-killed.js';

/**
 * Takes a lease on the store for a run by hand.
 * @returns its fence, for the commits of the run, and the function that releases it
 * @throws MemError LOCK_BUSY, which names its holder and since when; NO_STORE, STORE_BUSY
 */
export async function takeLease(
  mem: Pick<Mem, 'home' | 'store' | 'clock' | 'scheduler' | 'tellFailure'>,
  name: LeaseName,
  claim: LeaseClaim = {trigger: 'hand'},
): Promise<Extract<Lease, {kind: 'acquired'}>> {
  const lease = await mem.store.lease(name, claim);
  if (lease.kind === 'busy') throw lockBusy(name, lease.holder);
  await noteKilled(mem, lease.dead);
  return lease;
}

/** @throws MemError LOCK_BUSY when another run holds the lease by now: nothing was committed */
export function assertHeld(name: LeaseName, {kind}: CommitOutcome): void {
  if (kind === 'fenced') throw lockBusy(name, undefined);
}
