import type {TakenPart} from '../../domain/care/taken-part.js';
import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import type {Tombstone} from '../../domain/event/tombstone.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, PeriodId, PeriodLevel, TocLevel} from '../../domain/toc/node-id.js';
import type {NodeHistory, RemakeOptions, SalvageReport, StoreCare} from './care.js';
import type {Change, CommitOptions, CommitOutcome, ReservationRequest} from './change.js';
import type {ChangeCursor, Changes} from './changes-since.js';
import type {DrainFile, DrainOutcome} from './drain.js';
import type {JournalFacts, KnownEnd} from './journal.js';
import type {Lease, LeaseClaim, LeaseName} from './lease.js';
import type {CommitHistory, JournalFiles, Maintenance} from './maintenance.js';
import type {
  DateRange,
  EventPage,
  ImportNote,
  NewStoreHeader,
  NodeMark,
  SearchRow,
  SessionDay,
  SessionDayMark,
  StoreCounters,
  StoredEvent,
  StoreHeader,
} from './shapes.js';

export type {NodeHistory, RemakeOptions, SalvageReport, StoreCare} from './care.js';
export type {Change, CommitOptions, CommitOutcome, Expectation, ReservationRequest} from './change.js';
export type {ChangeCursor, Changes} from './changes-since.js';
export type {DrainFile, DrainOutcome} from './drain.js';
export type {JournalFacts, StoreJournal} from './journal.js';
export type {Fence, Lease, LeaseClaim, LeaseHolder, LeaseName} from './lease.js';
export type {CommitHistory, CommitRecords, JournalFiles, JournalUpkeep, Maintenance} from './maintenance.js';
export type {
  DateRange,
  EventPage,
  ImportNote,
  NewStoreHeader,
  NodeMark,
  SearchRow,
  SessionDay,
  SessionDayMark,
  StoreCounters,
  StoredEvent,
  StoreHeader,
} from './shapes.js';

/** What a job's state becomes; the same value where nothing changes. It may be called more than once, and only the last call counts. */
export type JobStateUpdate = (state: unknown) => unknown;

/**
 * An open store: a consistent session, in which what is read fits together. Whether somebody else may write meanwhile is the store's own
 * affair, so a change that rests on what was read says so: by an expectation, a fence, or by being one operation of the store. Damage
 * is found as a value is read: STORE_DAMAGED names it. Lists are read to their end before they are returned.
 */
export interface Store {
  readonly header: StoreHeader;
  /** Values read and keys written since it was opened, for benchmarks and for `--json`. */
  readonly work: {readonly valuesRead: number; readonly keysWritten: number};
  /** Only of a store that lies in files. */
  readonly history?: CommitHistory;
  /** Only of a store that lies in files. */
  readonly care?: StoreCare;
  /** Only of a store with a journal beside it. */
  readonly journal?: JournalFacts | undefined;
  /** Only of a store that several homes write to: what was taken out of it and may stand in their journals, the oldest first. */
  readonly taken?: {readonly parts: number; since(parts: number): Promise<readonly TakenPart[]>} | undefined;

  counters(): Promise<StoreCounters>;
  /** Events by their ids, whatever their times; undefined for one that does not exist. */
  eventsOf(ids: readonly EventId[]): Promise<readonly (AgentEvent | undefined)[]>;
  /** The same events as they lie in the store. */
  recordsOf(ids: readonly EventId[]): Promise<readonly (StoredEvent | undefined)[]>;
  /** When events happened: as their ids say, but for ULIDs that came with another time. */
  eventTimes(ids: readonly EventId[]): Promise<readonly EpochMs[]>;
  /** Events from `start` (inclusive) to `end` (exclusive): at most `rows` of them or 4 MiB, but a millisecond's events always together. */
  events(start: EpochMs, end: EpochMs, rows?: number): Promise<EventPage>;

  sessionDays(range: DateRange): Promise<readonly SessionDay[]>;
  /** Their names alone, in the same order. */
  sessionDayNames(range: DateRange): Promise<readonly Pick<SessionDay, 'date' | 'sessionKey'>[]>;
  /** Many at once; undefined for one that does not exist. */
  sessionDaysOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDay | undefined)[]>;
  /** The first and the last date on which anything was recorded; undefined for an empty store. */
  dateSpan(): Promise<{readonly first: LocalDate; readonly last: LocalDate} | undefined>;
  /** In order of date; `newestFirst` turns that round. */
  sessionDayMarks(range: DateRange, options?: {limit?: number; newestFirst?: boolean}): Promise<readonly SessionDayMark[]>;
  /** Many at once; where many marks were removed this is faster than to ask for a range. */
  sessionDayMarksOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDayMark | undefined)[]>;
  /** The dates of marked session-days, in the order in which their marks are best removed. */
  markedDates(): Promise<readonly LocalDate[]>;

  /** In the order of ids. @param range of period parts, as in `pointers` */
  nodeMarks(tocLevel: PeriodLevel, range?: {from?: string | undefined; to?: string | undefined}): Promise<readonly NodeMark[]>;
  nodeMarksOf(ids: readonly PeriodId[]): Promise<readonly (NodeMark | undefined)[]>;
  /** Pointers to the latest versions, retracted ones too, whose id's period part lies in `[from, to)`, in the order of ids. */
  pointers(
    tocLevel: TocLevel,
    range: {from?: string | undefined; to?: string | undefined},
    limit?: number,
  ): Promise<readonly NodePointer[]>;
  pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]>;
  /** The latest versions. */
  nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]>;
  /** All versions that are kept, oldest first, node by node; an empty list for one that does not exist. */
  versionsOf(ids: readonly NodeId[]): Promise<readonly (readonly TocNode[])[]>;

  /** All tombstones, in the order of ids. */
  tombstones(): Promise<readonly Tombstone[]>;

  /** What calls of a model took on a day of the store's zone; undefined for nothing. */
  spentOn(date: LocalDate): Promise<Spending | undefined>;
  /** The retry list. */
  retries(): Promise<readonly Retry[]>;
  /** What jobs noted last; undefined for one that noted nothing. */
  jobStates(jobs: readonly string[]): Promise<readonly unknown[]>;
  /** All notes of a topic, in no order. */
  importNotes(topic: string): Promise<readonly ImportNote[]>;
  /**
   * Rows of the search index whose keys begin with `prefix`, in the order of keys. What is in them is the index's own affair.
   * @param bytes so many first bytes of each are wanted; default: all
   */
  searchRows(prefix: string, bytes?: number): Promise<readonly SearchRow[]>;
  /** Many at once; undefined for one that does not exist. */
  searchRowsOf(keys: readonly string[]): Promise<readonly (Buffer | undefined)[]>;

  /** Where the history stands now. To be asked for before what is to be kept up to date is read. */
  changeCursor(): Promise<ChangeCursor>;
  /** What was changed since. `too-old`: everything may have been, so read it all; a store may always answer so. */
  changesSince(cursor: ChangeCursor): Promise<Changes | 'too-old'>;

  /**
   * Takes events of the inbox over, as one synced commit: drops those that are known or were forgotten, stores the others, counts them in their
   * session-days, marks these. Draining the same batch again changes nothing but the number of duplicates.
   */
  drain(files: readonly DrainFile[], at: EpochMs, options?: {readonly isJournalled?: boolean}): Promise<readonly DrainOutcome[]>;
  /** Applies all changes or none. After any failure the session is over and every further call is refused. One at a time. */
  commit(changes: readonly Change[], at: EpochMs, options: CommitOptions): Promise<CommitOutcome>;
  /**
   * Books on a day what calls may take at most, synced, for each call that stays within the limits; who reserves at the same time shares
   * them. The ledger keeps it unless a `spend` gives a part back.
   * @returns for each call whether it got its reservation
   */
  reserve(date: LocalDate, request: ReservationRequest, at: EpochMs): Promise<readonly boolean[]>;
  /** Changes states of jobs in such a way that no other change of them gets lost. It writes nothing where none changes. */
  updateJobStates(jobs: ReadonlyMap<string, JobStateUpdate>, at: EpochMs, options: {sync: boolean}): Promise<void>;
}

/** A store that is made beside the present one, which nobody can open meanwhile. A kill leaves the present one, or the new one. */
export interface Remake {
  /** Undefined where there was no old one. */
  readonly salvage: SalvageReport | undefined;
  /** What of the old one's values is in the new one may be older than what was lost. */
  readonly isPatched: boolean;
  /** The new one. */
  readonly store: Store & {readonly care: StoreCare};
  /**
   * Takes lines of the journal over: events as a drain does, versions of nodes as they are, for which pointers follow with
   * `pointToNewest`. What is there stays as it is.
   * @returns how many were new
   */
  addLines(kind: JournalKind, lines: readonly string[]): Promise<number>;
  /** Points a node to its newest version, or nowhere where it has none. */
  pointToNewest(histories: readonly NodeHistory[]): Promise<void>;
  /**
   * Puts it in the place of the present one, synced.
   * @param ends how far the journal is in it; undefined where there is no journal yet
   * @returns where the present one is now; undefined where there was none
   */
  finish(ends: readonly KnownEnd[] | undefined): Promise<{readonly keptAt: string | undefined}>;
  /** Leaves the present one as it is. Does nothing after `finish`. */
  abandon(): Promise<void>;
}

/** What upkeep a store may do while its caller waits: nothing, something between two turns, or after the last turn as well. */
export type Upkeep = 'none' | 'between' | 'after';

/** Reads what a piece of work will read first, whatever the header says; see `StoreGate.inTurns`. */
export type ReadAhead = (reads: Pick<Store, 'nodeMarks' | 'pointers' | 'sessionDayMarks'>) => Promise<unknown>;

/** Opens the store for as long as one piece of work takes. */
export interface StoreGate {
  /** Where the memory is, for people: a folder, or the address of a database. */
  readonly location: string;
  /** Values read and keys written in all sessions through this gate so far. */
  readonly work: {readonly valuesRead: number; readonly keysWritten: number};
  /** Only where a journal stands beside the store. */
  readonly journalFiles?: JournalFiles | undefined;
  /** Only of a store that lies in files. */
  readonly maintenance?: Maintenance | undefined;
  /** Whether there is a store; it does not open it. */
  exists(): boolean;
  /** Another text after every change by anybody; it may differ where nothing changed. Empty when no store exists. It opens nothing. */
  changeStamp(): Promise<string>;
  /** Makes the store when it does not exist, whole or not at all. Another process that was faster is no error. */
  create(header: NewStoreHeader): Promise<void>;
  /**
   * Opens the store, calls `work`, closes the store. Two calls in one process come one after the other. Work must not wait for a
   * network, a person or a pipe, should take less than 250 ms, and must not call the gate: it would wait for itself.
   * @param upkeep default: `none`
   * @throws MemError NO_STORE; STORE_BUSY when it could not be had for `patienceMs` (0: tried once); STORE_DAMAGED; FORMAT_NEWER
   */
  use<T>(patienceMs: number, work: (store: Store) => Promise<T>, upkeep?: Upkeep): Promise<T>;
  /**
   * Does a long piece of work in turns. `work` yields where the store may be let go; once it was held for long it is closed there, others
   * get in, and the work goes on in a new session. What was read before a yield may have changed after it.
   * @param work asks for the open store again after each yield
   * @param ahead where each read is a round trip, it is brought along with the opening; it changes no result, and need not be called
   * @throws as `use`
   */
  inTurns<T>(patienceMs: number, work: (current: () => Store) => AsyncGenerator<void, T>, upkeep?: Upkeep, ahead?: ReadAhead): Promise<T>;
  /**
   * Begins a new store beside the present one: with all that can be read of that, past any damage, or empty. Until its end whoever opens
   * the present one finds it busy, and this gate's other calls wait.
   * @returns undefined where `headerOf` did
   * @throws MemError STORE_BUSY, FORMAT_NEWER, NOT_WRITTEN, IO_ERROR
   */
  remake?(options: RemakeOptions): Promise<Remake | undefined>;
  /** Lets others in. A caller that opens the store again and again awaits it between two sessions. */
  pause(): Promise<void>;
  /**
   * Takes a lease or says who has it; it does not wait for that. A holder that died has lost it.
   * @throws MemError NO_STORE, STORE_BUSY, NOT_WRITTEN, IO_ERROR
   */
  lease(name: LeaseName, claim: LeaseClaim): Promise<Lease>;
}
