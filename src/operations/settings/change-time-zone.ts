import {END_OF_TIME, type EpochMs, type SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {isPeriodId, type LocalDate, type NodeId, TOC_LEVELS} from '../../domain/toc/node-id.js';
import type {Change, ChangeCursor, Fence, SessionDay, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {assertHeld, takeLease} from '../access/take-lease.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** New events may arrive while the old ones are counted. After so many tries the store stays held during the count. */
const TRIES = 3;

export interface ZoneChangeReport {
  readonly from: string;
  readonly to: string;
  readonly events: number;
  /** Session-days that the next rollup will cut again, with those of the old zone. */
  readonly sessionDays: number;
  /** Nodes that the next rollup makes again or retracts. */
  readonly nodes: number;
}

/**
 * Gives the store another time zone. It sorts the events into days again and marks everything, so that the next rollup makes it again and
 * retracts nodes without inputs. It is one commit: a kill leaves the old zone or the new one.
 * @param timeZone a name for which `isTimeZone` holds
 * @throws MemError LOCK_BUSY while a rollup runs
 */
export async function changeTimeZone(mem: Mem, timeZone: string, {dryRun}: {dryRun: boolean}): Promise<ZoneChangeReport> {
  await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
  const lease = await takeLease(mem, 'rollup');
  try {
    const calendar = new Calendar(timeZone);
    for (let tries = 1; ; tries++) {
      const sorted = tries < TRIES ? await holdInTurns(mem, JOB_PATIENCE_MS, (current) => sortIntoDays(current, calendar)) : undefined;
      const report = await mem.store.use(JOB_PATIENCE_MS, async (store) => {
        const days = sorted ?? (await finish(sortIntoDays(() => store, calendar)));
        return applyZone(mem, store, timeZone, days, {dryRun, fence: lease.fence});
      });
      if (report) return report;
    }
  } finally {
    await lease.release();
  }
}

interface SortedDays {
  /** The state of the history when the reading began. */
  readonly cursor: ChangeCursor;
  readonly events: number;
  /** The session-days of the old zone. */
  readonly old: readonly SessionDay[];
  /** The current nodes. */
  readonly nodes: readonly NodeId[];
  readonly sessionDays: readonly SessionDay[];
}

async function* sortIntoDays(current: () => Store, calendar: Calendar): AsyncGenerator<void, SortedDays> {
  const cursor = await current().changeCursor();
  const days = new Map<
    string,
    {date: LocalDate; sessionKey: SessionKey; agent: string; sessionId: string; first: EpochMs; last: EpochMs; count: number}
  >();
  let events = 0;
  let from: EpochMs | undefined = instant(0);
  while (from !== undefined) {
    const page = await current().events(from, END_OF_TIME);
    for (const {head, record} of page.events) {
      events++;
      const date = calendar.dateOf(head.time);
      const key = `${date} ${head.sessionKey}`;
      const day = days.get(key);
      if (day) {
        day.last = head.time;
        day.count++;
        continue;
      }
      const {agent, sessionId} = decodeEvent(record);
      days.set(key, {date, sessionKey: head.sessionKey, agent, sessionId, first: head.time, last: head.time, count: 1});
    }
    from = page.next;
    yield;
  }
  const old = await current().sessionDays({});
  const nodes: NodeId[] = [];
  for (const tocLevel of TOC_LEVELS) {
    yield;
    for (const {id, status} of await current().pointers(tocLevel, {})) if (status === 'current') nodes.push(id);
  }
  return {cursor, events, old, nodes, sessionDays: [...days.values()]};
}

async function finish<T>(work: AsyncGenerator<void, T>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

/** @returns undefined when something was committed since the days were read */
async function applyZone(
  mem: Mem,
  store: Store,
  timeZone: string,
  {cursor, events, old, nodes, sessionDays}: SortedDays,
  {dryRun, fence}: {dryRun: boolean; fence: Fence},
): Promise<ZoneChangeReport | undefined> {
  const marked = new Map([...old, ...sessionDays].map(({date, sessionKey}) => [`${date} ${sessionKey}`, {date, sessionKey}]));
  const report = {from: store.header.timeZone, to: timeZone, events, sessionDays: marked.size, nodes: nodes.length};
  if (dryRun) return cursor === (await store.changeCursor()) ? report : undefined;
  const changes: Change[] = [
    {kind: 'time-zone', timeZone},
    ...old.map(({date, sessionKey}): Change => ({kind: 'no-session-day', date, sessionKey})),
    ...sessionDays.map((sessionDay): Change => ({kind: 'session-day-add', sessionDay})),
    ...[...marked.values()].map((day): Change => ({kind: 'mark-session-day', ...day})),
    // Every period: its bounds are part of its fingerprint, even if its days hold the same events.
    ...nodes.filter(isPeriodId).map((id): Change => ({kind: 'mark-node', id})),
  ];
  // A drain came in between: what was read is no longer complete.
  const outcome = await store.commit(changes, mem.clock(), {sync: true, expect: {unchangedSince: cursor}, fence});
  assertHeld('rollup', outcome);
  return outcome.kind === 'stale' ? undefined : report;
}
