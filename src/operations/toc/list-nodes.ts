import {instant} from '../../domain/time/instant.js';
import {addMonths} from '../../domain/time/local-date.js';
import {Calendar, firstDateOf, weekIdOf} from '../../domain/time/period.js';
import {shownWithProjects} from '../../domain/toc/joined-projects.js';
import {dayId, type LocalDate, monthIdOf, type NodeId, TOC_LEVELS, tocLevelOf, yearIdOf} from '../../domain/toc/node-id.js';
import {Provisional} from '../../domain/toc/provisional.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {earlierOf, laterOf} from '../../domain/toc/toc-snapshot.js';
import type {Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {inOrder, type Listing, listMonth, type NodeFilter} from './list-month.js';
import {ListSizes, mayCount, type NodeSize} from './list-sizes.js';
import {CutDays} from './load-snapshot.js';

/** A page is whole months. It ends with the month that brings it to this many nodes. */
const NODES_PER_PAGE = 200;

export interface ListOptions extends NodeFilter {
  /** Includes what has no node yet, made on the fly. */
  readonly provisional: boolean;
}

export interface NodePage {
  readonly nodes: readonly ShownNode[];
  /** Of all but years. */
  readonly sizes: ReadonlyMap<NodeId, NodeSize>;
  readonly timeZone: string;
  /** Events below nodes of the whole list that were too many to summarize on the fly. */
  readonly waitingEvents: number;
}

/** The list's nodes by the first date of their month. */
type Months = ReadonlyMap<LocalDate, readonly ShownNode[]>;

/**
 * Yields nodes in time order, month by month (a node belongs to the month in which it starts), each whole and once. If several start
 * together, the longer period comes first. The store is closed while the caller works on a page.
 */
export async function* listNodes(mem: Mem, {provisional, ...filter}: ListOptions): AsyncGenerator<NodePage> {
  const opened = await readDrained(mem, async (store) => ({
    timeZone: store.header.timeZone,
    span: await store.dateSpan(),
    events: (await store.counters()).events,
  }));
  if (opened.span === undefined) return;
  const calendar = new Calendar(opened.timeZone);
  const {first, last} = clampSpan(opened.span, filter, calendar);
  const common = {mem, calendar, now: mem.clock(), filter, provisional: new Provisional(mem.provisional), cutDays: new CutDays()};
  const sizes = new ListSizes(mayCount({first, last}, opened.span, opened.events));
  const unstored: Months = provisional
    ? await holdInTurns(mem, READER_PATIENCE_MS, (current) => listUnstored({...common, current}, first, last))
    : new Map();
  let month = firstDateOf(monthIdOf(first));
  while (month <= last) {
    const page = await holdInTurns(mem, READER_PATIENCE_MS, (current) => listMonths({...common, current}, unstored, sizes, month, last));
    month = page.next;
    const {waitingEvents} = common.provisional;
    if (page.nodes.length > 0 || (month > last && waitingEvents > 0)) {
      const nodes = page.nodes.map((node) => shownWithProjects(node, mem.projectNames));
      yield {nodes, sizes: page.sizes, timeZone: opened.timeZone, waitingEvents};
    }
  }
}

/** Lists month after month while the store is open: opening it takes as long as reading a month. */
async function* listMonths(
  listing: Listing,
  unstored: Months,
  sizes: ListSizes,
  first: LocalDate,
  last: LocalDate,
): AsyncGenerator<void, Pick<NodePage, 'nodes' | 'sizes'> & {readonly next: LocalDate}> {
  const nodes: ShownNode[] = [];
  let month = first;
  for (; month <= last && nodes.length < NODES_PER_PAGE; month = addMonths(month, 1)) {
    // Years start only in January.
    if (listing.filter.tocLevel === 'year' && month.slice(5, 7) !== '01') continue;
    const stored = yield* listMonth(listing, month, 'stored');
    const known = new Set(stored.map(({id}) => id));
    // A rollup may have made some of them in the meantime.
    nodes.push(...inOrder([...stored, ...(unstored.get(month) ?? []).filter(({id}) => !known.has(id))]));
    yield;
  }
  return {nodes, sizes: yield* sizes.of(listing.current, nodes), next: month};
}

/** Makes everything without a node, the newest month first: the budget of events is spent there. */
async function* listUnstored(listing: Listing, first: LocalDate, last: LocalDate): AsyncGenerator<void, Months> {
  const months = new Map<LocalDate, readonly ShownNode[]>();
  const from = firstDateOf(monthIdOf(first));
  for (const month of (await markedMonths(listing.current())).reverse()) {
    if (month < from || month > last) continue;
    yield;
    months.set(month, yield* listMonth(listing, month, 'provisional'));
  }
  return months;
}

/** The months with something that has no node yet: it, or something below it, is marked. In order. */
async function markedMonths(store: Store): Promise<LocalDate[]> {
  const ids = new Set<NodeId>((await store.sessionDayMarks({})).map(({date}) => dayId(date)));
  for (const tocLevel of TOC_LEVELS) {
    if (tocLevel !== 'segment') for (const {id} of await store.nodeMarks(tocLevel)) ids.add(id);
  }
  const dates = [...ids].flatMap((id): LocalDate[] => {
    const first = firstDateOf(id);
    const week = tocLevelOf(id) === 'day' ? [firstDateOf(weekIdOf(first))] : [];
    return [first, ...week, firstDateOf(yearIdOf(first))];
  });
  return [...new Set(dates.map((date) => firstDateOf(monthIdOf(date))))].sort();
}

/** The dates from which nodes can come: the year of `from` starts in January, a week starts up to six days earlier. */
function clampSpan(
  span: {first: LocalDate; last: LocalDate},
  {from, to}: NodeFilter,
  calendar: Calendar,
): {first: LocalDate; last: LocalDate} {
  const earliest = firstDateOf(yearIdOf(span.first));
  const wanted = from === undefined ? earliest : firstDateOf(yearIdOf(calendar.dateOf(from)));
  const previousMonth = addMonths(laterOf(wanted, earliest), -1);
  const latest = to === undefined ? span.last : calendar.dateOf(instant(to - 1));
  return {first: previousMonth, last: earlierOf(latest, span.last)};
}
