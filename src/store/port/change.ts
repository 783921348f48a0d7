import type {TakenPart} from '../../domain/care/taken-part.js';
import type {Activity} from '../../domain/event/activity.js';
import type {EpochMs, SessionKey} from '../../domain/event/event.js';
import type {Tombstone} from '../../domain/event/tombstone.js';
import type {BudgetLimits, Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, PeriodId} from '../../domain/toc/node-id.js';
import type {ChangeCursor} from './changes-since.js';
import type {Fence} from './lease.js';
import type {ImportNote, NodeMark, SessionDay, SessionDayMark} from './shapes.js';

/**
 * One change of a commit. Sums are changed by what is added to them, never by a total that was read before: another writer may have
 * changed it since. Marks that are set take a token of the commit's own.
 */
export type Change =
  /** Puts an event, or another record of it in the place of the one that is there. */
  | {readonly kind: 'event'; readonly record: Buffer}
  /** Takes an event out, with its aliases; nothing where it does not exist. What its session-day counts is the caller's affair. */
  | {readonly kind: 'no-event'; readonly record: Buffer}
  /** From now on a drain drops what it names. It stays for ever. */
  | {readonly kind: 'tombstone'; readonly tombstone: Tombstone}
  /** Adds `count` events between `first` and `last` to a session-day, or makes it. */
  | {readonly kind: 'session-day-add'; readonly sessionDay: SessionDay}
  /** What was counted of a session-day; it goes with the next `session-day-add`. Nothing where the session-day does not exist. */
  | {readonly kind: 'session-day-activity'; readonly date: LocalDate; readonly sessionKey: SessionKey; readonly activity: Activity}
  | {readonly kind: 'no-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'mark-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'unmark-session-day'; readonly date: LocalDate; readonly sessionKey: SessionKey}
  | {readonly kind: 'mark-node'; readonly id: PeriodId}
  | {readonly kind: 'unmark-node'; readonly id: PeriodId}
  /** Appends a version and points to it. Its version must be the one that follows the latest. */
  | {readonly kind: 'node'; readonly node: TocNode}
  /** Has the node made again even when its inputs are the same: no fingerprint equals the one it points with from now on. */
  | {readonly kind: 'redo-node'; readonly pointer: Pick<NodePointer, 'id'>}
  /** Takes back `redo-node`: points to the latest version as it was stored. */
  | {readonly kind: 'keep-node'; readonly node: TocNode}
  | {readonly kind: 'no-node-version'; readonly id: NodeId; readonly version: number}
  /** Takes out all versions of a node, its mark, and its place on the retry list. Versions begin at 1 again. */
  | {readonly kind: 'no-node'; readonly id: NodeId}
  /** The alarm that the store was created with goes: it was about its zone. */
  | {readonly kind: 'time-zone'; readonly timeZone: string}
  /** Of the cutting rules that its segments are made by. */
  | {readonly kind: 'rules-version'; readonly rulesVersion: number}
  /** Added to the counters; of `lastIngestAt` the later one stays: see `lastIngestAfter`. */
  | {readonly kind: 'count'; readonly events: number; readonly duplicates: number; readonly lastIngestAt: EpochMs}
  /** Added to what calls of a model took on a day; a part that is less than was reserved is negative. */
  | {readonly kind: 'spend'; readonly date: LocalDate; readonly added: Spending}
  | {readonly kind: 'retry'; readonly retry: Retry}
  | {readonly kind: 'no-retry'; readonly id: NodeId}
  | {readonly kind: 'import-note'; readonly note: ImportNote}
  /** For the other homes on the same store, whose journals still have it. A store of one home has no use for it. */
  | {readonly kind: 'taken-part'; readonly part: TakenPart}
  /** Puts a row of the search index, or takes it out. */
  | {readonly kind: 'search-row'; readonly key: string; readonly row: Buffer | undefined}
  /** Replaces a job's state. Only for who holds the lease that the job runs under: see `Store.updateJobStates`. */
  | {readonly kind: 'job-state'; readonly job: string; readonly state: unknown};

/** What a commit was made on. What it names must be so when it is applied, else nothing is. */
export interface Expectation {
  /** Marks that are still there, with the same token. */
  readonly sessionDayMarks?: readonly SessionDayMark[];
  readonly nodeMarks?: readonly NodeMark[];
  /** Nothing at all was committed since. */
  readonly unchangedSince?: ChangeCursor;
}

export interface CommitOptions {
  /** On disk when the commit resolves. */
  readonly sync: boolean;
  readonly expect?: Expectation;
  /** Its events and nodes stand in the journal already: they are not appended to it. */
  readonly isJournalled?: boolean;
  /** Of the lease that the work is done under. */
  readonly fence?: Fence;
}

/** `stale` and `fenced`: nothing was changed. */
export type CommitOutcome =
  | {readonly kind: 'done'}
  /** The part of the expectation that no longer holds. */
  | {readonly kind: 'stale'; readonly stale: Expectation}
  /** The lease has been given to somebody else since. */
  | {readonly kind: 'fenced'};

/** What calls of a model ask for before they are made. */
export interface ReservationRequest {
  /** In the order in which they are to get it where not all can. */
  readonly asked: readonly Spending[];
  readonly limits: BudgetLimits;
  /** What the run has spent and reserved so far. */
  readonly run: Spending;
  /** What calls that ended took more or less than was booked; added first, in the same step. */
  readonly settled: readonly {readonly date: LocalDate; readonly added: Spending}[];
}
