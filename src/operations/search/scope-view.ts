import {type DayTable, SomeDays} from '../../domain/search/index/day-table.js';
import type {IndexedDays} from '../../domain/search/index/indexed-days.js';
import {FoundPlaces} from '../../domain/search/rank/found-places.js';
import type {IndexView} from '../../domain/search/rank/view.js';

/** An index as if only the session-days of some projects were there. */
export function scopeView(
  {days, places}: IndexView & {readonly days: DayTable},
  isWanted: (project: string) => boolean,
): IndexView & {readonly days: IndexedDays} {
  const placeOf = new Int32Array(days.length).fill(-1);
  const kept = new Int32Array(days.length);
  let [next, events, terms] = [0, 0, 0];
  for (const {days: month, start} of days.parts) {
    if (!month.projects.some(isWanted)) continue;
    for (let day = 0; day < month.length; day++) {
      if (!month.projectsOf(day).some(isWanted)) continue;
      placeOf[start + day] = next;
      kept[next++] = start + day;
      events += month.eventsOf(day);
      terms += month.lengthOf(day);
    }
  }
  const some = new Map<string, FoundPlaces>();
  for (const [term, found] of places) {
    const own = new FoundPlaces();
    for (let rank = 0; rank < found.size; rank++) {
      const day = placeOf[found.dayAt(rank)] ?? -1;
      if (day >= 0) own.add(day, found.postingsAt(rank));
    }
    some.set(term, own);
  }
  return {days: new SomeDays(days, kept.slice(0, next), {events, terms}), places: some};
}
