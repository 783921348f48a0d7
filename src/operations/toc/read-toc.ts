import type {EpochMs, EventId} from '../../domain/event/event.js';
import {timeOfId} from '../../domain/event/identity/event-id.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {shownWithProjects} from '../../domain/toc/joined-projects.js';
import {isSegmentNode} from '../../domain/toc/node.js';
import {dateOf, dayId, isSegmentId, type LocalDate, type NodeId, type SegmentId, TOC_LEVELS, tocLevelOf} from '../../domain/toc/node-id.js';
import {Provisional} from '../../domain/toc/provisional.js';
import {type ShownNode, type ShownSegment, storedSegment} from '../../domain/toc/shown-node.js';
import {datesOf, type TocSnapshot} from '../../domain/toc/toc-snapshot.js';
import {TocTree} from '../../domain/toc/toc-tree.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {loadNodes, loadSnapshot, readPeriods, type WantedPart, wholeWeeks} from './load-snapshot.js';

/** The result for a reader, with what is needed to print it. */
export interface TocReading {
  /** Undefined when the period has nothing to show. */
  readonly node: ShownNode | undefined;
  /** For a period without a node: the number of its events, all without text. */
  readonly textlessEvents: number;
  /** For a retracted segment: the segments that hold its events now, in time order. */
  readonly successors: readonly ShownSegment[];
  readonly timeZone: string;
  readonly now: EpochMs;
}

/** A reading of the store that may be interrupted. */
interface Reading {
  readonly mem: Mem;
  readonly current: () => Store;
  readonly calendar: Calendar;
  readonly now: EpochMs;
}

/** What is to be shown: a node and so many TOC levels below it. */
export interface WantedTree {
  readonly id: NodeId;
  readonly depth: number;
}

/**
 * Reads a node and what is below it, `depth` TOC levels down, as the shown tree: year > month > week > day > segment.
 * @throws MemError NO_NODE when the segment does not exist, NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export function readToc(mem: Mem, id: NodeId, depth: number): Promise<TocReading> {
  return readTocOf(mem, () => ({id, depth}));
}

/** The same for what is named by today's date in the store's zone. @throws also what `treeOf` throws */
export async function readTocOf(mem: Mem, treeOf: (today: LocalDate) => WantedTree): Promise<TocReading & Pick<WantedTree, 'id'>> {
  await drainForReader(mem);
  const now = mem.clock();
  return holdInTurns(
    mem,
    READER_PATIENCE_MS,
    async function* (current) {
      const {timeZone} = current().header;
      const reading = {mem, current, calendar: new Calendar(timeZone), now};
      const wanted = treeOf(reading.calendar.dateOf(now));
      const {id} = wanted;
      const found = {id, textlessEvents: 0, successors: [], timeZone, now};
      const node = yield* readTree(reading, wanted);
      if (node !== undefined) return {...found, node: shownWithProjects(node, mem.projectNames)};
      if (isSegmentId(id)) {
        const retracted = yield* readRetracted(reading, id);
        const joined = (segment: ShownSegment) => shownWithProjects(segment, mem.projectNames);
        return {...found, node: joined(retracted.node), successors: retracted.successors.map(joined)};
      }
      return {...found, node, textlessEvents: yield* countEvents(reading, id)};
    },
    // The date may be another one in the store's zone: then it was read in vain.
    async (reads) => readPeriods(reads, partOf(treeOf(new Calendar('UTC').dateOf(now)))),
  );
}

/** What of the table of contents a tree shows. */
function partOf({id, depth}: WantedTree): WantedPart {
  const tocLevel = tocLevelOf(id);
  const top = TOC_LEVELS.indexOf(tocLevel);
  return {
    dates: tocLevel === 'segment' ? datesOf(dayId(dateOf(id))) : wholeWeeks(id),
    shown: TOC_LEVELS.slice(top, top + depth + 1),
  };
}

/** Without those that are superseded. */
async function* countEvents({current, calendar}: Reading, id: NodeId): AsyncGenerator<void, number> {
  if ((await current().sessionDays(datesOf(id))).length === 0) return 0;
  const {start, end} = calendar.boundsOf(id);
  let count = 0;
  let from: EpochMs | undefined = start;
  while (from !== undefined && from < end) {
    const page: EventList = yield* readUnsuperseded(current, from, end);
    count += page.events.length;
    from = page.next;
    yield;
  }
  return count;
}

async function* readTree({mem, current, calendar, now}: Reading, wanted: WantedTree): AsyncGenerator<void, ShownNode | undefined> {
  const {id, depth} = wanted;
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, partOf(wanted));
  const provisional = new Provisional(mem.provisional);
  yield* loadNodes(current, snapshot, [id], depth, provisional);
  const timeOf = await readTimes(current(), snapshot);
  return new TocTree(snapshot, provisional, now, timeOf).show(id, depth);
}

/**
 * A retracted segment, with the segments that hold its events now. They are found through the events: the segments that replaced it may be
 * retracted too, and a change of the time zone moves events to other days.
 */
async function* readRetracted(
  reading: Reading,
  id: SegmentId,
): AsyncGenerator<void, {readonly node: ShownSegment; readonly successors: readonly ShownSegment[]}> {
  const {current, calendar, now} = reading;
  const [retracted] = await current().nodes([id]);
  if (retracted === undefined || !isSegmentNode(retracted)) throw noSegment(id);
  const held = new Set(retracted.childIds);
  const times = await current().eventTimes(retracted.childIds);
  const dates = [...new Set(times.map((time) => calendar.dateOf(time)))].sort();
  const successors: ShownSegment[] = [];
  for (const date of dates) {
    const day = yield* readTree(reading, {id: dayId(date), depth: 1});
    const segments = (day?.children ?? []).filter((child) => child.tocLevel === 'segment');
    successors.push(...segments.filter(({childIds}) => childIds.some((event) => held.has(event))));
  }
  const node = storedSegment(retracted, calendar, false, now);
  return {node: {...node, replacedBy: successors.map((successor) => successor.id)}, successors};
}

export function noSegment(id: NodeId): MemError {
  return new MemError('NO_NODE', `the segment ${id} does not exist`, {hint: 'list them with: mem toc list --level segment'});
}

/** When the events happened that bullets cite: only weeks that are shown in part, below each of their two months, ask for it. */
export async function readTimes(store: Store, {nodes}: TocSnapshot): Promise<(id: EventId) => EpochMs> {
  const weeks = [...nodes.values()].filter(({id}) => tocLevelOf(id) === 'week' && isInTwoMonths(id));
  const ids = [...new Set(weeks.flatMap(({bullets, facts}) => [...bullets, ...facts].flatMap(({eventIds}) => eventIds)))];
  const times = await store.eventTimes(ids);
  const known = new Map(ids.map((id, at) => [id, times[at]]));
  return (id) => known.get(id) ?? timeOfId(id);
}

function isInTwoMonths(week: NodeId): boolean {
  const {from, to} = datesOf(week);
  return from.slice(0, 7) !== addDays(to, -1).slice(0, 7);
}
