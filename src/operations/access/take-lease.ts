import {lockBusy} from '../../locks/locks.js';
import type {CommitOutcome, Lease, LeaseClaim, LeaseName} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {noteKilled} from '../schedule/note-killed.js';

/**
 * Takes a lease on the store for a run that was started by hand.
 * @returns its fence, for the commits of the run, and what gives it back
 * @throws MemError LOCK_BUSY, which says who holds it and since when; NO_STORE, STORE_BUSY
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

/** @throws MemError LOCK_BUSY where somebody else has been given the lease since: nothing was committed */
export function assertHeld(name: LeaseName, {kind}: CommitOutcome): void {
  if (kind === 'fenced') throw lockBusy(name, undefined);
}
