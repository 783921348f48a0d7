import type {EpochMs} from '../../../domain/event/event.js';
import type {PeriodInput, PeriodState} from '../../../domain/rollup/rollup-plan.js';
import {type Calendar, dependentsOf, endDateOf, firstDateOf} from '../../../domain/time/period.js';
import type {NodePointer} from '../../../domain/toc/node.js';
import {
  dayId,
  type LocalDate,
  type NodeId,
  type PeriodLevel,
  periodPartOf,
  type TocLevel,
  tocLevelOf,
} from '../../../domain/toc/node-id.js';
import type {SessionDayMark, Store} from '../../../store/port/store.js';

/** The TOC level of a period's inputs. */
export function inputLevelOf(tocLevel: PeriodLevel): TocLevel {
  switch (tocLevel) {
    case 'year':
      return 'month';
    case 'month':
    case 'week':
      return 'day';
    case 'day':
      return 'segment';
  }
}

/** The period parts `[from, to)` of the ids of a period's inputs. */
export function inputRangeOf(id: NodeId): {readonly from: string; readonly to: string} {
  if (tocLevelOf(id) === 'year') return {from: `${periodPartOf(id)}:01`, to: `${periodPartOf(id)}:13`};
  return {from: firstDateOf(id), to: endDateOf(id)};
}

/** What a plan is going to do before it comes to a period: for a dry run, in which the store shows none of it. */
export interface PlannedBelow {
  /** Nodes that will be made, with where they start. */
  readonly made: ReadonlyMap<NodeId, EpochMs>;
  readonly retracted: ReadonlySet<NodeId>;
}

export const NOTHING_PLANNED: PlannedBelow = {made: new Map(), retracted: new Set()};

/** Reads what the plan of a marked period needs. @param isWaiting whether one of its inputs is marked but was left out */
export async function readPeriodState(
  store: Store,
  calendar: Calendar,
  id: NodeId,
  isWaiting: boolean,
  planned: PlannedBelow,
): Promise<PeriodState> {
  const inputLevel = inputLevelOf(tocLevelOf(id) as PeriodLevel);
  const range = inputRangeOf(id);
  const [pointer] = await store.pointersOf([id]);
  return {
    id,
    bounds: calendar.boundsOf(id),
    pointer,
    inputs: inputsOf(await store.pointers(inputLevel, range), inputLevel, range, planned),
    waitsFor: isWaiting ? inputLevel : undefined,
  };
}

function inputsOf(
  pointers: readonly NodePointer[],
  inputLevel: TocLevel,
  range: {readonly from: string; readonly to: string},
  {made, retracted}: PlannedBelow,
): readonly PeriodInput[] {
  const inputs: PeriodInput[] = pointers.filter(({id, status}) => status === 'current' && !made.has(id) && !retracted.has(id));
  for (const [id, start] of made) {
    const part = periodPartOf(id);
    if (tocLevelOf(id) === inputLevel && part >= range.from && part < range.to) inputs.push({id, start});
  }
  return inputs.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

/**
 * Of periods of one TOC level, in any order, those that must wait: something below them is marked, at any depth. A day of which no segment
 * could be made yet carries no mark of its own.
 */
export async function readWaiting(store: Store, ids: readonly NodeId[]): Promise<ReadonlySet<NodeId>> {
  const [any] = ids;
  if (any === undefined) return new Set();
  const edges = ids.flatMap((id) => Object.values(inputRangeOf(id))).sort();
  const range = {from: edges[0] ?? '', to: edges.at(-1) ?? ''};
  switch (tocLevelOf(any) as PeriodLevel) {
    case 'day':
      return daysAround(await store.sessionDayMarks(range as DateRange));
    case 'week':
    case 'month':
      return new Set([...(await markedDays(store, range as DateRange))].flatMap((id) => dependentsOf(id)));
    case 'year': {
      const dates = ids.flatMap((id) => [firstDateOf(id), endDateOf(id)]).sort();
      const days = await markedDays(store, {from: dates[0] ?? '', to: dates.at(-1) ?? ''} as DateRange);
      const months = [...(await store.nodeMarks('month', range)).map(({id}) => id), ...[...days].flatMap((id) => dependentsOf(id))];
      return new Set(months.flatMap((id) => dependentsOf(id)));
    }
  }
}

interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Days that are marked, or that have a marked session-day. */
async function markedDays(store: Store, range: DateRange): Promise<ReadonlySet<NodeId>> {
  const days = daysAround(await store.sessionDayMarks(range));
  return new Set([...days, ...(await store.nodeMarks('day', range)).map(({id}) => id)]);
}

function daysAround(marks: readonly SessionDayMark[]): ReadonlySet<NodeId> {
  return new Set(marks.map(({date}) => dayId(date)));
}
