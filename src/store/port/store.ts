import type {AgentEvent, EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import type {EventHead} from '../../domain/event/event-record.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, TocLevel} from '../../domain/toc/node-id.js';
import type {MemError} from '../../errors.js';

/** Said once when the store is made, and kept. */
export interface StoreHeader {
  readonly storeId: string;
  readonly formatVersion: number;
  readonly timeZone: string;
  /** The version of the cutting rules that its segments were made with. */
  readonly rulesVersion: number;
  readonly createdAt: EpochMs;
  /** What `mem status` should say of the store, e.g. that its writer's time zone was none; empty when there is nothing. */
  readonly alarm: string;
}

export interface StoreCounters {
  readonly events: number;
  /** Deliveries that were dropped because their event was here already. */
  readonly duplicates: number;
  /** The number of the last commit; 0 for none. */
  readonly lastCommit: number;
  /** How often the store was found below the witness: commits that had been on disk were gone. `compact` forgets it once no gap is left. */
  readonly holes: number;
  /** When the last event that is stored came in; 0 for never. */
  readonly lastIngestAt: EpochMs;
}

/** The events of one session in one day of the store's zone. */
export interface SessionDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly agent: string;
  readonly sessionId: string;
  readonly first: EpochMs;
  readonly last: EpochMs;
  readonly count: number;
}

export interface SessionDayMark {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  /** The number of the commit that set it. */
  readonly commit: number;
}

export interface NodeMark {
  readonly id: NodeId;
  readonly commit: number;
}

/** An event as it lies in the store: its head, and its bytes for `decodeEvent`. */
export interface StoredEvent {
  readonly head: EventHead;
  readonly record: Buffer;
}

/** Half-open, by local date; an undefined side is open. */
export interface DateRange {
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
}

export interface EventPage {
  /** In the one order of events. */
  readonly events: readonly StoredEvent[];
  /** Where the next page starts; undefined when this was the last. */
  readonly next: EpochMs | undefined;
}

/** A range of keys to compact. It stays good when the store is closed and opened again. */
export interface CompactionStep {
  readonly from: string;
  readonly to: string;
  /** On disk, about. */
  readonly bytes: number;
}

/** Which commits' records are kept (30 days). */
export interface CommitRecords {
  /** 0 when there is none, as `last`. */
  readonly first: number;
  readonly last: number;
  /** Less than last - first + 1 when commits are missing: the store has a hole. */
  readonly count: number;
  readonly records: readonly {readonly commit: number; readonly at: EpochMs}[];
}

/** What an import remembers of a thing by its name, e.g. how far a file was read. To lose it costs time, never events. */
export interface ImportNote {
  /** An agent, for its files; else what kind of thing it is. */
  readonly topic: string;
  readonly name: string;
  /** JSON, small. */
  readonly value: unknown;
}

/** One change of a commit. Marks that are set take the commit's number. */
export type Change =
  | {readonly kind: 'event'; readonly record: Buffer}
  | {readonly kind: 'session-day'; readonly sessionDay: SessionDay}
  | {readonly kind: 'no-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'mark-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'unmark-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'mark-node'; readonly id: NodeId}
  | {readonly kind: 'unmark-node'; readonly id: NodeId}
  /** Appends a version and points to it. Its version must be the one that follows the latest. */
  | {readonly kind: 'node'; readonly node: TocNode}
  /** Has the node made again even when its inputs are the same: no fingerprint equals the one it points with from now on. */
  | {readonly kind: 'redo-node'; readonly pointer: NodePointer}
  /** Takes back `redo-node`: points to the latest version as it was stored. */
  | {readonly kind: 'keep-node'; readonly node: TocNode}
  | {readonly kind: 'no-node-version'; readonly id: NodeId; readonly version: number}
  | {readonly kind: 'header'; readonly header: StoreHeader}
  | {readonly kind: 'counters'; readonly counters: Partial<Omit<StoreCounters, 'lastCommit'>>}
  /** What calls of a model took on a day in all, reserved or settled. */
  | {readonly kind: 'ledger'; readonly date: LocalDate; readonly spending: Spending}
  | {readonly kind: 'retry'; readonly retry: Retry}
  | {readonly kind: 'no-retry'; readonly id: NodeId}
  | {readonly kind: 'import-note'; readonly note: ImportNote}
  | {readonly kind: 'job-state'; readonly job: string; readonly state: unknown}
  | {readonly kind: 'no-commit-record'; readonly commit: number};

/**
 * The open store. It is held by this process alone until it is closed, so what is read stays true until then. Every value's checksum is
 * checked as it is read: STORE_DAMAGED names the key. Lists are read to their end before they are returned.
 */
export interface Store {
  readonly header: StoreHeader;
  readonly counters: StoreCounters;
  /** Values read and keys written since it was opened, for benchmarks and for `--json`. */
  readonly work: {readonly valuesRead: number; readonly keysWritten: number};
  /** The last commit's number was below the witness when it was opened, now or earlier: commits were lost. See also `commitRecords`. */
  readonly hasHole: boolean;

  /** For each event, the stored one with the same id, however it is found (by key or by alias); undefined when there is none or a tombstone says `forgotten`. */
  findSame(events: readonly EventHead[]): Promise<readonly (StoredEvent | 'forgotten' | undefined)[]>;
  /** An event by its id, whatever its time. */
  event(id: EventId): Promise<AgentEvent | undefined>;
  /** When events happened: as their ids say, but for ULIDs that came with another time. */
  eventTimes(ids: readonly EventId[]): Promise<readonly EpochMs[]>;
  /** Events from `start` (inclusive) to `end` (exclusive): at most `rows` of them or 4 MiB, but a millisecond's events always together. */
  events(start: EpochMs, end: EpochMs, rows?: number): Promise<EventPage>;

  sessionDays(range: DateRange): Promise<readonly SessionDay[]>;
  /** Many at once, undefined where there is none. */
  sessionDaysOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDay | undefined)[]>;
  /** The first and the last date on which anything was recorded; undefined for an empty store. */
  dateSpan(): Promise<{readonly first: LocalDate; readonly last: LocalDate} | undefined>;
  /** In order of date; `newestFirst` turns that round. */
  sessionDayMarks(range: DateRange, options?: {limit?: number; newestFirst?: boolean}): Promise<readonly SessionDayMark[]>;
  /** Many at once. To ask for a range instead is slow where many marks were removed: LevelDB steps over each of them to find its end. */
  sessionDayMarksOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDayMark | undefined)[]>;

  /** In the order of ids. @param range of period parts, as in `pointers` */
  nodeMarks(tocLevel: TocLevel, range?: {from?: string | undefined; to?: string | undefined}): Promise<readonly NodeMark[]>;
  nodeMarksOf(ids: readonly NodeId[]): Promise<readonly (NodeMark | undefined)[]>;
  /** Pointers to the latest versions, retracted ones too, whose id's period part lies in `[from, to)`, in the order of ids. */
  pointers(
    tocLevel: TocLevel,
    range: {from?: string | undefined; to?: string | undefined},
    limit?: number,
  ): Promise<readonly NodePointer[]>;
  pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]>;
  /** The latest versions. */
  nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]>;
  /** All versions that are kept, oldest first. */
  versions(id: NodeId): Promise<readonly TocNode[]>;

  /** What calls of a model took on a day of the store's zone; undefined for nothing. */
  spentOn(date: LocalDate): Promise<Spending | undefined>;
  /** The retry list. */
  retries(): Promise<readonly Retry[]>;
  jobState(job: string): Promise<unknown>;
  /** All notes of a topic, in no order. */
  importNotes(topic: string): Promise<readonly ImportNote[]>;
  commitRecords(): Promise<CommitRecords>;

  /**
   * Applies all changes or none; resolves to the commit's number. With `sync` they are on disk when it resolves. After any failure the
   * handle is closed and every further call is refused. One at a time.
   */
  commit(changes: readonly Change[], at: EpochMs, options: {sync: boolean}): Promise<number>;
  /** LevelDB has so many level-0 files, 8 or more, that it needs time to merge them: see `settle`. */
  readonly isUnsettled: boolean;
  /** Waits while LevelDB merges its level-0 files, if there are 8 or more: until fewer than 4 are left, but at most `maxMs` (250). For who works long, not for readers. */
  settle(maxMs?: number): Promise<void>;
  /** Removes what is left of marks that were removed: a reader steps over each of them. To be called when they were many. Only for jobs. */
  compactMarks(): Promise<void>;
  /** The parts in which the store is compacted; each takes less than 250 ms, so that the store can be let go between them. */
  compactionSteps(): Promise<readonly CompactionStep[]>;
  compact(step: CompactionStep): Promise<void>;
}

/** Opens the store for as long as one piece of work takes. */
export interface StoreGate {
  /** Values read and keys written in all openings through this gate so far. */
  readonly work: {readonly valuesRead: number; readonly keysWritten: number};
  /** Whether the store was, in the last opening through this gate; see `Store.hasHole`. */
  readonly hasHole: boolean;
  /** Whether there is a store; it does not open it. */
  exists(): boolean;
  /** Another text after every opening by whomever: LevelDB writes `CURRENT` anew each time. Empty where there is no store. Costs one stat. */
  changeStamp(): string;
  /** What is wrong where there is no store but traces of one; undefined otherwise. It opens nothing. */
  lostStore(): MemError | undefined;
  /** Makes the store of a home that has none, in a temporary folder that is then renamed. Another process that was faster is no error. */
  create(header: Omit<StoreHeader, 'storeId' | 'formatVersion'>): Promise<void>;
  /**
   * Opens the store, calls `work`, closes the store. Two calls in one process come one after the other. Work must not wait for a
   * network, a person or a pipe, should take less than 250 ms, and must not call `use` or `create`: it would wait for itself.
   * @throws MemError NO_STORE; STORE_BUSY when another process held it for `patienceMs` (0: tried once); STORE_DAMAGED; FORMAT_NEWER
   */
  use<T>(patienceMs: number, work: (store: Store) => Promise<T>): Promise<T>;
}
