import type {IndexedEvent} from '../../domain/search/index/entry.js';
import {openEventsRow} from '../../domain/search/index/entry-row.js';
import type {IndexedDays} from '../../domain/search/index/indexed-days.js';
import {eventsKey} from '../../domain/search/index/rows.js';
import type {OpenedDays} from '../../domain/search/rank/event-scores.js';
import type {Store} from '../../store/port/store.js';

/** Reads the events of some session-days, in their order. @param places in `days` */
export async function openDays(
  store: Pick<Store, 'searchRowsOf'>,
  days: Pick<IndexedDays, 'date' | 'sessionKey' | 'entryOf'>,
  places: readonly number[],
): Promise<OpenedDays> {
  const opened = new Map<number, readonly IndexedEvent[]>();
  const merged = places.filter((day) => days.entryOf(day) === undefined);
  const rows = await store.searchRowsOf(merged.map((day) => eventsKey({date: days.date(day), sessionKey: days.sessionKey(day)})));
  merged.forEach((day, at) => {
    const row = rows[at];
    if (row) opened.set(day, openEventsRow(row));
  });
  for (const day of places) {
    const entry = days.entryOf(day);
    if (entry) opened.set(day, entry.events);
  }
  return new Map([...opened].sort(([a], [b]) => a - b));
}
