import type {EventId, SessionKey} from '../../domain/event/event.js';
import {decodeEvent, readEventHead} from '../../domain/event/event-record.js';
import type {WordsMark} from '../../domain/event/identity/words-mark.js';
import {eventLine, idOfLine, recordOfLine} from '../../domain/event/line/event-line.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Change, Fence, StoredEvent} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {assertHeld} from '../access/take-lease.js';
import {BadLineRedactor} from '../ingest/bad-line-redactor.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {changeDate, type DateWork} from './change-date.js';
import {clearTraces, readTraces} from './clear-files.js';
import type {DatePart} from './find-nodes.js';
import type {Intent, NamedEvent} from './intent.js';
import {rewriteJournal} from './rewrite-journal.js';
import {recordWithoutSecrets} from './secrets.js';

const TOMBSTONES_PER_COMMIT = 2_000;

export interface TakenOut {
  readonly events: number;
  readonly nodes: number;
  /** Files of the inbox that could not be looked at: a newer mem wrote them. */
  readonly filesLeft: number;
}

export interface TakeOutOptions {
  readonly fence: Fence;
  /** Begun before, and cut short. */
  readonly isAgain: boolean;
  readonly onDate: (date: LocalDate, left: number) => void;
}

/**
 * Takes the events out of all that mem has: first nothing brings them back any more, then the files beside the store lose them, then the
 * store and what was made of them. It can be done again from any point; until the store has lost an event, its words are there to be
 * looked for elsewhere.
 */
export async function takeOutEvents(
  mem: Mem,
  {at}: Intent,
  events: readonly NamedEvent[],
  {fence, isAgain, onDate}: TakeOutOptions,
): Promise<TakenOut> {
  for (let from = 0; from < events.length; from += TOMBSTONES_PER_COMMIT) {
    const changes = events
      .slice(from, from + TOMBSTONES_PER_COMMIT)
      .map(({id, alias, words}): Change => ({kind: 'tombstone', tombstone: {id, at, alias, words}}));
    const outcome = await mem.store.use(JOB_PATIENCE_MS, (store) => store.commit(changes, mem.clock(), {sync: true, fence}));
    assertHeld('rollup', outcome);
  }
  // What waits is dropped by them, or stored without them.
  await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
  const isForgotten = matcherOf(events, mem);
  clearTraces(
    mem,
    await readTraces(
      mem,
      events.map(({id}) => id),
    ),
  );
  const filesLeft = mem.inbox.rewrite((record) => (isForgotten(record) ? undefined : record));
  const work = partsOf(events).map((part): DateWork => {
    const change = ({head, record}: StoredEvent) => (part.ids.has(head.id) ? undefined : record);
    return {...part, change, takesNodes: true};
  });
  const done = await changeDates(mem, work, {fence, isAgain, onDate});
  const ids = new Set(events.map(({id}) => id));
  await rewriteJournal(mem, work, (line) => (ids.has(idOfLine(line)) ? undefined : line), fence);
  return {...done, filesLeft};
}

/**
 * Replaces secrets in events by marks, wherever mem has them, and takes out what was made of the events: their ids stay, so their nodes
 * would count as made of the same. It can be done again from any point.
 */
export async function replaceSecrets(mem: Mem, events: readonly NamedEvent[], {fence, isAgain, onDate}: TakeOutOptions): Promise<TakenOut> {
  const {redactor} = mem;
  await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
  const badLines = new BadLineRedactor(redactor);
  mem.inbox.rewriteBad((line) => {
    const [raw, reason] = [badLines.redact(line.raw), redactor.text(line.reason)];
    return raw.equals(line.raw) && reason === line.reason ? line : {raw, reason};
  });
  mem.forgetting.filterRecalls(({query}) => redactor.text(query) === query);
  const filesLeft = mem.inbox.rewrite((record) => recordWithoutSecrets(record, redactor));
  const change = ({record}: StoredEvent) => recordWithoutSecrets(record, redactor);
  const work = partsOf(events).map((part) => ({...part, change, takesNodes: true}));
  const done = await changeDates(mem, work, {fence, isAgain, onDate});
  const ids = new Set(events.map(({id}) => id));
  const changeLine = (line: string) => (ids.has(idOfLine(line)) ? eventLine(recordWithoutSecrets(recordOfLine(line), redactor)) : line);
  await rewriteJournal(mem, work, changeLine, fence);
  return {...done, filesLeft};
}

/** One date after the other; others get in between. */
export async function changeDates(
  mem: Mem,
  dates: readonly DateWork[],
  {fence, isAgain, onDate}: TakeOutOptions,
): Promise<Pick<TakenOut, 'events' | 'nodes'>> {
  const total = {events: 0, nodes: 0};
  for (const [done, work] of dates.entries()) {
    onDate(work.date, dates.length - done);
    const outcome = await changeDate(mem, work, {fence, isAgain});
    total.events += outcome.events;
    total.nodes += outcome.nodes;
    await mem.store.pause();
  }
  return total;
}

/** Events by their dates, the oldest first. */
export function partsOf(events: readonly Pick<NamedEvent, 'id' | 'date' | 'sessionKey'>[]): readonly DatePart[] {
  const parts = new Map<LocalDate, {date: LocalDate; sessions: Set<SessionKey>; ids: Set<EventId>}>();
  for (const {id, date, sessionKey} of events) {
    const part = parts.get(date) ?? {date, sessions: new Set(), ids: new Set()};
    part.sessions.add(sessionKey);
    part.ids.add(id);
    parts.set(date, part);
  }
  return [...parts.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Whether a record is one of the events, however it was delivered. */
function matcherOf(events: readonly NamedEvent[], {forgetting}: Pick<Mem, 'forgetting'>): (record: Buffer) => boolean {
  const ids = new Set(events.map(({id}) => id));
  const aliases = new Set(events.map(({alias}) => alias));
  const words = new Map<SessionKey, Set<WordsMark>>();
  for (const event of events) {
    const known = words.get(event.sessionKey) ?? new Set();
    for (const mark of event.words) known.add(mark);
    words.set(event.sessionKey, known);
  }
  return (record) => {
    const head = readEventHead(record);
    if (ids.has(head.id) || (head.sourceAlias !== '' && aliases.has(head.sourceAlias))) return true;
    const marks = words.get(head.sessionKey);
    return marks !== undefined && marks.size > 0 && marks.has(forgetting.markWords(decodeEvent(record)));
  };
}
