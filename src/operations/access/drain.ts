import {type Arrival, stampArrival} from '../../domain/event/arrival.js';
import type {EpochMs} from '../../domain/event/event.js';
import {decodeEvent, readEventHead} from '../../domain/event/event-record.js';
import {asUlid} from '../../domain/event/identity/event-id.js';
import type {RejectedLine} from '../../domain/event/parse/rejection.js';
import type {Inbox, InboxFile} from '../../inbox/inbox.js';
import type {Store, StoredEvent} from '../../store/port/store.js';
import type {Clock, Ticks} from '../../system/clock.js';
import {conflictLine} from './conflict-line.js';

const ULID_LENGTH = 26;
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

/**
 * Moves the inbox's files into the store. Each batch is one synced commit, and its files go only after it. A crash in
 * between replays them, and the store recognizes their events by their ids.
 */
export async function drainInto(
  store: Store,
  inbox: Inbox,
  {clock, ticks}: {readonly clock: Clock; readonly ticks: Ticks},
  options: DrainOptions,
): Promise<DrainReport> {
  const report = {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
  const since = ticks();
  const waiting = inbox.list();
  if (waiting.length === 0) return report;
  inbox.sweep(clock());
  let batches = 0;
  for (let next = 0; next < waiting.length; ) {
    if (batches > 0 && (ticks() - since >= options.budgetMs || batches === options.batches)) {
      report.hasMore = true;
      break;
    }
    const batch = readBatch(inbox, waiting, next);
    next = batch.next;
    batches++;
    for (const outcome of await drainBatch(store, inbox, batch, clock())) {
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
    // A file that cannot be read, or not yet, must not hold up the others.
    if (content.kind !== 'read') continue;
    if (files.length > 0 && bytes + content.bytes > BYTES_PER_BATCH) break;
    bytes += content.bytes;
    // The name begins with the ULID of its making; a file that a person put there may have any other.
    const ulid = asUlid(file.name.slice(0, ULID_LENGTH));
    const records = content.records.map((record, place) => arrived(record, ulid && {file: ulid, place}));
    files.push({...file, records, bad: [...content.damaged]});
  }
  return {files, next};
}

/** A record with its arrival, which stands in no inbox file: there it follows from where the record lies. */
function arrived(record: Buffer, arrival: Arrival | undefined): StoredEvent {
  if (arrival !== undefined) stampArrival(record, arrival);
  return {head: readEventHead(record), record};
}

/** A replayed batch finds its conflicts again: they go to `bad/` after the new events are on disk and before their files go. */
async function drainBatch(store: Store, inbox: Inbox, {files}: Batch, now: EpochMs): Promise<readonly (FileOutcome & {bad: number})[]> {
  const outcomes = await store.drain(files, now);
  const results = files.map(({name, records, bad}, at) => {
    const {stored = 0, duplicates = 0, conflicts = []} = outcomes[at] ?? {};
    const lines = conflicts.flatMap((index) => conflictLines(name, index, records[index]));
    // A crash after this keeps them again under the same name. In the other order they would be lost.
    if (bad.length + lines.length > 0) inbox.keepBad([...bad, ...lines]);
    return {name, stored, duplicates, conflicts: lines, bad: bad.length + lines.length};
  });
  inbox.remove(
    files.map(({name}) => name),
    now,
  );
  return results;
}

function conflictLines(file: string, index: number, event: StoredEvent | undefined): readonly RejectedLine[] {
  return event === undefined ? [] : [conflictLine(file, index + 1, decodeEvent(event.record))];
}
