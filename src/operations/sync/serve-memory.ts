import {lockBusy} from '../../locks/locks.js';
import type {Peer} from '../../sync/peer.js';
import {assertHasFiles, HomePeer} from './home-peer.js';
import type {HomePeerParts} from './home-peer-parts.js';

/**
 * This memory, for another machine's sync. Nothing else syncs it until it is released.
 * @throws MemError STORE_REFUSED for a memory in a database; LOCK_BUSY beside another sync
 */
export function serveMemory(parts: HomePeerParts): {readonly peer: Peer; release(): void} {
  assertHasFiles(parts.mem);
  const lock = parts.mem.locks.acquire('sync', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('sync', lock.holder);
  return {peer: new HomePeer(parts), release: () => lock.release()};
}
