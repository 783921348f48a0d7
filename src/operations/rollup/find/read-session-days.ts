import type {EpochMs, SessionKey} from '../../../domain/event/event.js';
import {decodeEvent} from '../../../domain/event/event-record.js';
import {earliest, instant} from '../../../domain/time/instant.js';
import {addDays} from '../../../domain/time/local-date.js';
import {isSegmentPointer, type SegmentPointer} from '../../../domain/toc/node.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import {type ReadEvent, type SegmentEvent, segmentEvents} from '../../../domain/toc/segment-event.js';
import type {SessionDay, SessionDayMark} from '../../../store/port/store.js';
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

/** Session-days of one date are read together in groups of about this many events. */
const GROUP_EVENTS = 8_000;

/**
 * Reads the marked session-days of one date, group by group; yields nothing where the store may be let go. Each mark is read before its
 * inputs: when it is still the same at a commit, so are they.
 */
export async function* readMarkedSessionDays(
  current: () => RollupStore,
  date: LocalDate,
): AsyncGenerator<readonly MarkedSessionDay[] | undefined> {
  yield* readSessionDays(current, date, await current().sessionDayMarks({from: date, to: addDays(date, 1)}));
}

/** The same for some session-days of one date. @param marks have been read in this turn */
export async function* readSessionDays(
  current: () => RollupStore,
  date: LocalDate,
  marks: readonly SessionDayMark[],
): AsyncGenerator<readonly MarkedSessionDay[] | undefined> {
  if (marks.length === 0) return;
  const range = {from: date, to: addDays(date, 1)};
  const sessionDays = (await current().sessionDaysOf(marks)).filter((sessionDay) => sessionDay !== undefined);
  const known = new Map(sessionDays.map((sessionDay) => [sessionDay.sessionKey, sessionDay]));
  const pointers = bySession((await current().pointers('segment', range)).filter(isSegmentPointer));
  for (const group of groupByCount(marks, known)) {
    const days = group.map((mark) => known.get(mark.sessionKey)).filter((sessionDay) => sessionDay !== undefined);
    const events = new Map<SessionKey, ReadEvent[]>(group.map((mark) => [mark.sessionKey, []]));
    let from: EpochMs | undefined = days.length === 0 ? undefined : earliest(...days.map((day) => day.first));
    const end = instant(Math.max(...days.map((day) => day.last)) + 1);
    while (from !== undefined) {
      const page = await current().events(from, end);
      for (const {head, record} of page.events) {
        const {sessionKey, hasText} = head;
        events.get(sessionKey)?.push({event: decodeEvent(record), sessionKey, hasText});
      }
      from = page.next;
      yield undefined;
    }
    const superseded = yield* readSuperseded(
      current,
      [...events.values()].flat().map(({event}) => event),
    );
    yield group.map((mark) => ({
      mark,
      events: segmentEvents((events.get(mark.sessionKey) ?? []).filter(({event}) => !superseded.has(event.id))),
      pointers: pointers.get(mark.sessionKey) ?? [],
    }));
  }
}

/** Groups once for all sessions: a date can have thousands, and a search for each session would take most of the time. */
function bySession(pointers: readonly SegmentPointer[]): ReadonlyMap<SessionKey, readonly SegmentPointer[]> {
  const sessions = new Map<SessionKey, SegmentPointer[]>();
  for (const pointer of pointers) {
    const known = sessions.get(pointer.sessionKey);
    if (known) known.push(pointer);
    else sessions.set(pointer.sessionKey, [pointer]);
  }
  return sessions;
}

function* groupByCount(marks: readonly SessionDayMark[], known: ReadonlyMap<SessionKey, SessionDay>): Generator<readonly SessionDayMark[]> {
  let group: SessionDayMark[] = [];
  let count = 0;
  for (const mark of marks) {
    const more = known.get(mark.sessionKey)?.count ?? 0;
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
