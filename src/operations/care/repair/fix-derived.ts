import type {EpochMs, EventId} from '../../../domain/event/event.js';
import {idFault} from '../../../domain/event/identity/id-fault.js';
import {Calendar, dependentsOf} from '../../../domain/time/period.js';
import {isSegmentNode} from '../../../domain/toc/node.js';
import {dateOf, isPeriodId, type PeriodId} from '../../../domain/toc/node-id.js';
import type {Change, NodeHistory, Remake, SessionDay, Store} from '../../../store/port/store.js';
import {countMonth, isSame, monthsOf} from '../check/check-events.js';
import {allHistories, pointerFault} from '../check/check-nodes.js';
import {finished} from '../check/verdict.js';

const CHANGES_PER_COMMIT = 2_000;

export interface FixedSessionDays {
  readonly fixed: number;
  /** Events whose content is not that of their ids. */
  readonly wrongEvents: ReadonlySet<EventId>;
}

/** How many events session-days counted that they do not count now. @param before as they were before the journal was read */
export async function countLost(store: Store, before: readonly SessionDay[]): Promise<number> {
  const now = await store.sessionDaysOf(before);
  return before.reduce((sum, {count}, at) => sum + Math.max(0, count - (now[at]?.count ?? 0)), 0);
}

/** Counts all session-days again. What was counted otherwise is marked: the next rollup cuts it again. */
export async function fixSessionDays(store: Store, at: EpochMs): Promise<FixedSessionDays> {
  const calendar = new Calendar(store.header.timeZone);
  let fixed = 0;
  let events = 0;
  const wrongEvents = new Set<EventId>();
  for (const month of monthsOf(await store.dateSpan(), calendar, {slice: undefined})) {
    const counted = await finished(
      countMonth(
        () => store,
        month,
        calendar,
        ({head, record}) => {
          events++;
          if (idFault(head, record) !== undefined) wrongEvents.add(head.id);
        },
      ),
    );
    const stored = month.from === undefined ? [] : await store.sessionDays({from: month.from, to: month.to});
    const changes: Change[] = [];
    const known = new Map(stored.map((day) => [day.date + day.sessionKey, day]));
    for (const [name, day] of new Map([...known, ...counted])) {
      const [before, now] = [known.get(name), counted.get(name)];
      if (isSame(before, now)) continue;
      const {date, sessionKey} = day;
      fixed++;
      changes.push({kind: 'no-session-day', date, sessionKey});
      if (now !== undefined) changes.push({kind: 'session-day-add', sessionDay: now});
      changes.push({kind: 'mark-session-day', date, sessionKey});
    }
    await commitAll(store, changes, at);
  }
  const counters = await store.counters();
  if (counters.events !== events) {
    await store.commit([{kind: 'count', events: events - counters.events, duplicates: 0, lastIngestAt: counters.lastIngestAt}], at, {
      sync: false,
    });
  }
  return {fixed, wrongEvents};
}

/**
 * Points every node to its newest version. What was wrong is marked, so that the next rollup looks at it again.
 * @returns how many nodes pointed elsewhere
 */
export async function fixNodes(made: Remake, at: EpochMs): Promise<number> {
  const {store} = made;
  let fixed = 0;
  const periods = new Set<PeriodId>();
  for await (const histories of allHistories(() => store)) {
    const wrong = (histories ?? []).filter((history) => pointerFault(history) !== undefined);
    fixed += wrong.length;
    const changes: Change[] = [];
    for (const history of wrong) {
      for (const id of [history.id, ...dependentsOf(history.id)]) if (isPeriodId(id)) periods.add(id);
      const sessionKey = sessionKeyOf(history);
      if (sessionKey !== undefined) changes.push({kind: 'mark-session-day', date: dateOf(history.id), sessionKey});
    }
    await made.pointToNewest(wrong);
    await commitAll(store, changes, at);
  }
  await commitAll(
    store,
    [...periods].map((id): Change => ({kind: 'mark-node', id})),
    at,
  );
  return fixed;
}

/** Of a segment: its session. */
function sessionKeyOf({versions, pointer}: NodeHistory) {
  const newest = versions.at(-1);
  if (newest !== undefined) return isSegmentNode(newest) ? newest.segment.sessionKey : undefined;
  return pointer !== undefined && 'sessionKey' in pointer ? pointer.sessionKey : undefined;
}

async function commitAll(store: Store, changes: readonly Change[], at: EpochMs): Promise<void> {
  for (let from = 0; from < changes.length; from += CHANGES_PER_COMMIT) {
    await store.commit(changes.slice(from, from + CHANGES_PER_COMMIT), at, {sync: false});
  }
}
