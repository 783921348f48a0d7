import type {EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {dayId, type LocalDate} from '../../domain/toc/node-id.js';
import type {Change, Fence, SessionDay, Store, StoredEvent} from '../../store/port/store.js';
import {holdInTurns} from '../access/hold.js';
import {assertHeld} from '../access/take-lease.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {findNodes, nodeChanges} from './find-nodes.js';
import {indexChanges} from './index-changes.js';

/** What is done to the events of one date. */
export interface DateWork {
  readonly date: LocalDate;
  /** Those of which an event may be changed. */
  readonly sessions: ReadonlySet<SessionKey>;
  /** The same record where an event stays as it is, undefined where it goes. */
  readonly change: (stored: StoredEvent) => Buffer | undefined;
  /** Those of its events that are named: a node that cites one goes, also where another zone had put it. */
  readonly ids: ReadonlySet<EventId>;
  /** Whether what was made of changed events goes too, and is made again of what is left. */
  readonly takesNodes: boolean;
}

export interface DateOutcome {
  readonly events: number;
  readonly nodes: number;
}

/** Events may arrive while a date is read. After so many tries the store stays held. */
const TRIES = 3;

/**
 * Takes out or replaces the events of a date in one commit, with all that was made of them: nodes, counts, rows of the index. Where nothing
 * is to be changed any more, nothing is written.
 */
export async function changeDate(
  mem: Pick<Mem, 'store' | 'clock'>,
  work: DateWork,
  {fence, isAgain}: {readonly fence: Fence; readonly isAgain: boolean},
): Promise<DateOutcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await holdInTurns(mem, JOB_PATIENCE_MS, (current) =>
      changeInTurns(current, work, {fence, at: mem.clock(), isAgain, yields: tries < TRIES}),
    );
    if (outcome !== 'stale') return outcome;
  }
}

interface StepOptions {
  readonly fence: Fence;
  readonly at: EpochMs;
  /** A run before this one was cut short: what it took out may have been made again since. */
  readonly isAgain: boolean;
  readonly yields: boolean;
}

async function* changeInTurns(
  current: () => Store,
  {date, sessions, ids: named, change, takesNodes}: DateWork,
  {fence, at, isAgain, yields}: StepOptions,
): AsyncGenerator<void, DateOutcome | 'stale'> {
  const cursor = await current().changeCursor();
  const {start, end} = new Calendar(current().header.timeZone).boundsOf(dayId(date));
  const changes: Change[] = [];
  const touched = new Map<SessionKey, 'changed' | 'fewer'>();
  const ids = new Set<EventId>();
  const left = new Map<SessionKey, SessionDay>();
  let gone = 0;
  for (let next: EpochMs | undefined = start; next !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(next, end);
    for (const stored of page.events) {
      const {head, record} = stored;
      if (!sessions.has(head.sessionKey)) continue;
      const after = change(stored);
      if (after === undefined) {
        changes.push({kind: 'no-event', record});
        touched.set(head.sessionKey, 'fewer');
        gone++;
      } else {
        countInto(left, date, stored);
        if (after === record) continue;
        changes.push({kind: 'event', record: after});
        if (!touched.has(head.sessionKey)) touched.set(head.sessionKey, 'changed');
      }
      ids.add(head.id);
    }
    next = page.next;
    if (yields) yield;
  }
  const parts = isAgain && takesNodes ? sessions : new Set(touched.keys());
  if (parts.size === 0) return {events: 0, nodes: 0};
  const store = current();
  for (const [sessionKey, how] of touched)
    if (how === 'fewer') changes.push(...sessionDayChanges({date, sessionKey}, left.get(sessionKey)));
  if (gone > 0) changes.push({kind: 'count', events: -gone, duplicates: 0, lastIngestAt: instant(0)});
  changes.push(...(await indexChanges(store, date, parts)));
  const nodes = takesNodes ? await findNodes(store, {date, sessions: parts, ids: new Set([...named, ...ids])}) : undefined;
  if (nodes) changes.push(...nodeChanges(nodes));
  if (takesNodes) for (const sessionKey of parts) changes.push(markOf({date, sessionKey}, left.has(sessionKey)));
  changes.push({kind: 'taken-part', part: {date, sessionKeys: [...parts], ids: [...new Set([...named, ...ids])], takesNodes}});
  // The journal is written again once all dates are done.
  const outcome = await store.commit(changes, at, {sync: true, fence, isJournalled: true, expect: {unchangedSince: cursor}});
  assertHeld('rollup', outcome);
  if (outcome.kind === 'stale') return 'stale';
  return {events: ids.size, nodes: nodes?.nodes.length ?? 0};
}

/** What is left of a session-day is cut again; where nothing is left, nothing is to be done. */
function markOf(day: {readonly date: LocalDate; readonly sessionKey: SessionKey}, isLeft: boolean): Change {
  return isLeft ? {kind: 'mark-session-day', ...day} : {kind: 'unmark-session-day', ...day};
}

/** What a session-day becomes when it is counted again; undefined: it goes. */
export function sessionDayChanges(day: Pick<SessionDay, 'date' | 'sessionKey'>, left: SessionDay | undefined): readonly Change[] {
  const gone: Change = {kind: 'no-session-day', ...day};
  return left === undefined ? [gone] : [gone, {kind: 'session-day-add', sessionDay: left}];
}

/** Counts an event in. They come in the order of time. */
export function countInto(left: Map<SessionKey, SessionDay>, date: LocalDate, {head, record}: StoredEvent): void {
  const known = left.get(head.sessionKey);
  if (known !== undefined) {
    left.set(head.sessionKey, {...known, last: head.time, count: known.count + 1});
    return;
  }
  const {agent, sessionId} = decodeEvent(record);
  left.set(head.sessionKey, {date, sessionKey: head.sessionKey, agent, sessionId, first: head.time, last: head.time, count: 1});
}
