import type {EpochMs} from '../domain/event.js';
import {addMonths} from '../domain/local-date.js';
import {dateOf, type LocalDate, monthIdOf, type NodeId, TOC_LEVELS, type TocLevel, tocLevelOf} from '../domain/node-id.js';
import {Calendar, firstDateOf} from '../domain/period.js';
import type {ShownNode} from '../domain/shown-node.js';
import {type Dates, datesOf, earlierOf, laterOf, type TocSnapshot} from '../domain/toc-snapshot.js';
import {PROVISIONAL_EVENTS, type ProvisionalBudget, TocTree} from '../domain/toc-tree.js';
import type {Store} from '../store/store.js';
import {withDrainedStore} from './drained-store.js';
import {holdInTurns} from './hold.js';
import {loadNodes, loadSnapshot, wholeWeeks} from './load-snapshot.js';
import {type Mem, READER_DRAIN_MS, READER_PATIENCE_MS} from './mem.js';
import {readTimes} from './read-toc.js';

/** A page is whole months and ends with the one that brings it to so many. */
const NODES_PER_PAGE = 200;

export interface NodeFilter {
  /** Undefined for all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Nodes that overlap `[from, to)`; an undefined side is open. */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
  /** Also what has no node yet, made on the fly. */
  readonly provisional: boolean;
}

export interface NodePage {
  readonly nodes: readonly ShownNode[];
  readonly timeZone: string;
}

/**
 * Yields nodes in time order, month by month (a node belongs to the month in which it starts), each whole and once. Where several start
 * together the longer period stands first. The store is closed while the caller looks at a page.
 */
export async function* listNodes(mem: Mem, filter: NodeFilter): AsyncGenerator<NodePage> {
  const opened = await withDrainedStore(mem, {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS}, async (store) => ({
    timeZone: store.header.timeZone,
    span: await store.dateSpan(),
  }));
  if (opened.span === undefined) return;
  const calendar = new Calendar(opened.timeZone);
  const now = mem.clock();
  const budget = {events: PROVISIONAL_EVENTS};
  const {first, last} = clampSpan(opened.span, filter, calendar);
  let month = firstDateOf(monthIdOf(first));
  while (month <= last) {
    const page = await holdInTurns(mem, READER_PATIENCE_MS, (current) =>
      listMonths(mem, current, {calendar, now, budget, filter}, month, last),
    );
    month = page.next;
    if (page.nodes.length > 0) yield {nodes: page.nodes, timeZone: opened.timeZone};
  }
}

/** Lists month after month while the store is open: to open it takes as long as to read a month. */
async function* listMonths(
  mem: Mem,
  current: () => Store,
  listing: Listing,
  first: LocalDate,
  last: LocalDate,
): AsyncGenerator<void, {readonly nodes: readonly ShownNode[]; readonly next: LocalDate}> {
  const nodes: ShownNode[] = [];
  let month = first;
  for (; month <= last && nodes.length < NODES_PER_PAGE; month = addMonths(month, 1)) {
    // Years start in January and nowhere else.
    if (listing.filter.tocLevel === 'year' && month.slice(5, 7) !== '01') continue;
    nodes.push(...(yield* listMonth(mem, current, listing, month)));
    yield;
  }
  return {nodes, next: month};
}

/** The dates from which nodes can come: a year that holds `from` starts in January, a week up to six days earlier. */
function clampSpan(
  span: {first: LocalDate; last: LocalDate},
  {from, to}: NodeFilter,
  calendar: Calendar,
): {first: LocalDate; last: LocalDate} {
  const earliest = `${span.first.slice(0, 4)}-01-01` as LocalDate;
  const wanted = from === undefined ? earliest : (`${calendar.dateOf(from).slice(0, 4)}-01-01` as LocalDate);
  const previousMonth = addMonths(laterOf(wanted, earliest), -1);
  const latest = to === undefined ? span.last : calendar.dateOf((to - 1) as EpochMs);
  return {first: previousMonth, last: earlierOf(latest, span.last)};
}

interface Listing {
  readonly calendar: Calendar;
  readonly now: EpochMs;
  readonly budget: ProvisionalBudget;
  readonly filter: NodeFilter;
}

async function* listMonth(
  mem: Mem,
  current: () => Store,
  {calendar, now, budget, filter}: Listing,
  month: LocalDate,
): AsyncGenerator<void, readonly ShownNode[]> {
  const id = monthIdOf(month);
  const tocLevels = filter.tocLevel === undefined ? TOC_LEVELS : [filter.tocLevel];
  const yearStarts = month.slice(5, 7) === '01' && tocLevels.includes('year');
  const dates = yearStarts && filter.provisional ? datesOf(`toc:year:${month.slice(0, 4)}` as NodeId) : wholeWeeks(id);
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, {dates, shown: tocLevels});
  const ids = idsStartingIn(snapshot, datesOf(id), tocLevels, filter.provisional);
  yield* loadNodes(current, snapshot, ids, 0);
  const tree = new TocTree(snapshot, mem.provisional, now, await readTimes(current(), snapshot), budget);
  // Newest first, so that the budget for provisional ones is spent on what is nearest to the reader.
  const shown = [...ids].reverse().map((one) => tree.show(one, 0));
  return shown.filter((node) => node !== undefined && overlaps(node, filter)).reverse() as readonly ShownNode[];
}

function idsStartingIn(snapshot: TocSnapshot, within: Dates, tocLevels: readonly TocLevel[], provisional: boolean): readonly NodeId[] {
  const ids: {id: NodeId; start: string}[] = [];
  for (const tocLevel of tocLevels) {
    const found = new Set<NodeId>();
    for (const {id, status} of snapshot.pointers.values()) if (status === 'current' && tocLevelOf(id) === tocLevel) found.add(id);
    if (provisional) for (const id of snapshot.recorded(tocLevel)) found.add(id);
    for (const id of found) {
      const date = tocLevel === 'segment' ? dateOf(id) : firstDateOf(id);
      if (within.from <= date && date < within.to)
        ids.push({id, start: `${date} ${TOC_LEVELS.indexOf(tocLevel)} ${String(snapshot.startOf(id)).padStart(16, '0')}`});
    }
  }
  return ids.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : 1)).map(({id}) => id);
}

function overlaps(node: ShownNode, {from, to}: NodeFilter): boolean {
  return (from === undefined || node.end > from) && (to === undefined || node.start < to);
}
