import type {EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import {bodyBytes} from '../../domain/event/record-body.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {isSegmentPointer} from '../../domain/toc/node.js';
import {dayId, isSegmentId, type LocalDate} from '../../domain/toc/node-id.js';
import type {Change, SessionDay, Store, StoredEvent} from '../../store/port/store.js';
import {firstEventOf} from '../care/moved-segments.js';
import {countInto, sessionDayChanges} from '../forget/change-date.js';
import {indexChanges} from '../forget/index-changes.js';

/** A copy of an event that takes the place of the one that is stored. Both are of one instant. */
export interface Replacement {
  readonly came: StoredEvent;
  readonly known: StoredEvent;
}

/**
 * What puts copies in the place of others. One that says something else, as of another session after a fork, changes its session-days,
 * too: they are counted again, leave the search index, lose the segments that it begins, and are marked. It must be committed before anything else is.
 */
export async function replaceCopies(store: Store, replacements: readonly Replacement[]): Promise<readonly Change[]> {
  const changes: Change[] = replacements.map(({came}) => ({kind: 'event', record: came.record}));
  const calendar = new Calendar(store.header.timeZone);
  const byDate = new Map<LocalDate, Replacement[]>();
  for (const each of replacements) {
    const {sessionKey, seq, time} = each.came.head;
    const date = calendar.dateOf(time);
    if (isAlike(each.came, each.known)) {
      // It stands elsewhere among those of its instant: what was made of them is made again.
      if (seq !== each.known.head.seq) changes.push({kind: 'mark-session-day', date, sessionKey});
      continue;
    }
    byDate.set(date, [...(byDate.get(date) ?? []), each]);
  }
  for (const [date, others] of byDate) changes.push(...(await changesOfDay(store, calendar, date, others)));
  return changes;
}

/** Whether two copies differ in nothing but how they came, and in what order among those of their instant. */
export function isAlike(a: StoredEvent, b: StoredEvent): boolean {
  return bodyBytes(a.record).equals(bodyBytes(b.record));
}

async function changesOfDay(
  store: Store,
  calendar: Calendar,
  date: LocalDate,
  replacements: readonly Replacement[],
): Promise<readonly Change[]> {
  const {start, end} = calendar.boundsOf(dayId(date));
  const replaced = new Map<EventId, StoredEvent>(replacements.map(({came}) => [came.head.id, came]));
  const sessions = new Set<SessionKey>(replacements.flatMap(({came, known}) => [came.head.sessionKey, known.head.sessionKey]));
  const left = new Map<SessionKey, SessionDay>();
  for (let next: EpochMs | undefined = start; next !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await store.events(next, end);
    for (const stored of page.events) {
      const now = replaced.get(stored.head.id) ?? stored;
      if (sessions.has(now.head.sessionKey)) countInto(left, date, now);
    }
    next = page.next;
  }
  const made = await store.pointers('segment', {from: date, to: addDays(date, 1)});
  // A segment is named by its first event: as one of another session it could not be a version of what it was. Others are retracted.
  const moved = made.filter(isSegmentPointer).filter(({id, sessionKey}) => {
    const now = isSegmentId(id) ? replaced.get(firstEventOf(id)) : undefined;
    return now !== undefined && now.head.sessionKey !== sessionKey;
  });
  return [
    ...[...sessions].flatMap((sessionKey) => sessionDayChanges({date, sessionKey}, left.get(sessionKey))),
    ...(await indexChanges(store, date, sessions)),
    ...moved.map(({id}): Change => ({kind: 'no-node', id})),
    ...[...sessions].map((sessionKey): Change => ({kind: 'mark-session-day', date, sessionKey})),
    {kind: 'mark-node', id: dayId(date)},
  ];
}
