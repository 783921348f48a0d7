import type {IndexedEvent} from '../../domain/search/index/entry.js';
import {decodeEventsRow} from '../../domain/search/index/entry-row.js';
import {StoredDay} from '../../domain/search/index/month.js';
import {eventsKey} from '../../domain/search/index/rows.js';
import type {OpenedDays} from '../../domain/search/rank/event-scores.js';
import type {Store} from '../../store/port/store.js';
import type {IndexedDay} from './read-index.js';

/** Reads the events of some session-days, in their order. @param places in `days` */
export async function openDays(
  store: Pick<Store, 'searchRowsOf'>,
  days: readonly IndexedDay[],
  places: readonly number[],
): Promise<OpenedDays> {
  const opened = new Map<number, readonly IndexedEvent[]>();
  const merged = places.flatMap((place) => {
    const day = days[place];
    return day instanceof StoredDay ? [{place, day}] : [];
  });
  const rows = await store.searchRowsOf(merged.map(({day}) => eventsKey(day)));
  merged.forEach(({place}, at) => {
    const row = rows[at];
    if (row) opened.set(place, decodeEventsRow(row).events);
  });
  for (const place of places) {
    const day = days[place];
    if (day && !(day instanceof StoredDay)) opened.set(place, day.entry.events);
  }
  return new Map([...opened].sort(([a], [b]) => a - b));
}
