import type {EventId} from '../../../domain/event/event.js';
import type {Tombstone} from '../../../domain/event/tombstone.js';
import type {CaredStore} from './check-nodes.js';
import type {PartOfReport} from './verdict.js';

/**
 * Whether store and journal know the same events as forgotten: what one of them does not, an import could bring back.
 * @param stored as they were before the journal was read
 */
export async function checkTombstones(
  store: CaredStore,
  stored: readonly Tombstone[],
  journalled: ReadonlySet<EventId>,
  report: PartOfReport,
): Promise<void> {
  for (const {id} of stored) if (!journalled.has(id)) report.unjournalled(`that the event ${id} was forgotten`);
  const known = await store.care.forgotten([...journalled]);
  for (const id of journalled) if (!known.has(id)) report.fault(`that the event ${id} was forgotten is not in the store`, 'store');
}
