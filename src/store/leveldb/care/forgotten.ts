import type {EventId} from '../../../domain/event/event.js';
import {TOMBSTONES, tombstoneKey} from '../keys.js';
import type {Reader} from '../read/reader.js';

/** Which of these events have a tombstone. */
export async function readForgotten(reader: Reader, ids: readonly EventId[]): Promise<ReadonlySet<EventId>> {
  if (ids.length === 0 || (await reader.isEmpty(TOMBSTONES))) return new Set();
  const found = await reader.lookUp(ids.map(tombstoneKey));
  return new Set(ids.filter((_, at) => found[at] !== undefined));
}
