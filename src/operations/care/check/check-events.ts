import {END_OF_TIME, type EpochMs} from '../../../domain/event/event.js';
import {decodeEvent} from '../../../domain/event/event-record.js';
import {idFault} from '../../../domain/event/identity/id-fault.js';
import {eventLine} from '../../../domain/event/line/event-line.js';
import {earliest, instant, latest} from '../../../domain/time/instant.js';
import {addDays, addMonths} from '../../../domain/time/local-date.js';
import {Calendar} from '../../../domain/time/period.js';
import {type LocalDate, localDate} from '../../../domain/toc/node-id.js';
import type {SessionDay, Store, StoredEvent} from '../../../store/port/store.js';
import type {CheckScope} from './check-scope.js';
import type {IdTable} from './id-table.js';
import {sumOf} from './line-sum.js';
import {finished, type PartOfReport} from './verdict.js';

/** A calendar month of the store's zone. */
interface Month {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** Half-open; undefined where no session-day can be. */
  readonly from: LocalDate | undefined;
  readonly to: LocalDate | undefined;
}

/**
 * Reads every event of the scope: whether its id follows from it, and whether the session-days of its month count as many, from the first
 * to the last. Each month is read in turns; what comes meanwhile is looked at again.
 * @param table gets the ids, with checksums of their lines where the scope compares lines
 */
export async function* checkEvents(
  current: () => Store,
  scope: CheckScope,
  {events, days, table}: {readonly events: PartOfReport; readonly days: PartOfReport; readonly table: IdTable},
  onEvents: (count: number) => void,
): AsyncGenerator<void, void> {
  const calendar = new Calendar(current().header.timeZone);
  for (const month of monthsOf(await current().dateSpan(), calendar, scope)) {
    const counted = yield* countMonth(current, month, calendar, (event) => {
      events.looked++;
      const {head, record} = event;
      table.put(head.id, scope.comparesLines ? sumOf(eventLine(record)) : 0);
      const fault = head.time >= scope.closeFrom ? idFault(head, record) : undefined;
      if (fault !== undefined) events.fault(`the event ${head.id} ${fault}`);
      if (events.looked % 1_000 === 0) onEvents(events.looked);
    });
    const stored = month.from === undefined ? [] : await current().sessionDays({from: month.from, to: month.to});
    days.looked += stored.length;
    const names = new Map([...stored, ...counted.values()].map((day) => [nameOf(day), day]));
    const known = new Map(stored.map((day) => [nameOf(day), day]));
    const differing = [...names].filter(([name]) => !isSame(known.get(name), counted.get(name))).map(([, day]) => day);
    for (const fault of await faultsOf(current(), differing, calendar)) days.fault(fault);
    yield;
  }
}

/** The session-days of a month as its events give them. */
export async function* countMonth(
  current: () => Store,
  {start, end}: Pick<Month, 'start' | 'end'>,
  calendar: Calendar,
  onEvent: (event: StoredEvent) => void,
): AsyncGenerator<void, ReadonlyMap<string, SessionDay>> {
  const days = new Map<string, {-readonly [K in keyof SessionDay]: SessionDay[K]}>();
  for (let from: EpochMs | undefined = start; from !== undefined; ) {
    const page = await current().events(from, end);
    for (const event of page.events) {
      const {time, sessionKey} = event.head;
      const date = calendar.dateOf(time);
      const known = days.get(date + sessionKey);
      if (known === undefined) {
        const {agent, sessionId} = decodeEvent(event.record);
        days.set(date + sessionKey, {date, sessionKey, agent, sessionId, first: time, last: time, count: 1});
      } else {
        known.last = latest(known.last, time);
        known.first = earliest(known.first, time);
        known.count++;
      }
      onEvent(event);
    }
    from = page.next;
    yield;
  }
  return days;
}

const nameOf = ({date, sessionKey}: Pick<SessionDay, 'date' | 'sessionKey'>): string => date + sessionKey;

/** Whether a stored session-day counts what its events give. */
export function isSame(stored: SessionDay | undefined, counted: SessionDay | undefined): boolean {
  return stored?.count === counted?.count && stored?.first === counted?.first && stored?.last === counted?.last;
}

/** Events may have come since the first look: the days are counted again, in one session. */
async function faultsOf(store: Store, days: readonly SessionDay[], calendar: Calendar): Promise<readonly string[]> {
  const faults: string[] = [];
  const stored = days.length === 0 ? [] : await store.sessionDaysOf(days);
  for (const [at, day] of days.entries()) {
    const bounds = {start: calendar.dayStart(day.date), end: calendar.dayStart(addDays(day.date, 1))};
    const counted = (
      await finished(
        countMonth(
          () => store,
          bounds,
          calendar,
          () => {},
        ),
      )
    ).get(nameOf(day));
    if (isSame(stored[at], counted)) continue;
    const name = `the session ${day.sessionId} on ${day.date}`;
    if (stored[at] === undefined) faults.push(`${name} has ${countOf(counted)} and is in no list`);
    else if (counted === undefined) faults.push(`${name} is listed with ${countOf(stored[at])}, and none is there`);
    else if (stored[at].count !== counted.count)
      faults.push(`${name} is listed with ${countOf(stored[at])}, and ${counted.count} ${counted.count === 1 ? 'is' : 'are'} there`);
    else faults.push(`${name} is listed with another first or last event than it has`);
  }
  return faults;
}

const countOf = (day: SessionDay | undefined): string => (day?.count === 1 ? '1 event' : `${day?.count} events`);

/** The months in which something was recorded; where all is looked at, also what lies before and behind them. */
export function monthsOf(
  span: {readonly first: LocalDate; readonly last: LocalDate} | undefined,
  calendar: Calendar,
  {slice}: Pick<CheckScope, 'slice'>,
): readonly Month[] {
  const first = span && localDate(`${span.first.slice(0, 7)}-01`);
  if (span === undefined || first === undefined) return [{start: instant(0), end: END_OF_TIME, from: undefined, to: undefined}];
  const months: Month[] = [];
  for (let from = first; from <= span.last; from = addMonths(from, 1)) {
    const to = addMonths(from, 1);
    months.push({start: calendar.dayStart(from), end: calendar.dayStart(to), from, to});
  }
  if (slice !== undefined) return months.filter((_, at) => at % slice.of === slice.number);
  const outside = {from: undefined, to: undefined};
  const [start, end] = [months[0]?.start ?? instant(0), months.at(-1)?.end ?? END_OF_TIME];
  return [{start: instant(0), end: start, ...outside}, ...months, {start: end, end: END_OF_TIME, ...outside}];
}
