import type {PeerSyncs} from '../../domain/care/last-syncs.js';
import type {EpochMs} from '../../domain/event/event.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';
import type {JobsLook} from '../../domain/jobs/job-look.js';
import {type BudgetLimits, NOTHING_SPENT, type Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import type {LocalDate, TocLevel} from '../../domain/toc/node-id.js';
import {PERIOD_LEVELS} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import type {InboxFacts} from '../../inbox/inbox.js';
import type {LockHolder} from '../../locks/locks.js';
import type {JournalFacts} from '../../store/port/journal.js';
import type {Store, StoreCounters, StoreHeader} from '../../store/port/store.js';
import {alarmsOf} from '../access/alarms.js';
import {readDrained} from '../access/drained-store.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {parseCheckpoint, ROLLUP_JOB, type RollupCheckpoint} from '../rollup/commit/checkpoint.js';
import {withValidCrons} from '../schedule/check-jobs.js';
import {jobAlarms} from '../schedule/job-alarms.js';
import {lookAtJobs} from '../schedule/look-at-jobs.js';
import {type JobStatus, statusesOf} from '../schedule/read-schedule.js';
import {entryTroubles} from '../schedule/schedule-troubles.js';
import {readPeerSyncs} from '../sync/peer-outcomes.js';
import type {OldFiles} from './backfill-journal.js';

export interface StoreStatus {
  readonly header: StoreHeader;
  readonly counters: StoreCounters & {readonly lastCommit: number};
  readonly span: {readonly first: LocalDate; readonly last: LocalDate} | undefined;
  /** The marks: session-days under `segment`, nodes under their TOC level. */
  readonly marked: Readonly<Record<TocLevel, number>>;
  readonly lastRollup: RollupCheckpoint | undefined;
  /** Empty if no job was ever installed, run or paused. */
  readonly jobs: readonly JobStatus[];
  /** What calls of a model took today, a calendar day of the store's zone. Reservations of killed runs count as spent. */
  readonly spentToday: Spending;
  readonly retries: RetryFacts;
}

/** The fallbacks whose model is asked again later. */
export interface RetryFacts {
  readonly waiting: number;
  /** When the first of them is due; undefined when none waits. */
  readonly nextAt: EpochMs | undefined;
}

export interface JournalStatus {
  readonly files: number;
  readonly bytes: number;
  /** What stands among them and does not belong there. */
  readonly refused: readonly {readonly path: string; readonly reason: string}[];
  /** How much of what was stored before there was a journal stands in it; undefined when all does, or the store was not read. */
  readonly backfill: JournalFacts['backfill'];
  /** Since when it lacks events that it had. */
  readonly shortSince: EpochMs | undefined;
  /** Drained inbox files that an older mem kept, until then. */
  readonly oldFiles: OldFiles;
}

export interface Status {
  readonly home: string;
  /** Where the memory is: a folder, or the address of a database. */
  readonly location: string;
  readonly isDatabase: boolean;
  readonly now: EpochMs;
  /** What a person should check, the most pressing first. Each alarm says what to do. */
  readonly alarms: readonly string[];
  readonly inbox: InboxFacts;
  readonly journal: JournalStatus;
  /** Undefined when the store does not exist yet, or cannot be read. */
  readonly store: StoreStatus | undefined;
  /** Why the store cannot be read. All else is known without it. */
  readonly storeFault: MemError | undefined;
  /** What calls of the model may cost; undefined when none is configured. */
  readonly budget: BudgetLimits | undefined;
  /** Who is rolling up now. */
  readonly runningRollup: LockHolder | undefined;
  /** Who is compacting now. */
  readonly runningCompaction: LockHolder | undefined;
  /** What became of the exchanges with each peer; of a memory in a database there are none. */
  readonly syncs: readonly PeerSyncs[];
}

/**
 * Says how mem is: alarms first. It drains what waits, as every reader does. A store that is busy or damaged does not hide the rest.
 * @param settingFaults of settings that have their default instead
 */
export async function readStatus(mem: Mem, settingFaults: readonly MemError[] = []): Promise<Status> {
  const before = mem.inbox.facts(mem.clock());
  const hasStore = mem.store.exists() || mem.inbox.oldestTimeZone() !== undefined;
  const lost = mem.store.maintenance?.lostStore();
  const read = hasStore && !lost ? await readStore(mem).catch(asFault) : undefined;
  const now = mem.clock();
  const inbox = mem.inbox.facts(now);
  const alarms = [...inboxAlarms(inbox, before.hasUnseenBad || inbox.hasUnseenBad), ...(read?.alarms ?? []), ...mem.homeWarnings()];
  // The alarms of every reading command come first. About bad lines this command says more than "see mem status".
  alarms.unshift(...alarmsOf(mem, {...inbox, hasUnseenBad: false}));
  alarms.unshift(...checkAlarms(mem), ...settingFaults.map(settingAlarm));
  if (lost) alarms.unshift(`${lost.message}; ${lost.hint}`);
  mem.inbox.noteStatusSeen(now);
  return {
    home: mem.home,
    location: mem.store.location,
    isDatabase: mem.store.maintenance === undefined,
    now,
    alarms,
    inbox,
    journal: journalFacts(mem),
    store: read?.store,
    storeFault: read?.fault,
    budget: mem.model && mem.budget,
    runningRollup: mem.locks.holder('rollup'),
    runningCompaction: mem.locks.holder('compact'),
    syncs: mem.store.maintenance === undefined ? [] : readPeerSyncs(mem),
  };
}

function checkAlarms({checkNotes}: Mem): readonly string[] {
  const last = checkNotes.read();
  if (last === undefined || last.faults === 0) return [];
  return [`the last check found ${last.faults === 1 ? 'a fault' : `${last.faults} faults`}: ${last.first}; run: ${last.cure}`];
}

/** A fault of the settings, as an alarm. */
export function settingAlarm({message, hint}: MemError): string {
  return `${message}: the default is used; ${hint ?? 'see: mem config'}`;
}

interface StoreReading {
  readonly store?: StoreStatus;
  readonly fault?: MemError;
  readonly alarms: readonly string[];
}

function asFault(error: unknown): StoreReading {
  if (error instanceof MemError) return {fault: error, alarms: []};
  throw error;
}

async function readStore(mem: Mem): Promise<StoreReading> {
  const {store, alarms, hasJobs} = await readOpenStore(mem);
  if (!hasJobs) return {store: {...store, jobs: []}, alarms};
  const {look, faults} = await lookAnyway(mem);
  const jobs = await statusesOf(mem, look, ({state}) => state.installedAt !== undefined);
  const entries = await entryAlarms(mem, look);
  return {
    store: {...store, jobs},
    alarms: [...faults.map(settingAlarm), ...alarms, ...entries, ...jobAlarms(jobs, new Calendar(store.header.timeZone))],
  };
}

/** The scheduler is asked only where something is installed: that takes longer than everything else. */
async function entryAlarms(mem: Mem, {jobs, now}: JobsLook): Promise<readonly string[]> {
  if (jobs.every(({state}) => state.installedAt === undefined)) return [];
  try {
    const installed = await (await mem.scheduler()).inspect({home: mem.home, jobs: jobs.map(({job}) => job), now});
    return entryTroubles(jobs, installed);
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return [`the scheduler cannot be asked: ${error.message}; ${error.hint ?? 'see: mem schedule status'}`];
  }
}

/** A cron expression that is invalid does not hide the jobs. */
async function lookAnyway(mem: Mem): Promise<{look: JobsLook; faults: readonly MemError[]}> {
  const options = {patienceMs: READER_PATIENCE_MS, drainMs: 0};
  try {
    return {look: await lookAtJobs(mem, options), faults: []};
  } catch (error) {
    if (!(error instanceof MemError) || error.code !== 'CONFIG_INVALID') throw error;
    const {mem: valid, faults} = await withValidCrons(mem);
    return {look: await lookAtJobs(valid, options), faults};
  }
}

async function readOpenStore(mem: Mem): Promise<{store: Omit<StoreStatus, 'jobs'>; alarms: readonly string[]; hasJobs: boolean}> {
  return readDrained(mem, async (store) => {
    const alarms: string[] = [];
    if (store.header.alarm !== '') alarms.push(store.header.alarm);
    const today = new Calendar(store.header.timeZone).dateOf(mem.clock());
    // At once: where the store is behind a network, it is one round trip.
    const [days, nodes, [rollup, ...jobs], span, spent, dueRetries] = await Promise.all([
      store.sessionDayMarks({}),
      Promise.all(PERIOD_LEVELS.map(async (tocLevel) => [tocLevel, (await store.nodeMarks(tocLevel)).length] as const)),
      store.jobStates([ROLLUP_JOB, ...JOB_NAMES]),
      store.dateSpan(),
      store.spentOn(today),
      store.retries(),
    ]);
    const marked: Record<TocLevel, number> = {year: 0, month: 0, week: 0, day: 0, segment: days.length};
    for (const [tocLevel, count] of nodes) marked[tocLevel] = count;
    const hasJobs = jobs.some((state) => state !== undefined);
    const lastRollup = rollup === undefined ? undefined : parseCheckpoint(rollup);
    const {events, ...counted} = await store.counters();
    const counters = {...counted, events: events - (await countSuperseded(store, span)), lastCommit: store.history?.lastCommit ?? 0};
    const spentToday = spent ?? NOTHING_SPENT;
    const retries = retryFacts(dueRetries);
    return {store: {header: store.header, counters, span, marked, lastRollup, spentToday, retries}, alarms, hasJobs};
  });
}

/** How many of the stored events are superseded, as far as rollups have read them. */
async function countSuperseded(store: Store, span: StoreStatus['span']): Promise<number> {
  if (span === undefined) return 0;
  const days = await store.sessionDays({from: span.first, to: addDays(span.last, 1)});
  return days.reduce((sum, {count, activity}) => sum + (activity === undefined ? 0 : count - activity.events), 0);
}

function journalFacts({journal, store, inbox}: Mem): JournalStatus {
  const {files, refused} = journal.list();
  const {backfill, shortSince} = store.maintenance?.journal?.facts ?? {};
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {files: files.length, bytes, refused, backfill, shortSince, oldFiles: inbox.oldFiles()};
}

function retryFacts(retries: readonly Retry[]): RetryFacts {
  const due = retries.map(({dueAt}) => dueAt).sort((a, b) => a - b);
  return {waiting: due.length, nextAt: due[0]};
}

function inboxAlarms({badLines, newerFormatFiles, badLinesDropped, otherHosts}: InboxFacts, hasUnseenBad: boolean): readonly string[] {
  const alarms: string[] = [];
  if (hasUnseenBad) alarms.push(`new bad lines since the last mem status: ${badLines} are kept in inbox/bad`);
  if (newerFormatFiles > 0)
    alarms.push(
      `${newerFormatFiles === 1 ? 'a file' : `${newerFormatFiles} files`} of a newer mem ${newerFormatFiles === 1 ? 'waits' : 'wait'} in the inbox: update mem`,
    );
  if (badLinesDropped > 0)
    alarms.push(
      `inbox/bad was full, and ${badLinesDropped === 1 ? 'a bad line was' : `${badLinesDropped} bad lines were`} dropped: check the others, then remove them`,
    );
  if (otherHosts.length > 0) alarms.push(`another machine (${otherHosts.join(', ')}) wrote into this home: use it from one machine only`);
  return alarms;
}
