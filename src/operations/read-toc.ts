import type {EpochMs, EventId} from '../domain/event.js';
import {timeOfId} from '../domain/event-id.js';
import {dateOf, dayId, type NodeId, TOC_LEVELS, tocLevelOf} from '../domain/node-id.js';
import {Calendar} from '../domain/period.js';
import {type ShownNode, storedNode} from '../domain/shown-node.js';
import {datesOf, type TocSnapshot} from '../domain/toc-snapshot.js';
import {TocTree} from '../domain/toc-tree.js';
import type {Store} from '../store/store.js';
import {drainForReader} from './drained-store.js';
import {holdInTurns} from './hold.js';
import {loadNodes, loadSnapshot, wholeWeeks} from './load-snapshot.js';
import {type Mem, READER_PATIENCE_MS} from './mem.js';

/** What a reader asked for, and what is needed to print it. */
export interface TocReading {
  /** Undefined when nothing was recorded in the period. */
  readonly node: ShownNode | undefined;
  readonly timeZone: string;
  readonly now: EpochMs;
}

/**
 * Reads a node and what is below it, `depth` TOC levels down, as the tree that is shown: year > month > week > day > segment.
 * @throws MemError NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function readToc(mem: Mem, id: NodeId, depth: number): Promise<TocReading> {
  await drainForReader(mem);
  const now = mem.clock();
  return holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
    const {timeZone} = current().header;
    const node = yield* readTree(mem, current, new Calendar(timeZone), now, id, depth);
    return {node, timeZone, now};
  });
}

async function* readTree(
  mem: Mem,
  current: () => Store,
  calendar: Calendar,
  now: EpochMs,
  id: NodeId,
  depth: number,
): AsyncGenerator<void, ShownNode | undefined> {
  const tocLevel = tocLevelOf(id);
  const own = TOC_LEVELS.indexOf(tocLevel);
  const shown = TOC_LEVELS.slice(own, own + depth + 1);
  const dates = tocLevel === 'segment' ? datesOf(dayId(dateOf(id))) : wholeWeeks(id);
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, {dates, shown});
  yield* loadNodes(current, snapshot, [id], depth);
  const timeOf = await readTimes(current(), snapshot);
  const shownNode = new TocTree(snapshot, mem.provisional, now, timeOf).show(id, depth);
  if (shownNode !== undefined || tocLevel !== 'segment') return shownNode;
  // A retracted segment leads to those that hold its events now.
  const [retracted] = await current().nodes([id]);
  return retracted && storedNode(retracted, calendar, false, now);
}

/** When the events happened that bullets cite: only weeks that are shown in part ask for it. */
export async function readTimes(store: Store, {nodes}: TocSnapshot): Promise<(id: EventId) => EpochMs> {
  const weeks = [...nodes.values()].filter(({id}) => tocLevelOf(id) === 'week');
  const ids = [...new Set(weeks.flatMap(({bullets}) => bullets.flatMap(({eventIds}) => eventIds)))];
  const times = await store.eventTimes(ids);
  const known = new Map(ids.map((id, at) => [id, times[at]]));
  return (id) => known.get(id) ?? timeOfId(id);
}
