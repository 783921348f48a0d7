import {MemError} from '../../errors.js';
import {lockBusy} from '../../locks/locks.js';
import type {Mem} from '../mem.js';
import {assertHasFiles} from './home-peer.js';
import {noteOutcome, type PeerOutcome} from './peer-outcomes.js';
import {type SyncOptions, sync} from './sync.js';
import type {OpenPeerOptions} from './sync-parts.js';

export interface SyncPeersOptions extends Pick<SyncOptions, 'dryRun' | 'onProgress'>, OpenPeerOptions {
  /** The caller holds the lock of syncs. */
  readonly isLocked: boolean;
  /** How long one peer may take, so that one that hangs does not keep the others waiting; undefined for no end. In ms. */
  readonly patienceMs?: number | undefined;
}

/**
 * Exchanges with one peer after the other, and notes what became of it. One that fails does not stop the others.
 * @throws MemError STORE_REFUSED for a memory in a database; LOCK_BUSY beside another sync
 */
export async function* syncPeers(mem: Mem, targets: readonly string[], options: SyncPeersOptions): AsyncGenerator<PeerOutcome> {
  assertHasFiles(mem);
  const lock = options.isLocked ? undefined : mem.locks.acquire('sync', {trigger: 'hand'});
  if (lock?.kind === 'busy') throw lockBusy('sync', lock.holder);
  try {
    for (const target of targets) {
      if (options.signal?.aborted) return;
      const outcome = await syncOne(mem, target, options);
      // What a signal cut short says nothing of the peer.
      if (outcome.kind === 'failed' && options.signal?.aborted) return;
      if (!options.dryRun && !options.signal?.aborted) noteOutcome(mem, outcome);
      yield outcome;
    }
  } finally {
    lock?.release();
  }
}

async function syncOne(mem: Mem, target: string, {dryRun, onProgress, canAsk, signal, patienceMs}: SyncPeersOptions): Promise<PeerOutcome> {
  const limit = new AbortController();
  const timer = patienceMs === undefined ? undefined : setTimeout(() => limit.abort(), patienceMs);
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  let location = target;
  try {
    const {files, openPeer} = await mem.openSync();
    const peer = openPeer(target, {canAsk, signal: either});
    location = peer.location;
    const report = await sync(peer, {mem, files, dryRun, onProgress, signal: either}).finally(() => peer.close());
    if (limit.signal.aborted) return {kind: 'failed', peer: location, fault: timeIsUp(location)};
    return {kind: 'synced', peer: location, report};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {kind: 'failed', peer: location, fault: limit.signal.aborted ? timeIsUp(location) : error};
  } finally {
    clearTimeout(timer);
  }
}

function timeIsUp(target: string): MemError {
  return new MemError('TIME_LIMIT', `the time for ${target} was up; the next sync goes on where it was`, {
    hint: `give it more time by hand: mem sync ${target}`,
  });
}
