import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import {type EveryMark, everyMark, wordsMarker} from '../../domain/event/tombstone.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, PeriodId, PeriodLevel, TocLevel} from '../../domain/toc/node-id.js';
import type {JournalFacts, StoreJournal} from '../port/journal.js';
import type {
  Change,
  ChangeCursor,
  Changes,
  CommitHistory,
  CommitOptions,
  CommitOutcome,
  DrainFile,
  DrainOutcome,
  EventPage,
  JobStateUpdate,
  LeaseName,
  NodeMark,
  ReservationRequest,
  Store,
  StoreCare,
  StoreCounters,
  StoredEvent,
  StoreHeader,
} from '../port/store.js';
import {storeCare} from './care/store-care.js';
import {readChangesSince} from './commit/change-feed.js';
import {preparePruning, readCommitRecords} from './commit/commit-records.js';
import {Committer} from './commit/committer.js';
import {prepareDrain, prepareJobStates, prepareReservation} from './commit/prepared-writes.js';
import {type CompactionStep, compactionSteps, isUnsettled, settle, waitingRowSteps} from './compaction.js';
import type {Db} from './db.js';
import {prepareLines} from './journal/heal.js';
import {JournalKeeper} from './journal/journal-keeper.js';
import {JournalSession} from './journal/journal-session.js';
import * as keys from './keys.js';
import {parsePointer} from './node-records.js';
import {DayReads} from './read/day-reads.js';
import {findEvents, findRecords, findTimes} from './read/event-finder.js';
import {readEventPage} from './read/event-page.js';
import {readLatest, readPointersOf, readVersionsOf} from './read/latest-nodes.js';
import {readNodeMarks, readNodeMarksOf} from './read/marks.js';
import {readStart} from './read/read-start.js';
import {PAGE_ROWS, Reader, type Work} from './read/reader.js';
import {parseTakenPart} from './records.js';

interface StoreParts {
  readonly db: Db;
  readonly reader: Reader;
  readonly work: Work;
  readonly committer: Committer;
  readonly keeper: JournalKeeper | undefined;
  readonly markWords: EveryMark | undefined;
}

interface OpenParts {
  readonly journal: StoreJournal | undefined;
  readonly markWords: EveryMark | undefined;
}

type PeriodPartRange = {readonly from?: string | undefined; readonly to?: string | undefined};

/** A store on an open database. The function that opened the database closes it. */
export class LevelDbStore extends DayReads implements Store {
  readonly #db: Db;
  readonly #reader: Reader;
  readonly #committer: Committer;
  readonly #markWords: EveryMark | undefined;
  readonly work: Work;
  readonly care: StoreCare;
  /** Only where a journal stands beside it. */
  readonly keeper: JournalKeeper | undefined;

  /** @throws MemError STORE_DAMAGED, FORMAT_NEWER */
  static async open(db: Db, {journal, markWords: own}: OpenParts): Promise<LevelDbStore> {
    const work = {valuesRead: 0, keysWritten: 0};
    const reader = new Reader(db, work);
    const start = await readStart(db.location, reader);
    const {redactKeys} = start.counters;
    const markWords =
      redactKeys === undefined ? own : everyMark(() => redactKeys.map((key) => wordsMarker(() => Buffer.from(key, 'latin1'))));
    const session =
      journal && new JournalSession(journal, start.counters.journal, {isEmpty: start.counters.lastCommit === 0, isShared: db.isShared});
    const committer = new Committer(db, reader, work, {journal: session, start});
    const keeper = session && (await JournalKeeper.open({db, reader, committer, session, markWords}));
    return new LevelDbStore({db, reader, work, committer, keeper, markWords});
  }

  private constructor({db, reader, work, committer, keeper, markWords}: StoreParts) {
    super(reader);
    this.#markWords = markWords;
    this.#db = db;
    this.#reader = reader;
    this.work = work;
    this.#committer = committer;
    this.care = storeCare(db, reader);
    this.keeper = keeper;
  }

  get header(): StoreHeader {
    return this.#committer.header;
  }

  get history(): CommitHistory {
    return {lastCommit: this.#committer.counters.lastCommit, records: () => readCommitRecords(this.#reader)};
  }

  get journal(): JournalFacts | undefined {
    return this.keeper?.facts;
  }

  /** Only of a store that several homes write to: see `StoredCounters`. */
  get redactKeys(): readonly string[] {
    return this.#committer.counters.redactKeys ?? [];
  }

  get taken(): Store['taken'] {
    if (!this.#db.isShared) return undefined;
    const since = (parts: number) => this.#reader.list(keys.takenPartsBehind(parts), parseTakenPart);
    return {parts: this.#committer.counters.takenParts ?? 0, since};
  }

  async counters(): Promise<StoreCounters> {
    const {events, duplicates, lastIngestAt} = this.#committer.counters;
    return {events, duplicates, lastIngestAt};
  }

  eventsOf(ids: readonly EventId[]): Promise<readonly (AgentEvent | undefined)[]> {
    return findEvents(this.#reader, ids);
  }

  recordsOf(ids: readonly EventId[]): Promise<readonly (StoredEvent | undefined)[]> {
    return findRecords(this.#reader, ids);
  }

  eventTimes(ids: readonly EventId[]): Promise<readonly EpochMs[]> {
    return findTimes(this.#reader, ids);
  }

  events(start: EpochMs, end: EpochMs, rows: number = PAGE_ROWS): Promise<EventPage> {
    return readEventPage(this.#db, this.#reader, start, end, rows);
  }

  nodeMarks(tocLevel: PeriodLevel, range: PeriodPartRange = {}): Promise<readonly NodeMark[]> {
    return readNodeMarks(this.#reader, tocLevel, range);
  }

  nodeMarksOf(ids: readonly PeriodId[]): Promise<readonly (NodeMark | undefined)[]> {
    return readNodeMarksOf(this.#reader, ids);
  }

  pointers(tocLevel: TocLevel, {from, to}: PeriodPartRange, limit = Infinity): Promise<readonly NodePointer[]> {
    return this.#reader.list(keys.periodRange('p', tocLevel, from, to), parsePointer, {limit});
  }

  pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]> {
    return readPointersOf(this.#reader, ids);
  }

  async nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]> {
    return readLatest(this.#reader, this.#db.location, await this.pointersOf(ids));
  }

  versionsOf(ids: readonly NodeId[]): Promise<readonly (readonly TocNode[])[]> {
    return readVersionsOf(this.#reader, ids);
  }

  changeCursor(): Promise<ChangeCursor> {
    return this.#committer.cursor();
  }

  changesSince(cursor: ChangeCursor): Promise<Changes | 'too-old'> {
    return readChangesSince(this.#reader, cursor, this.#committer.counters.lastCommit);
  }

  /** Takes lines of the journal over, of which the store may have some. */
  takeLines(kind: JournalKind, lines: readonly string[], at: EpochMs): Promise<void> {
    return this.#committer.write(at, false, () => prepareLines(this.#reader, this.header, {kind, lines}, {at, markWords: this.#markWords}));
  }

  async drain(files: readonly DrainFile[], at: EpochMs, {isJournalled = false} = {}): Promise<readonly DrainOutcome[]> {
    await this.keeper?.heal(at);
    return this.#committer.write(at, true, async () => ({
      ...(await prepareDrain(this.#reader, this.header, files, at, this.#markWords)),
      ...(isJournalled && this.#committer.asJournalled()),
    }));
  }

  async commit(changes: readonly Change[], at: EpochMs, options: CommitOptions): Promise<CommitOutcome> {
    if (changes.some(({kind}) => kind === 'node' || kind === 'event' || kind === 'tombstone')) await this.keeper?.heal(at);
    return this.#committer.commit(changes, at, options);
  }

  reserve(date: LocalDate, request: ReservationRequest, at: EpochMs): Promise<readonly boolean[]> {
    return this.#committer.write(at, true, () => prepareReservation(this.#reader, date, request));
  }

  updateJobStates(jobs: ReadonlyMap<string, JobStateUpdate>, at: EpochMs, {sync}: {sync: boolean}): Promise<void> {
    return this.#committer.write(at, sync, () => prepareJobStates(this.#reader, jobs));
  }

  raiseFence(lease: LeaseName): Promise<number> {
    return this.#committer.raiseFence(lease);
  }

  pruneCommitRecords(at: EpochMs, {dryRun}: {dryRun: boolean}): Promise<{removed: number; kept: number}> {
    return this.#committer.write(at, true, () => preparePruning(this.#reader, at, dryRun));
  }

  /** LevelDB has 8 level-0 files or more, and needs time to merge them: see `settle`. */
  get isUnsettled(): boolean {
    return !this.#committer.hasFailed && isUnsettled(this.#db);
  }

  /** Waits while LevelDB merges its level-0 files, if there are 8 or more: until fewer than 4 are left, but at most `maxMs`. For who works long, not for readers. */
  settle(maxMs: number): Promise<void> {
    return settle(this.#db, maxMs);
  }

  get removedMarks(): number {
    return this.#committer.removedMarks;
  }

  get removedSearchRows(): number {
    return this.#committer.removedSearchRows;
  }

  /** The parts in which the rows of the search index that waited are compacted. */
  waitingRowSteps(): Promise<readonly CompactionStep[]> {
    return waitingRowSteps(this.#db);
  }

  /** The parts in which the store is compacted; each takes less than 250 ms, so that the store can be let go between them. */
  compactionSteps(): Promise<readonly CompactionStep[]> {
    return compactionSteps(this.#db);
  }

  compact(range: keys.KeyRange): Promise<void> {
    return this.#db.compact(range);
  }
}
