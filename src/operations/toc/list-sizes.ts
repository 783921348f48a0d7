import {addDays, dayNumberOf} from '../../domain/time/local-date.js';
import {firstDateOf, parentOf, periodIdOf, weekIdOf} from '../../domain/time/period.js';
import {dateOf, type LocalDate, type NodeId, type PeriodId, type PeriodLevel, tocLevelOf, yearIdOf} from '../../domain/toc/node-id.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {datesOf, earlierOf, laterOf} from '../../domain/toc/toc-snapshot.js';
import type {Store} from '../../store/port/store.js';
import {countDays} from '../access/count-days.js';

/** How many events a node holds, and the largest of those that stand beside it. */
export interface NodeSize {
  readonly events: number;
  readonly largest: number;
}

/** What stands below a week, a month, a year. */
const CHILD_LEVELS: Readonly<Record<'week' | 'month' | 'year', PeriodLevel>> = {week: 'day', month: 'week', year: 'month'};

/** A list is counted if the years that it touches hold about so many events at most: to count more takes longer than to start. */
const MOST_EVENTS = 100_000;

interface Span {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** Whether the periods of a list may be counted. @param span of all that was recorded, in which `events` lie */
export function mayCount(list: Span, span: Span, events: number): boolean {
  const daysIn = (first: LocalDate, last: LocalDate): number => Math.max(0, dayNumberOf(last) - dayNumberOf(first) + 1);
  const touched = daysIn(
    laterOf(firstDateOf(yearIdOf(list.first)), span.first),
    earlierOf(addDays(datesOf(yearIdOf(list.last)).to, -1), span.last),
  );
  return (events * touched) / daysIn(span.first, span.last) <= MOST_EVENTS;
}

/** The sizes of listed nodes. Those of years are not told: all session-days would have to be read. It keeps what it counted. */
export class ListSizes {
  readonly #countsPeriods: boolean;
  readonly #counts = new Map<PeriodId, ReadonlyMap<LocalDate, number>>();
  readonly #below = new Map<PeriodId, ReadonlyMap<NodeId, number>>();

  constructor(countsPeriods: boolean) {
    this.#countsPeriods = countsPeriods;
  }

  /** It yields where the store may be let go. @param nodes with all the segments of a day, where there are any */
  async *of(current: () => Store, nodes: readonly ShownNode[]): AsyncGenerator<void, ReadonlyMap<NodeId, NodeSize>> {
    const sizes = new Map<NodeId, NodeSize>();
    const largestSegment = new Map<LocalDate, number>();
    for (const node of nodes) {
      if (node.tocLevel !== 'segment') continue;
      const date = dateOf(node.id);
      largestSegment.set(date, Math.max(largestSegment.get(date) ?? 0, node.segment.eventCount));
    }
    for (const node of nodes) {
      if (node.tocLevel === 'segment') {
        sizes.set(node.id, {events: node.segment.eventCount, largest: largestSegment.get(dateOf(node.id)) ?? 0});
        continue;
      }
      const parent = parentOf(node.id);
      if (parent === undefined || !this.#countsPeriods) continue;
      const beside = this.#below.get(parent) ?? (yield* this.#sizesBelow(current, parent));
      sizes.set(node.id, {events: beside.get(node.id) ?? 0, largest: Math.max(0, ...beside.values())});
    }
    return sizes;
  }

  async *#sizesBelow(current: () => Store, parent: PeriodId): AsyncGenerator<void, ReadonlyMap<NodeId, number>> {
    const tocLevel = tocLevelOf(parent);
    const sizes = new Map<NodeId, number>();
    if (tocLevel === 'day') return sizes;
    const {from, to} = datesOf(parent);
    // A month's weeks begin before it or end after it.
    const [start, end] = tocLevel === 'month' ? [firstDateOf(weekIdOf(from)), addDays(to, 6)] : [from, to];
    for (let date = start; date < end; date = addDays(date, 1)) {
      const id = periodIdOf(CHILD_LEVELS[tocLevel], date);
      const events = (yield* this.#countsOf(current, yearIdOf(date))).get(date) ?? 0;
      if (events > 0 && parentOf(id) === parent) sizes.set(id, (sizes.get(id) ?? 0) + events);
    }
    this.#below.set(parent, sizes);
    return sizes;
  }

  async *#countsOf(current: () => Store, year: PeriodId): AsyncGenerator<void, ReadonlyMap<LocalDate, number>> {
    const known = this.#counts.get(year);
    if (known !== undefined) return known;
    const counts = await countDays(current(), datesOf(year));
    this.#counts.set(year, counts);
    yield;
    return counts;
  }
}
