import {weekIdOf} from '../../domain/time/period.js';
import {isSegmentNode} from '../../domain/toc/node.js';
import {dateOf, dayId, type LocalDate, monthIdOf, type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import {datesAt, type Place, type Sizes} from '../../domain/toc/screen-want.js';
import {type Dates, datesOf} from '../../domain/toc/toc-snapshot.js';
import {countDays} from '../access/count-days.js';
import {loadSnapshot} from '../toc/load-snapshot.js';
import type {PlaceReading} from './place-reading.js';
import {datesOfPart} from './project-part.js';
import {readYears} from './read-places.js';

/** Beyond this many segments of a day, their sizes are not read: each stands in a node of its own. */
const MOST_SEGMENTS = 500;

/** How many events are in what stands below a place, below the root in each year. It yields where the store may be let go. */
export async function* readSizes(reading: PlaceReading, below: Place | undefined): AsyncGenerator<void, Sizes> {
  const {current, part} = reading;
  const countIn = async (dates: Dates): Promise<ReadonlyMap<LocalDate, number>> =>
    part === undefined ? countDays(current(), dates) : new Map(datesOfPart(part, dates).map((date) => [date, part.days.get(date) ?? 0]));
  if (below === undefined) {
    const sizes = new Map<NodeId, number>();
    for (const year of await readYears(reading)) {
      yield;
      sizes.set(year, sum(await countIn(datesOf(year))));
    }
    return sizes;
  }
  const tocLevel = tocLevelOf(below.id);
  if (tocLevel === 'segment') return new Map();
  if (tocLevel === 'day') return yield* segmentSizes(reading, below.id);
  const idOf = {year: monthIdOf, month: weekIdOf, week: dayId}[tocLevel];
  const sizes = new Map<NodeId, number>();
  for (const [date, events] of await countIn(datesAt(below))) sizes.set(idOf(date), (sizes.get(idOf(date)) ?? 0) + events);
  return sizes;
}

async function* segmentSizes({mem, current, calendar, now, cutDays}: PlaceReading, day: NodeId): AsyncGenerator<void, Sizes> {
  const dates = datesOf(dayId(dateOf(day)));
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, {dates, shown: ['segment']}, cutDays);
  const ids = snapshot.shownBelow(day);
  const sizes = new Map<NodeId, number>();
  if (ids.length > MOST_SEGMENTS) return sizes;
  for (const node of await current().nodes(ids.filter((id) => snapshot.isStored(id))))
    if (node !== undefined && isSegmentNode(node)) sizes.set(node.id, node.segment.eventCount);
  for (const {cut = []} of snapshot.markedDays) for (const {segment} of cut) sizes.set(segment.id, segment.events.length);
  return sizes;
}

function sum(counts: ReadonlyMap<LocalDate, number>): number {
  return [...counts.values()].reduce((total, events) => total + events, 0);
}
