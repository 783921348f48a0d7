import type {EpochMs, EventId, SessionKey} from '../../../domain/event/event.js';
import {decodeEvent} from '../../../domain/event/event-record.js';
import {earliest, instant} from '../../../domain/time/instant.js';
import {addDays} from '../../../domain/time/local-date.js';
import {isSegmentPointer, type NodePointer, type SegmentPointer} from '../../../domain/toc/node.js';
import {dateOf, type LocalDate} from '../../../domain/toc/node-id.js';
import {type ReadEvent, type SegmentEvent, segmentEvents} from '../../../domain/toc/segment-event.js';
import type {SessionDay, SessionDayMark, StoredEvent} from '../../../store/port/store.js';
import {readSuperseded} from '../../access/read-superseded.js';
import type {RollupStore} from '../rollup-store.js';

/** A marked session-day with all that its plan needs. */
export interface MarkedSessionDay {
  readonly mark: SessionDayMark;
  /** In the one order of events. */
  readonly events: readonly SegmentEvent[];
  /** The latest versions of all segments that it ever had. */
  readonly pointers: readonly SegmentPointer[];
}

/** Session-days are read together in groups of about this many events. */
export const GROUP_EVENTS = 8_000;

/**
 * Reads the marked session-days of one date, group by group; yields nothing where the store may be let go. Each mark is read before its
 * inputs: when it is still the same at a commit, so are they.
 */
export async function* readMarkedSessionDays(
  current: () => RollupStore,
  date: LocalDate,
): AsyncGenerator<readonly MarkedSessionDay[] | undefined> {
  yield* readSessionDays(current, await current().sessionDayMarks({from: date, to: addDays(date, 1)}));
}

/** The latest versions of segments, by their session-days. */
type SegmentPointers = ReadonlyMap<string, readonly SegmentPointer[]>;

/** What was read of session-days, after their marks. */
export interface KnownBefore {
  readonly sessionDays?: readonly SessionDay[];
  /** Nobody but a rollup changes them. */
  readonly pointers?: SegmentPointers;
}

export async function readSessionDaysOf(store: RollupStore, marks: readonly SessionDayMark[]): Promise<readonly SessionDay[]> {
  return (await store.sessionDaysOf(marks)).filter((sessionDay) => sessionDay !== undefined);
}

/** Those of the session-days between the first and the last mark. */
export async function readSegmentPointers(store: RollupStore, marks: readonly SessionDayMark[]): Promise<SegmentPointers> {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  return bySessionDay(await store.pointers('segment', {from: first.date, to: addDays(last.date, 1)}));
}

/** The same for some session-days. @param marks by rising date, read in this turn @param known what was read of them before */
export async function* readSessionDays(
  current: () => RollupStore,
  marks: readonly SessionDayMark[],
  known: KnownBefore = {},
): AsyncGenerator<readonly MarkedSessionDay[] | undefined> {
  for await (const group of readRecords(current, marks, known)) {
    yield group && (yield* decodeGroup(current, group));
  }
}

/** A marked session-day as it lies in the store. */
export interface RecordsOfSessionDay {
  readonly mark: SessionDayMark;
  /** In the order of keys. */
  readonly records: readonly StoredEvent[];
  readonly pointers: readonly SegmentPointer[];
}

/** Reads what is stored of session-days, group by group. All events between the first and the last one of a group are gone over. */
export async function* readRecords(
  current: () => RollupStore,
  marks: readonly SessionDayMark[],
  known: KnownBefore,
): AsyncGenerator<readonly RecordsOfSessionDay[] | undefined> {
  if (marks.length === 0) return;
  const sessionDays = known.sessionDays ?? (await readSessionDaysOf(current(), marks));
  const byName = new Map(sessionDays.map((sessionDay) => [nameOf(sessionDay), sessionDay]));
  const pointers = known.pointers ?? (await readSegmentPointers(current(), marks));
  for (const group of groupByCount(marks, byName)) {
    const days = group.map((mark) => byName.get(nameOf(mark))).filter((sessionDay) => sessionDay !== undefined);
    const events = new EventsBySessionDay(days);
    let from: EpochMs | undefined = days.length === 0 ? undefined : earliest(...days.map((day) => day.first));
    const end = instant(Math.max(...days.map((day) => day.last)) + 1);
    while (from !== undefined) {
      const page = await current().events(from, end);
      for (const stored of page.events) events.placeFor(stored.head.sessionKey, stored.head.time)?.push(stored);
      from = page.next;
      yield undefined;
    }
    yield group.map((mark) => ({mark, records: events.of(mark), pointers: pointers.get(nameOf(mark)) ?? []}));
  }
}

/** The session-days of a group, without what is superseded. */
export async function* decodeGroup(
  current: () => RollupStore,
  group: readonly RecordsOfSessionDay[],
): AsyncGenerator<undefined, readonly MarkedSessionDay[]> {
  const read = group.map(({records}) => records.map(readEvent));
  const superseded = yield* readSuperseded(
    current,
    read.flat().map(({event}) => event),
  );
  return group.map(({mark, pointers}, at) => ({mark, events: shownEvents(read[at] ?? [], superseded), pointers}));
}

export function readEvent({head, record}: StoredEvent): ReadEvent {
  const {sessionKey, hasText} = head;
  return {event: decodeEvent(record, head), sessionKey, hasText};
}

export function shownEvents(events: readonly ReadEvent[], superseded: ReadonlySet<EventId>): readonly SegmentEvent[] {
  return segmentEvents(superseded.size === 0 ? events : events.filter(({event}) => !superseded.has(event.id)));
}

type Name = Pick<SessionDay, 'date' | 'sessionKey'>;

const nameOf = ({date, sessionKey}: Name): string => `${date}${sessionKey}`;

/** Events of session-days that are read together; those of others are left out. */
class EventsBySessionDay {
  readonly #days = new Map<string, StoredEvent[]>();
  /** A session may go on over midnight. */
  readonly #ofSession = new Map<SessionKey, {readonly first: EpochMs; readonly last: EpochMs; readonly events: StoredEvent[]}[]>();

  constructor(days: readonly SessionDay[]) {
    for (const day of days) {
      const {sessionKey, first, last} = day;
      const events: StoredEvent[] = [];
      this.#days.set(nameOf(day), events);
      const known = this.#ofSession.get(sessionKey);
      if (known) known.push({first, last, events});
      else this.#ofSession.set(sessionKey, [{first, last, events}]);
    }
  }

  placeFor(session: SessionKey, time: EpochMs): StoredEvent[] | undefined {
    return this.#ofSession.get(session)?.find(({first, last}) => time >= first && time <= last)?.events;
  }

  of(day: Name): readonly StoredEvent[] {
    return this.#days.get(nameOf(day)) ?? [];
  }
}

/** Groups once for all: a date can have thousands of sessions, and a search for each would take most of the time. */
function bySessionDay(pointers: readonly NodePointer[]): SegmentPointers {
  const sessionDays = new Map<string, SegmentPointer[]>();
  for (const pointer of pointers) {
    if (!isSegmentPointer(pointer)) continue;
    const name = nameOf({date: dateOf(pointer.id), sessionKey: pointer.sessionKey});
    const known = sessionDays.get(name);
    if (known) known.push(pointer);
    else sessionDays.set(name, [pointer]);
  }
  return sessionDays;
}

function* groupByCount(marks: readonly SessionDayMark[], known: ReadonlyMap<string, SessionDay>): Generator<readonly SessionDayMark[]> {
  let group: SessionDayMark[] = [];
  let count = 0;
  for (const mark of marks) {
    const more = known.get(nameOf(mark))?.count ?? 0;
    if (group.length > 0 && count + more > GROUP_EVENTS) {
      yield group;
      group = [];
      count = 0;
    }
    group.push(mark);
    count += more;
  }
  if (group.length > 0) yield group;
}
