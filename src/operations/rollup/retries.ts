import type {EpochMs} from '../../domain/event/event.js';
import type {Retry} from '../../domain/rollup/retry.js';
import {isSegmentPointer, type NodePointer} from '../../domain/toc/node.js';
import {dateOf, type NodeId} from '../../domain/toc/node-id.js';
import type {Change} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import type {RollupStore} from './rollup-store.js';

/** What of the retry list is due. Without a model nothing ever is. */
export function dueOf({model}: Pick<Mem, 'model'>, retries: readonly Retry[], now: EpochMs): readonly Retry[] {
  return model === undefined ? [] : retries.filter(({dueAt}) => dueAt <= now);
}

/** Marks nodes so that a rollup looks at them; their fingerprints stay. One that does not exist any more leaves the list. */
export async function markForRetry({clock}: Pick<Mem, 'clock'>, store: RollupStore, ids: readonly NodeId[]): Promise<void> {
  const pointers = await store.pointersOf(ids);
  const changes = ids.map((id, at): Change => {
    const pointer = pointers[at];
    return pointer?.status === 'current' ? markOf(pointer) : {kind: 'no-retry', id};
  });
  if (changes.length > 0) await store.commit(changes, clock(), {sync: false});
}

/** The mark that has a node looked at again: of a segment, that of its session-day. */
export function markOf(pointer: NodePointer): Change {
  if (!isSegmentPointer(pointer)) return {kind: 'mark-node', id: pointer.id};
  return {kind: 'mark-session-day', date: dateOf(pointer.id), sessionKey: pointer.sessionKey};
}
