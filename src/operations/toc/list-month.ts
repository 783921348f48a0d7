import type {EpochMs} from '../../domain/event/event.js';
import {type Calendar, firstDateOf, type Period} from '../../domain/time/period.js';
import {
  dateOf,
  dayId,
  type LocalDate,
  monthIdOf,
  type NodeId,
  TOC_LEVELS,
  type TocLevel,
  tocLevelOf,
  yearIdOf,
} from '../../domain/toc/node-id.js';
import type {Provisional} from '../../domain/toc/provisional.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {type Dates, datesOf, holdsDate, type MarkedDay, type TocSnapshot} from '../../domain/toc/toc-snapshot.js';
import {TocTree} from '../../domain/toc/toc-tree.js';
import type {Store} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {type CutDays, loadNodes, loadSnapshot, wholeWeeks} from './load-snapshot.js';
import {readTimes} from './read-toc.js';

export interface NodeFilter {
  /** Undefined for all. */
  readonly tocLevel?: TocLevel | undefined;
  /** Nodes that overlap `[from, to)`. An undefined side has no bound. */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
}

/** One list, month by month. */
export interface Listing {
  readonly mem: Mem;
  readonly current: () => Store;
  readonly calendar: Calendar;
  readonly now: EpochMs;
  readonly filter: NodeFilter;
  readonly provisional: Provisional;
  readonly cutDays: CutDays;
}

/**
 * The nodes that start in a month, in the order of a list: stored ones, or those without a node that are made on the fly.
 * @param month its first date
 */
export async function* listMonth(
  {mem, current, calendar, now, filter, provisional, cutDays}: Listing,
  month: LocalDate,
  kind: 'stored' | 'provisional',
): AsyncGenerator<void, readonly ShownNode[]> {
  const within = datesOf(monthIdOf(month));
  const tocLevels = filter.tocLevel === undefined ? TOC_LEVELS : [filter.tocLevel];
  const weeks = wholeWeeks(monthIdOf(month));
  // A year is listed where it starts. Marks in any of its months make it stale, and it is made on the fly from all its months.
  const listsYear = month.slice(5, 7) === '01' && tocLevels.includes('year');
  const whole = listsYear ? {from: weeks.from, to: datesOf(yearIdOf(month)).to} : weeks;
  const wanted = kind === 'stored' ? {dates: weeks, marks: whole} : {dates: whole};
  const snapshot = yield* loadSnapshot(mem, current, calendar, now, {...wanted, shown: tocLevels}, cutDays);
  const ids = idsStartingIn(snapshot, within, tocLevels, kind).filter((id) => overlaps(calendar.boundsOf(id), filter));
  if (kind === 'provisional' && tocLevels.includes('segment')) {
    const isUnread = (marked: MarkedDay): boolean => marked.cut === undefined && holdsDate(within, marked.date);
    for (const marked of snapshot.markedDays)
      if (isUnread(marked) && overlaps(calendar.boundsOf(dayId(marked.date)), filter)) provisional.leave(marked);
  }
  yield* loadNodes(current, snapshot, ids, 0, provisional);
  const tree = new TocTree(snapshot, provisional, now, await readTimes(current(), snapshot));
  // Newest first: the budget for provisional summaries is spent on what is nearest to the reader.
  const shown = [...ids].reverse().map((id) => tree.show(id, 0));
  return inOrder(shown.filter((node) => node !== undefined).filter((node) => overlaps(node, filter)));
}

function idsStartingIn(
  snapshot: TocSnapshot,
  within: Dates,
  tocLevels: readonly TocLevel[],
  kind: 'stored' | 'provisional',
): readonly NodeId[] {
  const found =
    kind === 'stored'
      ? [...snapshot.pointers.keys()].filter((id) => snapshot.isStored(id) && tocLevels.includes(tocLevelOf(id)))
      : tocLevels.flatMap((tocLevel) => snapshot.recorded(tocLevel)).filter((id) => !snapshot.isStored(id));
  const starting = found.filter((id) => holdsDate(within, startDateOf(id)));
  return sortBy(starting, (id) => placeOf(id, snapshot.startOf(id)));
}

function startDateOf(id: NodeId): LocalDate {
  return tocLevelOf(id) === 'segment' ? dateOf(id) : firstDateOf(id);
}

/** Nodes in the order of a list: by date, the longer period first, then by time. */
export function inOrder(nodes: readonly ShownNode[]): readonly ShownNode[] {
  return sortBy(nodes, ({id, start}) => placeOf(id, start));
}

function placeOf(id: NodeId, start: EpochMs): string {
  return `${startDateOf(id)} ${TOC_LEVELS.indexOf(tocLevelOf(id))} ${String(start).padStart(16, '0')} ${id}`;
}

function sortBy<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  const keyed = values.map((value) => ({value, key: keyOf(value)}));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({value}) => value);
}

function overlaps({start, end}: Period, {from, to}: NodeFilter): boolean {
  return (from === undefined || end > from) && (to === undefined || start < to);
}
