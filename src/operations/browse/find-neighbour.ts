import {addMonths} from '../../domain/time/local-date.js';
import {Calendar, firstDateOf} from '../../domain/time/period.js';
import {type LocalDate, monthIdOf, namesNode, type TocLevel, tocLevelOf, yearIdOf} from '../../domain/toc/node-id.js';
import {type Direction, datesAt, type Found, type Place} from '../../domain/toc/screen-want.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {type PlaceReading, placeReading} from './place-reading.js';
import {PartCache} from './project-part.js';
import {readPath, readRows} from './read-places.js';

/** How a neighbour is looked for. */
export interface NeighbourOptions {
  readonly direction: Direction;
  /** The key of the one project that is shown; undefined for all. */
  readonly project?: string | undefined;
  /** Where a part is kept from one reading to the next. */
  readonly parts?: PartCache;
}

/**
 * Finds the next period of the same length, or the next segment, in the order of the tree. It goes month by month and releases the store
 * between months.
 * @param from undefined: from the first place forward, from the last one backward
 * @yields each month that was searched without success, so that the caller can show progress or stop
 * @throws MemError NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function* findNeighbour(
  mem: Mem,
  tocLevel: TocLevel,
  from: Place | undefined,
  {direction, project, parts = new PartCache()}: NeighbourOptions,
): AsyncGenerator<LocalDate, Found | undefined> {
  const {timeZone, span} = await mem.store.use(READER_PATIENCE_MS, async (store) => ({
    timeZone: store.header.timeZone,
    span: await store.dateSpan(),
  }));
  if (span === undefined) return undefined;
  const calendar = new Calendar(timeZone);
  const firstMonth = firstDateOf(monthIdOf(span.first));
  const edge = direction === 'forward' ? span.first : span.last;
  const start = from === undefined ? edge : datesAt(from).from;
  let month = firstDateOf(monthIdOf(start));
  while (month >= firstMonth && month <= span.last) {
    const at = month;
    const found = await holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
      const part = project === undefined ? undefined : yield* parts.read(mem, current, calendar, project);
      return yield* findInMonth(placeReading(mem, current, calendar, mem.clock(), part), at, tocLevel, from, direction);
    });
    if (found !== undefined) return found;
    yield month;
    month = addMonths(month, direction === 'forward' ? 1 : -1);
  }
  return undefined;
}

async function* findInMonth(
  reading: PlaceReading,
  month: LocalDate,
  tocLevel: TocLevel,
  from: Place | undefined,
  direction: Direction,
): AsyncGenerator<void, Found | undefined> {
  let places = yield* placesIn(reading, month, tocLevel === 'segment');
  const at = from === undefined ? -1 : places.findIndex((place) => place.id === from.id && place.parent === from.parent);
  if (at >= 0) places = direction === 'forward' ? places.slice(at + 1) : places.slice(0, at);
  if (direction === 'backward') places = places.toReversed();
  const place = places.find(({id}) => tocLevelOf(id) === tocLevel);
  if (place === undefined) return undefined;
  const {rows} = yield* readPath(reading, place);
  return {place, rows};
}

/** A month and everything below it, in the order of the tree. Its year comes before it, if the year begins with it. */
async function* placesIn(reading: PlaceReading, month: LocalDate, withSegments: boolean): AsyncGenerator<void, readonly Place[]> {
  const year: Place = {parent: undefined, id: yearIdOf(month)};
  const {ids: months} = yield* readRows(reading, year);
  const id = monthIdOf(month);
  if (!months.includes(id)) return [];
  const places: Place[] = months[0] === id ? [year] : [];
  const visit = async function* (place: Place): AsyncGenerator<void> {
    places.push(place);
    const tocLevel = tocLevelOf(place.id);
    if (tocLevel === 'segment' || (tocLevel === 'day' && !withSegments)) return;
    yield;
    const {ids} = yield* readRows(reading, place);
    for (const below of ids) if (namesNode(below)) yield* visit({parent: place.id, id: below});
  };
  yield* visit({parent: year.id, id});
  return places;
}
