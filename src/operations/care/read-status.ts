import type {EpochMs} from '../../domain/event/event.js';
import {JOB_NAMES} from '../../domain/jobs/job.js';
import {type BudgetLimits, NOTHING_SPENT, type Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import {Calendar} from '../../domain/time/period.js';
import type {LocalDate, TocLevel} from '../../domain/toc/node-id.js';
import {TOC_LEVELS} from '../../domain/toc/node-id.js';
import type {InboxFacts} from '../../inbox/inbox.js';
import type {LockHolder} from '../../locks/locks.js';
import type {Store, StoreCounters, StoreHeader} from '../../store/port/store.js';
import {alarmsOf} from '../access/alarms.js';
import {withDrainedStore} from '../access/drained-store.js';
import {type Mem, READER_DRAIN_MS, READER_PATIENCE_MS} from '../mem.js';
import {ROLLUP_JOB, type RollupCheckpoint} from '../rollup/commit/checkpoint.js';
import {jobAlarms} from '../schedule/job-alarms.js';
import {lookAtJobs} from '../schedule/look-at-jobs.js';
import {type JobStatus, statusesOf} from '../schedule/read-schedule.js';

export interface StoreStatus {
  readonly header: StoreHeader;
  readonly counters: StoreCounters & {readonly lastCommit: number};
  readonly span: {readonly first: LocalDate; readonly last: LocalDate} | undefined;
  /** What is marked: session-days under `segment`, nodes under their TOC level. */
  readonly marked: Readonly<Record<TocLevel, number>>;
  readonly lastRollup: RollupCheckpoint | undefined;
  /** None where no job was ever installed, run or paused. */
  readonly jobs: readonly JobStatus[];
  /** What calls of a model took today, a calendar day of the store's zone; what a killed run had reserved counts as spent. */
  readonly spentToday: Spending;
  readonly retries: RetryFacts;
}

/** The fallbacks for which the model is to be asked again. */
export interface RetryFacts {
  readonly waiting: number;
  /** When the first of them is due; undefined for none. */
  readonly nextAt: EpochMs | undefined;
}

export interface Status {
  readonly home: string;
  readonly now: EpochMs;
  /** What a person should look at, most pressing first; each says what to do. */
  readonly alarms: readonly string[];
  readonly inbox: InboxFacts;
  /** Undefined when there is none yet. */
  readonly store: StoreStatus | undefined;
  /** What calls of the model may cost; undefined when none is configured. */
  readonly budget: BudgetLimits | undefined;
  /** Who rolls up at this moment. */
  readonly runningRollup: LockHolder | undefined;
}

/** Says how mem is: alarms first. It drains what waits, as every reader does. @throws MemError STORE_BUSY, STORE_DAMAGED, FORMAT_NEWER */
export async function readStatus(mem: Mem): Promise<Status> {
  const before = mem.inbox.facts();
  const hasStore = mem.store.exists() || mem.inbox.oldestTimeZone() !== undefined;
  const lost = mem.store.maintenance?.lostStore();
  const read = hasStore && !lost ? await readStore(mem) : undefined;
  const inbox = mem.inbox.facts();
  const now = mem.clock();
  const alarms = [...inboxAlarms(inbox, before.hasUnseenBad || inbox.hasUnseenBad), ...(read?.alarms ?? []), ...mem.homeWarnings()];
  // What every read command says comes first; of bad lines this one says more than "see mem status".
  alarms.unshift(...alarmsOf(mem, {...inbox, hasUnseenBad: false}));
  if (lost) alarms.unshift(`${lost.message}; ${lost.hint}`);
  mem.inbox.noteStatusSeen(now);
  return {
    home: mem.home,
    now,
    alarms,
    inbox,
    store: read?.store,
    budget: mem.model && mem.budget,
    runningRollup: mem.locks.holder('rollup'),
  };
}

async function readStore(mem: Mem): Promise<{store: StoreStatus; alarms: readonly string[]}> {
  const {store, alarms, hasJobs} = await readOpenStore(mem);
  if (!hasJobs) return {store: {...store, jobs: []}, alarms};
  const look = await lookAtJobs(mem, {patienceMs: READER_PATIENCE_MS, drainMs: 0});
  // Not the scheduler itself: to ask it takes longer than all the rest.
  const jobs = await statusesOf(mem, look, ({state}) => state.installedAt !== undefined);
  return {store: {...store, jobs}, alarms: [...alarms, ...jobAlarms(jobs, new Calendar(store.header.timeZone))]};
}

async function readOpenStore(mem: Mem): Promise<{store: Omit<StoreStatus, 'jobs'>; alarms: readonly string[]; hasJobs: boolean}> {
  return withDrainedStore(mem, {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS}, async (store) => {
    const alarms: string[] = [];
    if (store.header.alarm !== '') alarms.push(store.header.alarm);
    alarms.push(...(await historyAlarms(store)));
    const marked: Record<TocLevel, number> = {year: 0, month: 0, week: 0, day: 0, segment: 0};
    for (const tocLevel of TOC_LEVELS) {
      marked[tocLevel] = (await (tocLevel === 'segment' ? store.sessionDayMarks({}) : store.nodeMarks(tocLevel))).length;
    }
    const [rollup, ...jobs] = await store.jobStates([ROLLUP_JOB, ...JOB_NAMES]);
    const hasJobs = jobs.some((state) => state !== undefined);
    const lastRollup = rollup as RollupCheckpoint | undefined;
    const counters = {...(await store.counters()), lastCommit: store.history?.lastCommit ?? 0};
    const today = new Calendar(store.header.timeZone).dateOf(mem.clock());
    const spentToday = (await store.spentOn(today)) ?? NOTHING_SPENT;
    const retries = retryFacts(await store.retries());
    const span = await store.dateSpan();
    return {store: {header: store.header, counters, span, marked, lastRollup, spentToday, retries}, alarms, hasJobs};
  });
}

/** A gap in the records of commits: a disk that was put back, or lost what it had said was written. */
async function historyAlarms({history}: Store): Promise<readonly string[]> {
  const {first, last, count} = (await history?.records()) ?? {first: 0, last: 0, count: 0};
  const missing = last - first + 1 - count;
  if (count === 0 || missing === 0) return [];
  return [`the store lost ${missing} of its last ${last - first + 1} commits: see "When the store is damaged" in the README`];
}

function retryFacts(retries: readonly Retry[]): RetryFacts {
  const due = retries.map(({dueAt}) => dueAt).sort((a, b) => a - b);
  return {waiting: due.length, nextAt: due[0]};
}

function inboxAlarms({badLines, newerFormatFiles, badLinesDropped, otherHosts}: InboxFacts, hasUnseenBad: boolean): readonly string[] {
  const alarms: string[] = [];
  if (hasUnseenBad) alarms.push(`bad lines came in since the last look: ${badLines} are kept in inbox/bad`);
  if (newerFormatFiles > 0)
    alarms.push(
      `written by a newer mem, waiting for it in the inbox: ${newerFormatFiles === 1 ? 'a file' : `${newerFormatFiles} files`}; update mem`,
    );
  if (badLinesDropped > 0)
    alarms.push(
      `inbox/bad was full, and ${badLinesDropped === 1 ? 'a bad line was' : `${badLinesDropped} bad lines were`} dropped: look at the others, then remove them`,
    );
  if (otherHosts.length > 0) alarms.push(`another machine (${otherHosts.join(', ')}) wrote into this home: use it from one machine only`);
  return alarms;
}
