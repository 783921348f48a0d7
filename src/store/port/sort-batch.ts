import type {EpochMs} from '../../domain/event/event.js';
import {decodeEvent, type EventHead} from '../../domain/event/event-record.js';
import {isSameEvent} from '../../domain/event/identity/event-conflict.js';
import {formerIdentityOf} from '../../domain/event/identity/former-identity.js';
import {isOldRecord} from '../../domain/event/record-body.js';
import {instant as toInstant} from '../../domain/time/instant.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Change} from './change.js';
import type {DrainFile, DrainOutcome} from './drain.js';
import type {SessionDay, StoredEvent, StoreHeader} from './shapes.js';

/** What the store has of an event that is drained. */
export type SameEvent = StoredEvent | 'forgotten' | undefined;

export interface SortedBatch {
  /** What is to be stored, in the order of the batch. */
  readonly fresh: readonly StoredEvent[];
  readonly outcomes: readonly DrainOutcome[];
}

/** A drained event under the two names by which an older mem would have stored it; none where that gave it the same id. */
export function formerHeadsOf({head, record}: StoredEvent): readonly EventHead[] {
  const former = formerIdentityOf(record);
  if (former === undefined) return [];
  return [
    {...head, id: former.id, identity: 'derived', sourceAlias: ''},
    {...head, identity: 'source-without-time', sourceAlias: former.alias},
  ];
}

/** Whether the events of a batch must be looked up by `formerHeadsOf`, too. */
export function needsFormerIds(header: Pick<StoreHeader, 'holdsFormerIds'>, files: readonly DrainFile[]): boolean {
  return header.holdsFormerIds || files.some(({records}) => records.some(({record}) => isOldRecord(record)));
}

/**
 * Parts the events of a batch into those that are new and those that the store, or an earlier record of the batch, has.
 * @param found for each record, in order, what the store has with the same id or alias
 * @param withFormerIds as `needsFormerIds` says
 */
export function sortBatch(files: readonly DrainFile[], found: readonly SameEvent[], withFormerIds: boolean): SortedBatch {
  const seen = new Map<string, StoredEvent>();
  const fresh: StoredEvent[] = [];
  const outcomes: DrainOutcome[] = [];
  let at = 0;
  for (const {records} of files) {
    let [stored, duplicates] = [0, 0];
    const conflicts: number[] = [];
    for (const [index, event] of records.entries()) {
      const key = identityOf(event.head);
      const former = withFormerIds ? formerHeadsOf(event).map(identityOf) : [];
      const earlier = found[at++] ?? [key, ...former].map((name) => seen.get(name)).find((known) => known !== undefined);
      if (earlier === undefined) {
        seen.set(key, event);
        fresh.push(event);
        stored++;
      } else if (earlier === 'forgotten' || event.head.identity !== 'ulid' || isSameEvent(event.record, earlier.record)) {
        duplicates++;
      } else {
        conflicts.push(index);
      }
    }
    outcomes.push({stored, duplicates, conflicts});
  }
  return {fresh, outcomes};
}

/** What a second delivery has in common with the first: without a time of its own an event's id differs from delivery to delivery. */
function identityOf(head: EventHead): string {
  return head.sourceAlias === '' ? head.id : head.sourceAlias;
}

/** The changes by which a batch is stored; none where it holds nothing but conflicts. @param now no event can have come in later than that */
export function drainChanges(
  files: readonly DrainFile[],
  {fresh, outcomes}: SortedBatch,
  dateOf: (instant: EpochMs) => LocalDate,
  now: EpochMs,
): readonly Change[] {
  const duplicates = outcomes.reduce((sum, outcome) => sum + outcome.duplicates, 0);
  if (fresh.length + duplicates === 0) return [];
  const arrivals = files.filter((_, at) => (outcomes[at]?.stored ?? 0) > 0).map(({writtenAt}) => Math.min(writtenAt, now));
  const changes: Change[] = fresh.map(({record}) => ({kind: 'event', record}));
  for (const sessionDay of sessionDaysIn(fresh, dateOf)) {
    const {date, sessionKey} = sessionDay;
    changes.push({kind: 'session-day-add', sessionDay}, {kind: 'mark-session-day', date, sessionKey});
  }
  // When the last one came in: not when it was drained, and not later than now where a clock was wrong.
  changes.push({kind: 'count', events: fresh.length, duplicates, lastIngestAt: toInstant(Math.max(0, ...arrivals))});
  return changes;
}

function sessionDaysIn(events: readonly StoredEvent[], dateOf: (instant: EpochMs) => LocalDate): readonly SessionDay[] {
  const days = new Map<string, {-readonly [K in keyof SessionDay]: SessionDay[K]}>();
  for (const {head, record} of events) {
    const date = dateOf(head.time);
    const key = date + head.sessionKey;
    const day = days.get(key);
    if (day === undefined) {
      const {agent, sessionId} = decodeEvent(record);
      days.set(key, {date, sessionKey: head.sessionKey, agent, sessionId, first: head.time, last: head.time, count: 1});
      continue;
    }
    if (head.time < day.first) day.first = head.time;
    if (head.time > day.last) day.last = head.time;
    day.count++;
  }
  return [...days.values()];
}

/** A session-day with more events. Whose session it is stays as it was told first; what was counted of it holds no longer. */
export function addToSessionDay(known: SessionDay | undefined, added: SessionDay): SessionDay {
  if (known === undefined) return added;
  const {activity: _, ...kept} = known;
  const first = toInstant(Math.min(known.first, added.first));
  return {...kept, first, last: toInstant(Math.max(known.last, added.last)), count: known.count + added.count};
}
