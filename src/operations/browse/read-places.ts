import {addDays} from '../../domain/time/local-date.js';
import {Calendar, firstDateOf, weekIdOf} from '../../domain/time/period.js';
import type {NodePointer} from '../../domain/toc/node.js';
import {
  dateOf,
  dayId,
  type LocalDate,
  monthIdOf,
  type NodeId,
  periodId,
  TOC_LEVELS,
  tocLevelOf,
  yearIdOf,
} from '../../domain/toc/node-id.js';
import {datesAt, type Place, type Rows} from '../../domain/toc/screen-want.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {type Dates, datesOf, earlierOf, laterOf, type MarkedDay, TocSnapshot} from '../../domain/toc/toc-snapshot.js';
import {TocTree} from '../../domain/toc/toc-tree.js';
import type {Store} from '../../store/port/store.js';
import {loadSnapshot, partsOf} from '../toc/load-snapshot.js';
import {readTimes} from '../toc/read-toc.js';
import {monthOf, type PlaceReading, type ProjectPart, showWhole} from './place-reading.js';
import {composePlace, datesOfPart} from './project-part.js';

/** How many marks of session-days are read at once. */
const MANY_MARKS = 500;

/** The years with records. */
export async function readYears({current, part}: Pick<PlaceReading, 'current' | 'part'>): Promise<readonly NodeId[]> {
  if (part !== undefined) return [...new Set([...part.days.keys()].map(yearIdOf))].sort();
  const store = current();
  const span = await store.dateSpan();
  if (span === undefined) return [];
  const stored = await store.pointers('year', {});
  const isStored = new Set(stored.filter(({status}) => status === 'current').map(({id}) => id));
  const years: NodeId[] = [];
  for (let year = Number(span.first.slice(0, 4)); year <= Number(span.last.slice(0, 4)); year++) {
    const id = periodId('year', String(year).padStart(4, '0'));
    if (isStored.has(id) || (await readStructure(store, datesOf(id))).datesIn(datesOf(id)).length > 0) years.push(id);
  }
  return years;
}

/** The dates with records, and nothing else: what is below a year, a month or a week follows from them. */
async function readStructure(store: Store, dates: Dates, calendar?: Calendar): Promise<TocSnapshot> {
  const pointers = await store.pointers('day', dates);
  const markedNodes = (await store.nodeMarks('day', dates)).map(({id}) => id);
  const markedDays = (await store.sessionDayMarks(dates)).map(({date, sessionKey}) => ({date, sessionKey, count: 0}));
  return new TocSnapshot({calendar: calendar ?? new Calendar(store.header.timeZone), pointers, markedNodes, markedDays});
}

/** What is below a place, without the nodes themselves. */
export async function* readRows(reading: PlaceReading, below: Place): AsyncGenerator<void, Rows> {
  const {current, calendar, part} = reading;
  const dates = datesAt(below);
  const tocLevel = tocLevelOf(below.id);
  switch (tocLevel) {
    case 'year':
    case 'month':
    case 'week':
      if (part !== undefined) {
        const idOf = {year: monthIdOf, month: weekIdOf, week: dayId}[tocLevel];
        return {below, ids: [...new Set(datesOfPart(part, dates).map(idOf))]};
      }
      return {below, ids: (await readStructure(current(), dates, calendar)).shownBelow(below.id, dates)};
    case 'day': {
      const {mem, now, cutDays} = reading;
      const snapshot = yield* loadSnapshot(mem, current, calendar, now, {dates, shown: ['segment']}, cutDays);
      const ids = snapshot.shownBelow(below.id);
      return {below, ids: part === undefined ? ids : yield* idsThatFit(reading, part, below, ids)};
    }
    case 'segment': {
      const [shown] = yield* readPlaces(reading, [below]);
      return {below, ids: shown?.childIds ?? []};
    }
  }
}

async function* idsThatFit(
  reading: PlaceReading,
  {fits}: ProjectPart,
  day: Place,
  ids: readonly NodeId[],
): AsyncGenerator<void, readonly NodeId[]> {
  const all = {...reading, part: undefined};
  const nodes = yield* readPlaces(
    all,
    ids.map((id) => ({parent: day.id, id})),
  );
  return nodes.flatMap((node) => (node?.tocLevel === 'segment' && fits(node) ? [node.id] : []));
}

/** The rows of all places from the root to a node, and the deepest recorded place on the way. For a week, the node's parent tells the month. */
export async function* readPath(
  reading: PlaceReading,
  {parent, id: to}: Place,
): AsyncGenerator<void, {readonly rows: readonly Rows[]; readonly place: Place | undefined}> {
  const rows: Rows[] = [{below: undefined, ids: await readYears(reading)}];
  let place: Place | undefined;
  for (const id of await wayTo(reading.current(), to, parent)) {
    if (!rows.at(-1)?.ids.includes(id)) break;
    place = {parent: place?.id, id};
    // What is below these takes longer and is not on the way.
    if (id === to && (tocLevelOf(id) === 'segment' || tocLevelOf(id) === 'day')) break;
    yield;
    rows.push(yield* readRows(reading, place));
  }
  return {rows, place};
}

/** The ids from a year down to a node. A week across two months is shown in the month of its Thursday, if that has records. */
async function wayTo(store: Store, to: NodeId, parent: NodeId | undefined): Promise<readonly NodeId[]> {
  const tocLevel = tocLevelOf(to);
  if (tocLevel === 'year') return [to];
  let date = firstDateOf(to);
  if (tocLevel === 'week') date = parent === undefined ? await dateInWeek(store, to) : datesAt({parent, id: to}).from;
  const way = [yearIdOf(date), monthIdOf(date), weekIdOf(date), dayId(date), to];
  return tocLevel === 'segment' ? way : way.slice(0, TOC_LEVELS.indexOf(tocLevel) + 1);
}

async function dateInWeek(store: Store, week: NodeId): Promise<LocalDate> {
  const dates = datesOf(week);
  const recorded = (await readStructure(store, dates)).datesIn(dates);
  const thursday = addDays(dates.from, 3);
  return recorded.find((date) => monthIdOf(date) === monthIdOf(thursday)) ?? recorded[0] ?? thursday;
}

/** The nodes at some places, without what is below them; undefined for a place without text. */
export async function* readPlaces(
  reading: PlaceReading,
  places: readonly Place[],
): AsyncGenerator<void, readonly (ShownNode | undefined)[]> {
  const {part} = reading;
  if (part !== undefined) return yield* readPlacesOf(part, reading, places);
  const shown = new Map<Place, ShownNode | undefined>();
  const pointers = await reading.current().pointersOf(places.map(({id}) => id));
  const stored = new Map(pointers.flatMap((pointer) => (pointer?.status === 'current' ? [[pointer.id, pointer]] : [])));
  const marks = await readMarks(reading.current(), places);
  const isMarked = ({id}: Place): boolean => marks.markedDays.some(({date}) => date === dateOf(id));
  const isPlain = (place: Place): boolean => stored.has(place.id) && (tocLevelOf(place.id) !== 'segment' || !isMarked(place));
  yield* showStored(reading, places.filter(isPlain), [...stored.values()], marks, shown);
  // Newest first: the budget for summaries on the fly is spent there.
  for (const place of places.filter((candidate) => !isPlain(candidate)).reverse()) shown.set(place, yield* showWhole(reading, place));
  return places.map((place) => shown.get(place));
}

/** With one project alone: newest first, as the others. */
async function* readPlacesOf(
  part: ProjectPart,
  reading: PlaceReading,
  places: readonly Place[],
): AsyncGenerator<void, readonly (ShownNode | undefined)[]> {
  const segments = places.filter(({id}) => tocLevelOf(id) === 'segment');
  const nodes = yield* readPlaces({...reading, part: undefined}, segments);
  const shown = new Map<Place, ShownNode | undefined>();
  segments.forEach((place, at) => {
    const node = nodes[at];
    if (node?.tocLevel === 'segment' && part.fits(node)) shown.set(place, node);
  });
  for (const place of places.filter(({id}) => tocLevelOf(id) !== 'segment').reverse())
    shown.set(place, yield* composePlace(reading, part, place));
  return places.map((place) => shown.get(place));
}

interface Marks {
  readonly markedNodes: readonly NodeId[];
  readonly markedDays: readonly MarkedDay[];
}

/** The marks at some places and below them. If they are many, one session-day at each place is enough to know. */
async function readMarks(store: Store, places: readonly Place[]): Promise<Marks> {
  const all = places.map(({id}) => datesOf(id));
  const [first] = all;
  if (first === undefined) return {markedNodes: [], markedDays: []};
  const whole = all.reduce((sum, {from, to}) => ({from: earlierOf(sum.from, from), to: laterOf(sum.to, to)}), first);
  const markedNodes: NodeId[] = [];
  for (const tocLevel of ['year', 'month', 'week', 'day'] as const)
    markedNodes.push(...(await store.nodeMarks(tocLevel, partsOf(tocLevel, whole))).map(({id}) => id));
  const marks = [...(await store.sessionDayMarks(whole, {limit: MANY_MARKS}))];
  if (marks.length === MANY_MARKS) for (const dates of all) marks.push(...(await store.sessionDayMarks(dates, {limit: 1})));
  return {markedNodes, markedDays: marks.map(({date, sessionKey}) => ({date, sessionKey, count: 0}))};
}

/** For stored nodes, only the marks below them matter: a screen of years does not read their days. */
async function* showStored(
  {current, calendar, now, provisional}: PlaceReading,
  places: readonly Place[],
  pointers: readonly NodePointer[],
  marks: Marks,
  shown: Map<Place, ShownNode | undefined>,
): AsyncGenerator<void> {
  const snapshot = new TocSnapshot({calendar, pointers, ...marks});
  for (const node of await current().nodes(places.map(({id}) => id))) if (node) snapshot.nodes.set(node.id, node);
  const tree = new TocTree(snapshot, provisional, now, await readTimes(current(), snapshot));
  for (const place of places) shown.set(place, tree.show(place.id, 0, monthOf(place)));
  yield;
}
