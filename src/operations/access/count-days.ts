import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Dates} from '../../domain/toc/toc-snapshot.js';
import type {Store} from '../../store/port/store.js';

/** Events by date: without superseded ones, but for those of session-days that no rollup has read yet. */
export async function countDays(store: Pick<Store, 'sessionDays'>, dates: Dates): Promise<ReadonlyMap<LocalDate, number>> {
  const counts = new Map<LocalDate, number>();
  for (const {date, count, activity} of await store.sessionDays(dates))
    counts.set(date, (counts.get(date) ?? 0) + (activity?.events ?? count));
  return counts;
}
