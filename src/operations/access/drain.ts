import type {EpochMs, SessionKey} from '../../domain/event/event.js';
import {isSameEvent} from '../../domain/event/event-conflict.js';
import {decodeEvent, type EventHead, readEventHead} from '../../domain/event/event-record.js';
import type {RejectedLine} from '../../domain/event/rejection.js';
import {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Inbox, InboxFile} from '../../inbox/inbox.js';
import type {Change, SessionDay, Store, StoredEvent} from '../../store/port/store.js';
import type {Clock} from '../../system/clock.js';
import {conflictLine} from './conflict-line.js';

const FILES_PER_BATCH = 500;
// The size of one file of a bulk import. Twice as much took 40 MB more memory, held the store twice as long, and was not faster.
const BYTES_PER_BATCH = 2 * 1024 * 1024;

/** The outcome of a file's events. */
export interface FileOutcome {
  readonly name: string;
  readonly stored: number;
  readonly duplicates: number;
  /** Events whose ULID is in the store with other content. They are now in `bad/`. */
  readonly conflicts: readonly RejectedLine[];
}

export interface DrainReport {
  readonly files: number;
  readonly stored: number;
  readonly duplicates: number;
  /** Records that were damaged or in conflict. They are now in `bad/`. */
  readonly bad: number;
  /** Whether files are left that could be drained. */
  readonly hasMore: boolean;
}

export interface DrainOptions {
  /** After this long no new batch begins; one batch always runs. */
  readonly budgetMs: number;
  readonly batches?: number;
  readonly onFile?: ((outcome: FileOutcome) => void) | undefined;
}

/** Tells the date of an instant in the store's zone. */
interface DateTeller {
  dateOf(instant: EpochMs): LocalDate;
}

/** The last one used: it remembers days, and a zone's rules take milliseconds to load. */
let calendar: (DateTeller & {readonly timeZone: string}) | undefined;

/**
 * Moves what lies in the inbox into the store: each batch is one synced commit, and its files are out of the way only after it. A crash
 * in between replays them, and their events are dropped by their ids.
 */
export async function drainInto(store: Store, inbox: Inbox, clock: Clock, options: DrainOptions): Promise<DrainReport> {
  const report = {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
  const since = clock();
  const waiting = inbox.list();
  if (waiting.length === 0) return report;
  if (calendar?.timeZone !== store.header.timeZone) calendar = new Calendar(store.header.timeZone);
  inbox.sweep(since);
  let batches = 0;
  for (let next = 0; next < waiting.length; ) {
    if (batches > 0 && (clock() - since >= options.budgetMs || batches === options.batches)) {
      report.hasMore = true;
      break;
    }
    const batch = readBatch(inbox, waiting, next);
    next = batch.next;
    batches++;
    for (const outcome of await commitBatch(store, inbox, calendar, batch, clock())) {
      report.files++;
      report.stored += outcome.stored;
      report.duplicates += outcome.duplicates;
      report.bad += outcome.bad;
      options.onFile?.(outcome);
    }
  }
  return report;
}

interface FileRecords extends InboxFile {
  readonly records: readonly StoredEvent[];
  readonly bad: RejectedLine[];
}

interface Batch {
  readonly files: readonly FileRecords[];
  readonly next: number;
}

function readBatch(inbox: Inbox, waiting: readonly InboxFile[], from: number): Batch {
  const files: FileRecords[] = [];
  let bytes = 0;
  let next = from;
  for (; next < waiting.length && files.length < FILES_PER_BATCH && bytes < BYTES_PER_BATCH; next++) {
    const file = waiting[next];
    if (file === undefined) break;
    const content = inbox.read(file.name);
    // One file that cannot be read, or not yet, must not keep the others.
    if (content.kind !== 'read') continue;
    if (files.length > 0 && bytes + content.bytes > BYTES_PER_BATCH) break;
    bytes += content.bytes;
    files.push({...file, records: content.records.map((record) => ({head: readEventHead(record), record})), bad: [...content.damaged]});
  }
  return {files, next};
}

interface FileWork extends FileRecords {
  stored: number;
  duplicates: number;
  readonly conflicts: RejectedLine[];
}

async function commitBatch(
  store: Store,
  inbox: Inbox,
  calendar: DateTeller,
  batch: Batch,
  now: EpochMs,
): Promise<readonly (FileOutcome & {bad: number})[]> {
  const files: readonly FileWork[] = batch.files.map((file) => ({...file, stored: 0, duplicates: 0, conflicts: []}));
  const fresh = await selectNew(store, files);
  const stored = fresh.length;
  const duplicates = files.reduce((sum, file) => sum + file.duplicates, 0);
  // Before the commit: a crash in between keeps them once more under the same name, the other way round they would be lost.
  for (const file of files) if (file.bad.length + file.conflicts.length > 0) inbox.keepBad([...file.bad, ...file.conflicts]);
  if (stored + duplicates > 0) {
    const counters = {
      events: store.counters.events + stored,
      duplicates: store.counters.duplicates + duplicates,
      lastIngestAt: newestOf(store.counters.lastIngestAt, files, now),
    };
    const changes: Change[] = fresh.map(({record}) => ({kind: 'event', record}));
    await store.commit([...changes, ...(await sessionDayChanges(store, calendar, fresh)), {kind: 'counters', counters}], now, {sync: true});
  }
  inbox.markDone(
    files.map(({name}) => name),
    now,
  );
  return files.map(({name, stored, duplicates, conflicts, bad}) => ({
    name,
    stored,
    duplicates,
    conflicts,
    bad: bad.length + conflicts.length,
  }));
}

/** When the last event that is stored came in: not when it was drained, and not later than now where a clock was wrong. */
function newestOf(before: EpochMs, files: readonly FileWork[], now: EpochMs): EpochMs {
  const written = files.filter(({stored}) => stored > 0).map(({writtenAt}) => Math.min(writtenAt, now));
  return Math.max(before, ...written) as EpochMs;
}

/** The events that neither the store nor an earlier record of the batch has; the others are counted with their files. */
async function selectNew(store: Store, files: readonly FileWork[]): Promise<readonly StoredEvent[]> {
  const found = await store.findSame(files.flatMap(({records}) => records.map(({head}) => head)));
  const seen = new Map<string, StoredEvent>();
  const fresh: StoredEvent[] = [];
  let at = 0;
  for (const file of files) {
    for (const [index, event] of file.records.entries()) {
      const key = identityOf(event.head);
      const earlier = found[at++] ?? seen.get(key);
      if (earlier === undefined) {
        seen.set(key, event);
        fresh.push(event);
        file.stored++;
      } else if (earlier === 'forgotten' || event.head.identity !== 'ulid' || isSameEvent(event.record, earlier.record)) {
        file.duplicates++;
      } else {
        file.conflicts.push(conflictLine(file.name, index + 1, decodeEvent(event.record)));
      }
    }
  }
  return fresh;
}

/** What a second delivery has in common with the first: without a time of its own an event's id differs from delivery to delivery. */
function identityOf(head: EventHead): string {
  return head.sourceAlias === '' ? head.id : head.sourceAlias;
}

async function sessionDayChanges(store: Store, calendar: DateTeller, events: readonly StoredEvent[]): Promise<readonly Change[]> {
  const touched = new Map<
    string,
    {date: LocalDate; sessionKey: SessionKey; first: EpochMs; last: EpochMs; count: number; record: Buffer}
  >();
  for (const {head, record} of events) {
    const date = calendar.dateOf(head.time);
    const key = date + head.sessionKey;
    const day = touched.get(key);
    if (day === undefined) {
      touched.set(key, {date, sessionKey: head.sessionKey, first: head.time, last: head.time, count: 1, record});
      continue;
    }
    if (head.time < day.first) day.first = head.time;
    if (head.time > day.last) day.last = head.time;
    day.count++;
  }
  const days = [...touched.values()];
  const known = await store.sessionDaysOf(days);
  return days.flatMap(({record, ...day}, index): Change[] => {
    const {agent, sessionId} = known[index] ?? decodeEvent(record);
    const sessionDay: SessionDay = {...merge(known[index], day), agent, sessionId};
    return [
      {kind: 'session-day', sessionDay},
      {kind: 'mark-session-day', date: day.date, sessionKey: day.sessionKey},
    ];
  });
}

function merge<D extends Pick<SessionDay, 'first' | 'last' | 'count'>>(known: SessionDay | undefined, day: D): D {
  if (known === undefined) return day;
  const first = Math.min(known.first, day.first) as EpochMs;
  return {...day, first, last: Math.max(known.last, day.last) as EpochMs, count: known.count + day.count};
}
