import {randomUUID} from 'node:crypto';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {decodeEvent, type EventHead} from '../../../src/domain/event/event-record.js';
import {timeOfId} from '../../../src/domain/event/identity/event-id.js';
import {isTelling} from '../../../src/domain/event/identity/words-mark.js';
import type {Tombstone} from '../../../src/domain/event/tombstone.js';
import {addSpending, grantWithin, NOTHING_SPENT} from '../../../src/domain/rollup/budget.js';
import {Calendar} from '../../../src/domain/time/period.js';
import {isPeriodId, type LocalDate, type NodeId, periodPartOf, tocLevelOf} from '../../../src/domain/toc/node-id.js';
import {MemError} from '../../../src/errors.js';
import {drainChanges, formerHeadsOf, needsFormerIds, type SameEvent, sortBatch} from '../../../src/store/port/sort-batch.js';
import type {
  Change,
  ChangeCursor,
  Changes,
  EventPage,
  ImportNote,
  Lease,
  SessionDay,
  Store,
  StoredEvent,
  StoreGate,
  StoreHeader,
} from '../../../src/store/port/store.js';
import {markWords} from '../port/make-store.js';
import {dayKey, MemoryData} from './memory-data.js';

const [PAGE_ROWS, PAGE_BYTES] = [1000, 4 * 1024 * 1024];

/** Where a store in memory lies: what its gates share. */
export interface MemoryPlace {
  data: MemoryData | undefined;
}

/** A gate to a store in memory. Many may have it open at once, as a database may: only single calls are alone. */
export function openMemoryGate(place: MemoryPlace): StoreGate {
  const work = {valuesRead: 0, keysWritten: 0};
  const open = async (): Promise<Store> => {
    await nextTurn();
    if (place.data === undefined) throw new MemError('NO_STORE', 'there is no store', {hint: 'make one'});
    return answeringLater(memoryStore(place.data, work));
  };
  return {
    location: 'memory',
    work,
    exists: () => place.data !== undefined,
    changeStamp: async () => (place.data === undefined ? '' : `${place.data.header.storeId} ${place.data.log.length}`),
    create: async (header) => {
      place.data ??= new MemoryData({...header, storeId: randomUUID(), formatVersion: 3, holdsFormerIds: false});
    },
    use: async (_patienceMs, doWork) => doWork(await open()),
    inTurns: async (_patienceMs, doWork) => {
      let store = await open();
      const turns = doWork(() => store);
      for (;;) {
        const step = await turns.next();
        if (step.done) return step.value;
        store = await open();
      }
    },
    pause: async () => {},
    lease: async (name): Promise<Lease> => {
      if (place.data === undefined) throw new MemError('NO_STORE', 'there is no store', {hint: 'make one'});
      const {leases, fences} = place.data;
      if (leases.has(name)) return {kind: 'busy', holder: undefined};
      leases.add(name);
      const number = (fences.get(name) ?? 0) + 1;
      fences.set(name, number);
      return {kind: 'acquired', fence: {lease: name, number}, release: async () => void leases.delete(name)};
    },
  };
}

/** Answers each call in a later turn of the event loop, as a network does: what others do comes in between. */
function answeringLater(store: Store): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return async (...args: readonly unknown[]) => {
        await nextTurn();
        return value.apply(target, args);
      };
    },
  });
}

function forgottenWords({tombstones}: MemoryData, {record}: StoredEvent): SameEvent {
  const event = decodeEvent(record);
  const isForgotten = isTelling(event.text) && [...tombstones.values()].some(({words}) => words.includes(markWords(event)));
  return isForgotten ? 'forgotten' : undefined;
}

function sameAs({events, tombstones}: MemoryData, wanted: EventHead): SameEvent {
  const isNamed = ({id, alias}: Tombstone) => id === wanted.id || (alias !== '' && alias === wanted.sourceAlias);
  if ([...tombstones.values()].some(isNamed)) return 'forgotten';
  return events.find(({head}) =>
    wanted.identity === 'source-without-time'
      ? head.sourceAlias === wanted.sourceAlias && head.identity === wanted.identity
      : head.id === wanted.id,
  );
}

function pageOf({events}: MemoryData, start: EpochMs, end: EpochMs, rows: number): EventPage {
  const inRange = events.filter(({head}) => head.time >= start && head.time < end);
  let [count, bytes] = [0, 0];
  while (count < inRange.length && count < rows && bytes < PAGE_BYTES) bytes += inRange[count++]?.record.length ?? 0;
  if (count === inRange.length) return {events: inRange, next: undefined};
  const last = inRange[count - 1]?.head.time;
  const before = inRange.filter(({head}) => head.time < (last ?? 0));
  // A millisecond's events stay together, also where they are more than a page.
  if (before.length > 0) return {events: before, next: last};
  const whole = inRange.filter(({head}) => head.time === last);
  return {events: whole, next: inRange[whole.length]?.head.time};
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isIn = (part: string, {from, to}: {from?: string | undefined; to?: string | undefined}): boolean =>
  part >= (from ?? '') && (to === undefined || part < to);

function memoryStore(data: MemoryData, work: {valuesRead: number; keysWritten: number}): Store {
  const write = (changes: readonly Change[], at: EpochMs, options = {}) => {
    const outcome = data.commit(changes, at, options);
    if (outcome.kind === 'done') work.keysWritten += changes.length;
    return outcome;
  };
  const marksIn = (range: {from?: LocalDate | undefined; to?: LocalDate | undefined}) =>
    [...data.sessionDayMarks].sort(([a], [b]) => byText(a, b)).filter(([key]) => isIn(key, range));
  const idsOf = (all: Iterable<string>, level: string, range: {from?: string | undefined; to?: string | undefined}): readonly NodeId[] =>
    [...all]
      .map((id) => id as NodeId)
      .filter((id) => tocLevelOf(id) === level && isIn(periodPartOf(id), range))
      .sort(byText);
  return {
    get header(): StoreHeader {
      return data.header;
    },
    work,
    counters: async () => data.counters,
    eventsOf: async (ids) =>
      ids.map((id) => {
        const found = data.events.find(({head}) => head.id === id);
        return found && decodeEvent(found.record);
      }),
    recordsOf: async (ids) => ids.map((id) => data.events.find(({head}) => head.id === id)),
    eventTimes: async (ids) => ids.map((id) => data.events.find(({head}) => head.id === id)?.head.time ?? timeOfId(id)),
    events: async (start, end, rows = PAGE_ROWS) => pageOf(data, start, end, rows),
    sessionDays: async (range) =>
      [...data.sessionDays]
        .filter(([key]) => isIn(key, range))
        .sort(([a], [b]) => byText(a, b))
        .map(([, day]) => ({...day})),
    sessionDayNames: async (range) =>
      [...data.sessionDays]
        .filter(([key]) => isIn(key, range))
        .sort(([a], [b]) => byText(a, b))
        .map(([, {date, sessionKey}]) => ({date, sessionKey})),
    sessionDaysOf: async (wanted) => wanted.map((day) => data.sessionDays.get(dayKey(day))),
    dateSpan: async () => {
      const dates = [...data.sessionDays.values()].map(({date}) => date).sort();
      const [first, last] = [dates[0], dates.at(-1)];
      return first && last && {first, last};
    },
    sessionDayMarks: async (range, {limit = Infinity, newestFirst = false} = {}) => {
      const marks = marksIn(range).map(([, {day, token}]) => ({...day, token}));
      return (newestFirst ? marks.reverse() : marks).slice(0, limit);
    },
    sessionDayMarksOf: async (wanted) =>
      wanted.map((day) => {
        const mark = data.sessionDayMarks.get(dayKey(day));
        return mark && {...mark.day, token: mark.token};
      }),
    markedDates: async () => [...new Set(marksIn({}).map(([, {day}]) => day.date))],
    nodeMarks: async (level, range = {}) =>
      idsOf(data.nodeMarks.keys(), level, range)
        .filter(isPeriodId)
        .map((id) => ({id, token: data.nodeMarks.get(id) ?? ''})),
    nodeMarksOf: async (ids) =>
      ids.map((id) => {
        const token = data.nodeMarks.get(id);
        return token === undefined ? undefined : {id, token};
      }),
    pointers: async (level, range, limit = Infinity) =>
      idsOf(data.pointers.keys(), level, range)
        .slice(0, limit)
        .flatMap((id) => data.pointers.get(id) ?? []),
    pointersOf: async (ids) => ids.map((id) => data.pointers.get(id)),
    nodes: async (ids) => ids.map((id) => data.nodes.get(id)?.get(data.pointers.get(id)?.version ?? 0)),
    versionsOf: async (ids) => ids.map((id) => [...(data.nodes.get(id) ?? new Map())].sort(([a], [b]) => a - b).map(([, node]) => node)),
    tombstones: async () => [...data.tombstones.values()].sort((a, b) => byText(a.id, b.id)),
    spentOn: async (date) => data.ledger.get(date),
    retries: async () => [...data.retries.values()].sort((a, b) => byText(retryKey(a.id), retryKey(b.id))),
    importNotes: async (topic) =>
      [...data.importNotes.values()].map((note) => JSON.parse(note) as ImportNote).filter((note) => note.topic === topic),
    searchRows: async (prefix, bytes = Infinity) =>
      [...data.searchRows]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => byText(a, b))
        .map(([key, row]) => ({key, row: Buffer.from(row.subarray(0, bytes))})),
    searchRowsOf: async (keys) => keys.map((key) => data.searchRows.get(key)),
    jobStates: async (jobs) => jobs.map((job) => parsed(data.jobs.get(job))),
    changeCursor: async () => `${data.log.length}` as ChangeCursor,
    changesSince: async (cursor) => changesSince(data, cursor),
    drain: async (files, at) => {
      const calendar = new Calendar(data.header.timeZone);
      const withFormerIds = needsFormerIds(data.header, files);
      const found = files.flatMap(({records}) =>
        records.map((event) => {
          const names = [event.head, ...(withFormerIds ? formerHeadsOf(event) : [])];
          return names.map((head) => sameAs(data, head)).find((same) => same !== undefined) ?? forgottenWords(data, event);
        }),
      );
      const sorted = sortBatch(files, found, withFormerIds);
      if (sorted.fresh.length > 0) data.header = {...data.header, holdsFormerIds: withFormerIds};
      const changes = drainChanges(files, sorted, (instant) => calendar.dateOf(instant), at);
      if (changes.length > 0) write(changes, at);
      return sorted.outcomes;
    },
    commit: async (changes, at, options) => write(changes, at, options),
    reserve: async (date, {asked, limits, run, settled}, at) => {
      const before = data.ledger.get(date) ?? NOTHING_SPENT;
      const day = settled.reduce((sum, part) => (part.date === date ? addSpending(sum, part.added) : sum), before);
      const granted = grantWithin(limits, run, day, asked);
      const booked = asked.filter((_, n) => granted[n]).map((added) => ({date, added}));
      const changes = [...settled, ...booked].map((part): Change => ({kind: 'spend', ...part}));
      if (changes.length > 0) write(changes, at);
      return granted;
    },
    updateJobStates: async (jobs, at) => {
      const changes = [...jobs].flatMap(([job, update]): readonly Change[] => {
        const before = parsed(data.jobs.get(job));
        const state = update(before);
        return state === before ? [] : [{kind: 'job-state', job, state}];
      });
      if (changes.length > 0) write(changes, at);
    },
  };
}

const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** By the first letter of the TOC level, then by period. */
const retryKey = (id: NodeId): string => `${tocLevelOf(id).charAt(0)}${periodPartOf(id)}`;

function changesSince({log}: MemoryData, cursor: ChangeCursor): Changes | 'too-old' {
  const since = /^\d+$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (!(since <= log.length)) return 'too-old';
  const sessionDays = new Map<string, Pick<SessionDay, 'date' | 'sessionKey'>>();
  const nodes = new Set<NodeId>();
  for (const change of log.slice(since).flat()) {
    const day = change.kind === 'session-day-add' ? change.sessionDay : 'sessionKey' in change ? change : undefined;
    if (day) sessionDays.set(dayKey(day), {date: day.date, sessionKey: day.sessionKey});
    if (change.kind === 'node' || change.kind === 'keep-node') nodes.add(change.node.id);
    if (change.kind === 'redo-node') nodes.add(change.pointer.id);
    if (change.kind === 'mark-node' || change.kind === 'unmark-node' || change.kind === 'no-node-version' || change.kind === 'no-node')
      nodes.add(change.id);
  }
  return {sessionDays: [...sessionDays.values()], nodes: [...nodes], cursor: `${log.length}` as ChangeCursor};
}
