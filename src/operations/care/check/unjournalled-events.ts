import {END_OF_TIME, type EpochMs} from '../../../domain/event/event.js';
import {instant} from '../../../domain/time/instant.js';
import type {Store} from '../../../store/port/store.js';
import type {IdTable} from './id-table.js';
import type {PendingParts} from './pending-parts.js';
import type {PartOfReport} from './verdict.js';

/** Events that no journal has: they are met by their ids a second time, month by month. */
export async function* unjournalledEvents(
  current: () => Store,
  table: IdTable,
  pending: PendingParts,
  part: PartOfReport,
): AsyncGenerator<void, void> {
  if (table.unmet === 0) return;
  for (let from: EpochMs | undefined = instant(0); from !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(from, END_OF_TIME);
    for (const {head} of page.events) {
      // What came after the look at the journal is in no table.
      if (!table.has(head.id)) continue;
      const met = table.metAs(head.id);
      if (met === 'never') part.unjournalled(`the event ${head.id}`);
      else if (met === 'other' && !pending.hasEvent(head.id)) {
        // Either may be wrong.
        part.wrong.add('store');
        part.fault(`the event ${head.id} is another one in the journal than in the store`, 'journal');
      }
    }
    from = page.next;
    yield;
  }
}
