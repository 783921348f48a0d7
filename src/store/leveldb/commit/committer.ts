import {randomBytes} from 'node:crypto';
import type {EpochMs} from '../../../domain/event/event.js';
import {lastIngestAfter} from '../../port/last-ingest.js';
import type {ChangeCursor, CommitOptions, CommitOutcome, Expectation, StoreHeader} from '../../port/store.js';
import type {Db} from '../db.js';
import {linesOf} from '../journal/journal-lines.js';
import type {JournalSession} from '../journal/journal-session.js';
import type {StoredJournal} from '../journal/stored-journal.js';
import * as keys from '../keys.js';
import {readStart, STORE_FORMAT} from '../read/read-start.js';
import type {Reader, Work} from '../read/reader.js';
import {formatJson, parseNumber, parseToken, type StoredCounters} from '../records.js';
import {changedNames, cursorOf, readCursor} from './change-feed.js';
import {checkVersions, type OwnChange, putChange, readSums, type Sums, withNodeRecords} from './changes.js';
import type {Prepared} from './prepared-writes.js';
import {SealedBatch} from './sealed-batch.js';

export interface CommitterParts {
  readonly journal: JournalSession | undefined;
  readonly start: {readonly header: StoreHeader; readonly counters: StoredCounters};
}

/** Writes commits to an open database, which nobody else has open: between its reading and its writing nothing changes. */
export class Committer {
  readonly #db: Db;
  readonly #reader: Reader;
  readonly #work: Work;
  /** Undefined where the store is opened without one: then it forgets what it knew of it. */
  readonly #journal: JournalSession | undefined;
  header: StoreHeader;
  counters: StoredCounters;
  /** Marks and rows of the search index that were removed: LevelDB keeps what is left of them until it is compacted. */
  removedMarks = 0;
  removedSearchRows = 0;
  #failure: unknown;
  #isCommitting = false;
  #cursor: ChangeCursor | undefined;

  constructor(db: Db, reader: Reader, work: Work, {journal, start}: CommitterParts) {
    this.#db = db;
    this.#reader = reader;
    this.#work = work;
    this.#journal = journal;
    this.header = start.header;
    this.counters = start.counters;
  }

  /** The handle is closed. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** For what stands in the journal already. */
  asJournalled(): {readonly journal?: StoredJournal} {
    return this.#journal === undefined ? {} : {journal: this.#journal.state};
  }

  async cursor(): Promise<ChangeCursor> {
    this.#cursor ??= await readCursor(this.#reader, this.counters.lastCommit);
    return this.#cursor;
  }

  async commit(changes: readonly OwnChange[], at: EpochMs, options: CommitOptions): Promise<CommitOutcome> {
    return this.#alone(options.sync, async () => {
      const refusal = await this.#refusal(options);
      if (refusal !== undefined) return refusal;
      // An empty commit is written too: the caller needs its number.
      await this.#write(changes, at, options.sync, options.isJournalled ? this.#journal?.state : undefined);
      return {kind: 'done'};
    });
  }

  /**
   * Commits what `prepare` makes of what it reads; nothing where that is no change.
   * After any failure the handle is closed: after a full disk LevelDB acknowledged twenty synced writes on the same one and lost them all.
   */
  write<T>(at: EpochMs, sync: boolean, prepare: () => Promise<Prepared<T>>): Promise<T> {
    return this.#alone(sync, async () => {
      const {changes, result, journal} = await prepare();
      if (changes.length > 0 || journal !== undefined) await this.#write(changes, at, sync, journal);
      return result;
    });
  }

  /** Counts up the fence of a lease that was just taken. It is no commit, for it changes nothing that anybody reads; a power cut that takes it back took its holder too. */
  raiseFence(lease: string): Promise<number> {
    return this.#alone(false, async () => {
      const key = keys.fenceKey(lease);
      const number = parseNumber(await this.#reader.get(key)) + 1;
      await this.#db.write((batch) => new SealedBatch(batch, this.#work).put(key, formatJson(number)), {sync: false});
      return number;
    });
  }

  async #alone<T>(sync: boolean, work: () => Promise<T>): Promise<T> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isCommitting) throw new Error('a commit is under way');
    this.#isCommitting = true;
    try {
      return await this.#db.exclusively(
        async () => {
          if (this.#db.isShared) await this.#refresh();
          return work();
        },
        {sync},
      );
    } catch (error) {
      this.#failure = error;
      await this.#db.close();
      throw error;
    } finally {
      this.#isCommitting = false;
    }
  }

  /** Others may have committed since. */
  async #refresh(): Promise<void> {
    const {header, counters} = await readStart(this.#db.location, this.#reader);
    if (counters.lastCommit !== this.counters.lastCommit) this.#cursor = undefined;
    this.header = header;
    this.counters = counters;
    this.#journal?.refresh(counters.journal);
  }

  async #refusal({expect, fence}: CommitOptions): Promise<CommitOutcome | undefined> {
    if (fence !== undefined && parseNumber(await this.#reader.get(keys.fenceKey(fence.lease))) !== fence.number) return {kind: 'fenced'};
    if (expect === undefined) return undefined;
    const {sessionDayMarks = [], nodeMarks = [], unchangedSince} = expect;
    const days = await this.#stale(sessionDayMarks, ({date, sessionKey}) => keys.sessionDayMarkKey(date, sessionKey));
    const nodes = await this.#stale(nodeMarks, ({id}) => keys.nodeMarkKey(id));
    const isChanged = unchangedSince !== undefined && unchangedSince !== (await this.cursor());
    if (days.length + nodes.length === 0 && !isChanged) return undefined;
    const stale: Expectation = {sessionDayMarks: days, nodeMarks: nodes, ...(isChanged && {unchangedSince})};
    return {kind: 'stale', stale};
  }

  async #stale<M extends {readonly token: string}>(marks: readonly M[], keyOf: (mark: M) => string): Promise<readonly M[]> {
    const found = await this.#reader.getMany(marks.map(keyOf));
    return marks.filter(({token}, at) => {
      const bytes = found[at];
      return bytes === undefined || parseToken(bytes) !== token;
    });
  }

  /** @param journalled what the store knows of the journal then, where all of it stands there already */
  async #write(given: readonly OwnChange[], at: EpochMs, sync: boolean, journalled?: StoredJournal): Promise<void> {
    const withRecords = withNodeRecords(given);
    const lines = journalled === undefined && this.#journal !== undefined ? linesOf(withRecords) : [];
    const isNewFormat = lines.length + (journalled?.ends.length ?? 0) > 0 && this.header.formatVersion < STORE_FORMAT;
    const {holdsFormerIds} = this.header;
    const changes = isNewFormat ? [{kind: 'format', formatVersion: STORE_FORMAT, holdsFormerIds} as const, ...withRecords] : withRecords;
    await checkVersions(this.#reader, changes);
    const sums = await readSums(this.#reader, changes);
    // In the journal before in the store: what the store has and the journal lacks would be lost with the store. It is packed and synced
    // while the batch is filled.
    const appending = journalled ?? this.#journal?.append(lines, at, sync);
    const [done] = await Promise.allSettled([this.#commitWith(changes, sums, appending, {at, sync}), appending]);
    if (done.status === 'rejected') throw done.reason;
  }

  async #commitWith(
    changes: readonly OwnChange[],
    sums: Sums,
    appending: StoredJournal | Promise<StoredJournal> | undefined,
    {at, sync}: {at: EpochMs; sync: boolean},
  ): Promise<void> {
    const number = this.counters.lastCommit + 1;
    // 72 bits at random: a counter would come again after a commit that was lost.
    const token = randomBytes(9).toString('base64url');
    let counters: StoredCounters = {...this.counters, lastCommit: number};
    let header = this.header;
    let removed = 0;
    let removedRows = 0;
    await this.#db.write(
      async (batch) => {
        const sealed = new SealedBatch(batch, this.#work);
        for (const change of changes) {
          putChange(sealed, change, token, header, sums);
          if (change.kind === 'time-zone') header = {...header, timeZone: change.timeZone, alarm: ''};
          else if (change.kind === 'rules-version') header = {...header, rulesVersion: change.rulesVersion};
          else if (change.kind === 'format') {
            const {formatVersion, holdsFormerIds} = change;
            header = {...header, formatVersion, holdsFormerIds};
          } else if (change.kind === 'count') counters = counted(counters, change, at);
          else if (change.kind === 'taken-part' && this.#db.isShared) {
            counters = {...counters, takenParts: (counters.takenParts ?? 0) + 1};
            sealed.put(keys.takenPartKey(counters.takenParts ?? 0), formatJson(change.part));
          } else if (change.kind === 'unmark-node' || change.kind === 'unmark-session-day') removed += 1;
          else if (change.kind === 'search-row' && change.row === undefined) removedRows += 1;
        }
        sealed.put(keys.commitKey(number), formatJson({at, token}));
        const names = changedNames(changes);
        if (names) sealed.put(keys.changedNamesKey(number), formatJson(names));
        sealed.put(keys.LAST_KEY, formatJson(number));
        // Without a journal here others may have one.
        const journal = this.#journal === undefined && this.#db.isShared ? counters.journal : this.#journal?.toStore(await appending);
        counters = {...counters, journal};
        sealed.put(keys.COUNTERS_KEY, formatJson(counters));
      },
      {sync},
    );
    if (this.#journal && counters.journal) this.#journal.state = counters.journal;
    this.counters = counters;
    this.header = header;
    this.removedMarks += removed;
    this.removedSearchRows += removedRows;
    this.#cursor = cursorOf(number, token);
  }
}

function counted(counters: StoredCounters, change: Extract<OwnChange, {kind: 'count'}>, at: EpochMs): StoredCounters {
  return {
    ...counters,
    events: counters.events + change.events,
    duplicates: counters.duplicates + change.duplicates,
    lastIngestAt: lastIngestAfter(counters.lastIngestAt, change, at),
  };
}
