import {addMonths} from '../../domain/time/local-date.js';
import {Calendar, firstDateOf} from '../../domain/time/period.js';
import {type LocalDate, monthIdOf, namesNode, type TocLevel, tocLevelOf, yearIdOf} from '../../domain/toc/node-id.js';
import {type Direction, datesAt, type Found, type Hit, type Place, type Sought} from '../../domain/toc/screen-want.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {type PlaceReading, placeReading, readPath, readPlaces, readRows} from './read-places.js';

/** How many nodes are read and searched at once. */
const NODES_PER_READ = 200;

/**
 * Searches for a place in the order of the tree, starting after one place. It goes month by month and releases the store between months.
 * @param from undefined: from the first place forward, from the last one backward
 * @yields each month that was searched without success, so that the caller can show progress or stop
 * @throws MemError NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function* findPlace(
  mem: Mem,
  sought: Sought,
  from: Place | undefined,
  direction: Direction,
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
    const found = await holdInTurns(mem, READER_PATIENCE_MS, (current) =>
      findInMonth(placeReading(mem, current, calendar, mem.clock()), at, sought, from, direction),
    );
    if (found !== undefined) return found;
    yield month;
    month = addMonths(month, direction === 'forward' ? 1 : -1);
  }
  return undefined;
}

async function* findInMonth(
  reading: PlaceReading,
  month: LocalDate,
  sought: Sought,
  from: Place | undefined,
  direction: Direction,
): AsyncGenerator<void, Found | undefined> {
  let places = yield* placesIn(reading, month, sought.kind === 'text' || sought.tocLevel === 'segment');
  const at = from === undefined ? -1 : places.findIndex((place) => place.id === from.id && place.parent === from.parent);
  if (at >= 0) places = direction === 'forward' ? places.slice(at + 1) : places.slice(0, at);
  if (direction === 'backward') places = places.toReversed();
  const found = sought.kind === 'text' ? yield* firstWith(reading, places, sought.text) : firstOf(places, sought.tocLevel);
  if (found === undefined) return undefined;
  const {rows} = yield* readPath(reading, found.place);
  return {...found, rows};
}

type FoundPlace = Pick<Found, 'place' | 'hit'>;

function firstOf(places: readonly Place[], tocLevel: TocLevel): FoundPlace | undefined {
  const place = places.find(({id}) => tocLevelOf(id) === tocLevel);
  return place && {place, hit: undefined};
}

async function* firstWith(reading: PlaceReading, places: readonly Place[], text: string): AsyncGenerator<void, FoundPlace | undefined> {
  const wanted = text.toLowerCase();
  for (let at = 0; at < places.length; at += NODES_PER_READ) {
    const some = places.slice(at, at + NODES_PER_READ);
    const nodes = yield* readPlaces(reading, some);
    for (const [index, place] of some.entries()) {
      const hit = hitIn(nodes[index], wanted);
      if (hit !== undefined) return {place, hit};
    }
  }
  return undefined;
}

function hitIn(node: ShownNode | undefined, wanted: string): Hit | undefined {
  if (node === undefined) return undefined;
  const hits: readonly Hit[] = [
    {part: 'title', text: node.title},
    ...node.bullets.map(({text}): Hit => ({part: 'bullet', text})),
    ...node.keywords.map((text): Hit => ({part: 'keyword', text})),
  ];
  return hits.find(({text}) => text.toLowerCase().includes(wanted));
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
