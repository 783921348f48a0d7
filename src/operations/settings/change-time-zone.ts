import {END_OF_TIME, type EpochMs, type SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {Calendar} from '../../domain/time/period.js';
import {type LocalDate, type NodeId, TOC_LEVELS} from '../../domain/toc/node-id.js';
import type {Change, SessionDay, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {takeLock} from '../access/take-lock.js';
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
  const lock = takeLock(mem, 'rollup');
  try {
    const calendar = new Calendar(timeZone);
    for (let tries = 1; ; tries++) {
      const sorted = tries < TRIES ? await holdInTurns(mem, JOB_PATIENCE_MS, (current) => sortIntoDays(current, calendar)) : undefined;
      const report = await mem.store.use(JOB_PATIENCE_MS, async (store) => {
        const days = sorted ?? (await finish(sortIntoDays(() => store, calendar)));
        // A drain came in between: what was read is not all any more.
        if (days.lastCommit !== store.counters.lastCommit) return undefined;
        return applyZone(mem, store, timeZone, days, dryRun);
      });
      if (report) return report;
    }
  } finally {
    lock.release();
  }
}

interface SortedDays {
  /** The last commit when the reading began. */
  readonly lastCommit: number;
  readonly events: number;
  /** The session-days of the old zone. */
  readonly old: readonly SessionDay[];
  /** The current nodes. */
  readonly nodes: readonly NodeId[];
  readonly sessionDays: readonly SessionDay[];
}

async function* sortIntoDays(current: () => Store, calendar: Calendar): AsyncGenerator<void, SortedDays> {
  const {lastCommit} = current().counters;
  const days = new Map<
    string,
    {date: LocalDate; sessionKey: SessionKey; agent: string; sessionId: string; first: EpochMs; last: EpochMs; count: number}
  >();
  let events = 0;
  let from: EpochMs | undefined = 0 as EpochMs;
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
  return {lastCommit, events, old, nodes, sessionDays: [...days.values()]};
}

async function finish<T>(work: AsyncGenerator<void, T>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

async function applyZone(
  mem: Mem,
  store: Store,
  timeZone: string,
  {events, old, nodes, sessionDays}: SortedDays,
  dryRun: boolean,
): Promise<ZoneChangeReport> {
  const marked = new Map([...old, ...sessionDays].map(({date, sessionKey}) => [`${date} ${sessionKey}`, {date, sessionKey}]));
  const report = {from: store.header.timeZone, to: timeZone, events, sessionDays: marked.size, nodes: nodes.length};
  if (dryRun) return report;
  const changes: Change[] = [
    {kind: 'header', header: {...store.header, timeZone, alarm: ''}},
    ...old.map(({date, sessionKey}): Change => ({kind: 'no-session-day', date, sessionKey})),
    ...sessionDays.map((sessionDay): Change => ({kind: 'session-day', sessionDay})),
    ...[...marked.values()].map((day): Change => ({kind: 'mark-session-day', ...day})),
    // Every period: its bounds are part of its fingerprint, even if its days hold the same events.
    ...nodes.filter((id) => !id.startsWith('toc:segment:')).map((id): Change => ({kind: 'mark-node', id})),
  ];
  await store.commit(changes, mem.clock(), {sync: true});
  return report;
}
