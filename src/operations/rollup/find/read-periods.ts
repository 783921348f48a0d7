import type {PeriodState} from '../../../domain/rollup/rollup-plan.js';
import {type Calendar, dependentsOf, endDateOf, firstDateOf} from '../../../domain/time/period.js';
import {dayId, localDate, type PeriodId, type PeriodLevel, periodPartOf, type TocLevel, tocLevelOf} from '../../../domain/toc/node-id.js';
import type {DateRange, SessionDayMark} from '../../../store/port/store.js';
import type {RollupStore} from '../rollup-store.js';

/** The TOC level of a period's inputs. */
function inputLevelOf(tocLevel: PeriodLevel): TocLevel {
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
function inputRangeOf(id: PeriodId): {readonly from: string; readonly to: string} {
  if (tocLevelOf(id) === 'year') return {from: `${periodPartOf(id)}:01`, to: `${periodPartOf(id)}:13`};
  return {from: firstDateOf(id), to: endDateOf(id)};
}

/** Reads what the plan of a marked period needs. @param isWaiting whether one of its inputs is marked but was left out */
export async function readPeriodState(store: RollupStore, calendar: Calendar, id: PeriodId, isWaiting: boolean): Promise<PeriodState> {
  const inputLevel = inputLevelOf(tocLevelOf(id));
  const [pointer] = await store.pointersOf([id]);
  const below = await store.pointers(inputLevel, inputRangeOf(id));
  return {
    id,
    bounds: calendar.boundsOf(id),
    pointer,
    inputs: below.filter(({status}) => status === 'current').sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)),
    waitsFor: isWaiting ? inputLevel : undefined,
  };
}

/**
 * Of periods of one TOC level, in any order, those that must wait: something below them is marked, at any depth. A day of which no segment
 * could be made yet carries no mark of its own.
 */
export async function readWaiting(store: RollupStore, ids: readonly PeriodId[]): Promise<ReadonlySet<PeriodId>> {
  const [firstId] = ids;
  if (firstId === undefined) return new Set();
  const edges = ids.flatMap((id) => Object.values(inputRangeOf(id))).sort();
  const range = {from: edges[0] ?? '', to: edges.at(-1) ?? ''};
  // Of days, weeks and months: their inputs are named by dates.
  const dates = {from: localDate(range.from), to: localDate(range.to)};
  switch (tocLevelOf(firstId)) {
    case 'day':
      return daysAround(await store.sessionDayMarks(dates));
    case 'week':
    case 'month':
      return new Set([...(await markedDays(store, dates))].flatMap((id) => dependentsOf(id)));
    case 'year': {
      const bounds = ids.flatMap((id) => [firstDateOf(id), endDateOf(id)]).sort();
      const days = await markedDays(store, {from: bounds[0], to: bounds.at(-1)});
      const months = [...(await store.nodeMarks('month', range)).map(({id}) => id), ...[...days].flatMap((id) => dependentsOf(id))];
      return new Set(months.flatMap((id) => dependentsOf(id)));
    }
  }
}

/** Days that are marked, or that have a marked session-day. */
async function markedDays(store: RollupStore, range: DateRange): Promise<ReadonlySet<PeriodId>> {
  const days = daysAround(await store.sessionDayMarks(range));
  return new Set([...days, ...(await store.nodeMarks('day', range)).map(({id}) => id)]);
}

function daysAround(marks: readonly SessionDayMark[]): ReadonlySet<PeriodId> {
  return new Set(marks.map(({date}) => dayId(date)));
}
