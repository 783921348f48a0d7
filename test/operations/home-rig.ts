import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {EpochMs} from '../../src/domain/event/event.js';
import {encodeEvent} from '../../src/domain/event/event-record.js';
import {parseLine} from '../../src/domain/event/parse/event-parse.js';
import {OWN_NAMES} from '../../src/domain/event/project-names.js';
import type {Redactor} from '../../src/domain/event/redactor.js';
import {type JobName, OPTIONAL_JOBS} from '../../src/domain/jobs/job.js';
import type {JobState} from '../../src/domain/jobs/job-state.js';
import {parseJobState} from '../../src/domain/jobs/parse-job-state.js';
import type {BudgetLimits, Spending} from '../../src/domain/rollup/budget.js';
import type {Retry} from '../../src/domain/rollup/retry.js';
import type {RollupOutcome} from '../../src/domain/rollup/rollup-step.js';
import type {NodePointer, SegmentFacts, TocNode} from '../../src/domain/toc/node.js';
import {type LocalDate, PERIOD_LEVELS, TOC_LEVELS} from '../../src/domain/toc/node-id.js';
import {CUTTING_RULES_VERSION} from '../../src/domain/toc/segment.js';
import {openSync} from '../../src/entries/sync.js';
import {openBells} from '../../src/inbox/bell-folder.js';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {openIntents} from '../../src/intents/intent-folder.js';
import {openJournal, openPeerNodes} from '../../src/journal/folder-journal.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {withDrainedStore} from '../../src/operations/access/drained-store.js';
import type {Mem} from '../../src/operations/mem.js';
import {type RollUpOptions, rollUp} from '../../src/operations/rollup/roll-up.js';
import type {JobOutcome} from '../../src/operations/schedule/job-outcome.js';
import {type RunJobsOptions, runJobs} from '../../src/operations/schedule/run-jobs.js';
import {checkPatterns} from '../../src/redact/own/check/check-patterns.js';
import {cronSlots} from '../../src/scheduling/cron/cron-slots.js';
import {loadSettings} from '../../src/settings/config.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {extractiveSummarizer} from '../../src/summarizers/extractive/extractive.js';
import {dropArrivals} from '../../src/sync/arrivals.js';
import {homeNotes} from '../../src/system/notes/home-notes.js';
import {filterRecalls} from '../../src/system/notes/recall-log.js';
import {randomBits} from '../../src/system/random-bits.js';
import {readOwnRules, writeOwnRules} from '../../src/system/redact-patterns.js';
import {redactor} from '../domain/event/ordinary.js';
import {markWords} from '../store/port/make-store.js';
import {noScheduler} from './schedule/no-scheduler.js';

/** The default limits, without prices. */
export const A_BUDGET: BudgetLimits = {
  maxCallsPerRun: 200,
  maxTokensPerRun: 1_000_000,
  maxCallsPerDay: 500,
  maxTokensPerDay: 2_000_000,
  maxUsdPerDay: undefined,
  prices: undefined,
};
/** None that a test could reach. */
export const MUCH_BUDGET: BudgetLimits = {
  ...A_BUDGET,
  maxCallsPerRun: 1e9,
  maxTokensPerRun: 1e12,
  maxCallsPerDay: 1e9,
  maxTokensPerDay: 1e12,
};

/** Events may be later than the clock of a rollup that a test puts into their midst. */
const FAR_AHEAD = Date.parse('2040-01-01T00:00:00Z') as EpochMs;

export type LineFields = Readonly<Record<string, unknown>>;

/** A line as an agent sends it. */
export function aLine(fields: LineFields = {}): LineFields {
  return {
    session_id: 's1',
    event_type: 'user_message',
    timestamp: '2024-01-15T12:00:00Z',
    text: 'We fixed the parser of the tide table today.',
    ...fields,
  };
}

/** A node of any TOC level, without what tells in which order they were made. */
type LatestNode = Omit<TocNode, 'version' | 'createdAt' | 'inputsSince'> & {readonly segment?: SegmentFacts; readonly replaces?: undefined};

/** A home in a temporary folder with the real store, inbox and locks, and a clock that stands where it is set. */
export class HomeRig {
  readonly home: string;
  /** Its parts may be put in others' place. */
  mem: Mem;
  now = Date.parse('2030-01-01T00:00:00Z') as EpochMs;

  /** @param parts a model and its budget; default: offline */
  constructor(parts: Partial<Pick<Mem, 'summarizer' | 'model' | 'budget'>> = {}, home = mkdtempSync(join(tmpdir(), 'mem-home-'))) {
    this.home = home;
    const locks = openLocks(this.home, () => this.now);
    const journal = openJournal(this.home);
    this.mem = {
      home: this.home,
      journal,
      peerNodes: openPeerNodes(this.home),
      store: openStoreGate(this.home, {
        journal,
        takeLock: (name, {trigger, job}) => locks.acquire(name, {trigger, ...(job && {job})}),
        markWords,
      }),
      inbox: openInbox({home: this.home, tz: 'UTC'}),
      locks,
      ...homeNotes(this.home),
      syncTargets: [],
      openSync: async () => openSync(this.home, {patterns: [], names: OWN_NAMES}),
      clock: () => this.now,
      ticks: () => this.now,
      redactor,
      upMs: () => Number.POSITIVE_INFINITY,
      homeWarnings: () => [],
      sourceAlarms: () => [],
      takeNews: async () => ({hasMore: false, problem: undefined}),
      summarizer: extractiveSummarizer,
      model: undefined,
      budget: A_BUDGET,
      provisional: async () => extractiveSummarizer,
      minAgeMs: 30 * 60_000,
      keepVersions: undefined,
      forgetting: {
        intents: openIntents(this.home),
        markWords,
        bells: openBells(this.home),
        filterRecalls: (isKept) => filterRecalls(this.home, isKept),
        dropArrivals: (which) => dropArrivals(this.home, which),
      },
      jobs: loadSettings({}, {}, '/nowhere').jobs.filter(({name}) => !OPTIONAL_JOBS.includes(name)),
      toolResultsAge: undefined,
      connected: [],
      projectNames: OWN_NAMES,
      ownRules: async () => ({
        wanted: [],
        check: checkPatterns,
        read: () => readOwnRules(this.home),
        write: (rules) => writeOwnRules(this.home, rules),
      }),
      openImport: async () => {
        throw new Error('nothing is connected');
      },
      cronSlots: async () => cronSlots,
      scheduler: async () => noScheduler,
      tellFailure: async () => {},
      ...parts,
    };
  }

  /** A home that somebody else made, to be read. It is theirs to remove. */
  static over(home: string): HomeRig {
    return new HomeRig({}, home);
  }

  async create(timeZone: string): Promise<void> {
    await this.mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: this.now, alarm: ''});
  }

  /** Writes lines to the inbox in one file and drains it. @param by redacts them, as the mem that took them in */
  async ingest(lines: readonly LineFields[], by: Redactor = redactor): Promise<{stored: number; duplicates: number}> {
    const records = lines.map((line) => {
      const parsed = parseLine(JSON.stringify(line), {arrivedAt: this.now, now: FAR_AHEAD, randomBits, countBefore: () => 0, redactor: by});
      if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
      return encodeEvent(parsed.event);
    });
    for (let at = 0; at < records.length; at += 2_000) this.mem.inbox.write(records.slice(at, at + 2_000), this.now);
    return this.drain();
  }

  drain(): Promise<{stored: number; duplicates: number}> {
    return withDrainedStore(this.mem, {patienceMs: 3_000, drainMs: 60_000}, async (_, drained) => drained);
  }

  async rollUp(options: RollUpOptions = {}, signal = new AbortController().signal): Promise<readonly RollupOutcome[]> {
    const outcomes: RollupOutcome[] = [];
    for await (const outcome of rollUp(this.mem, options, signal)) outcomes.push(outcome);
    return outcomes;
  }

  /** A wake-up by cron, unless it is said otherwise. */
  async wakeUp(which: RunJobsOptions['which'], over: Partial<RunJobsOptions> = {}): Promise<readonly JobOutcome[]> {
    const outcomes: JobOutcome[] = [];
    const usual = {
      trigger: 'cron',
      isNow: false,
      jitterMs: 0,
      random: 0,
      signal: new AbortController().signal,
      onOutcome: () => {},
    } as const;
    for await (const outcome of runJobs(this.mem, {...usual, which, ...over})) outcomes.push(outcome);
    return outcomes;
  }

  jobState(name: JobName): Promise<JobState> {
    return this.mem.store.use(3_000, async (store) => parseJobState((await store.jobStates([name]))[0], this.now));
  }

  pointers(): Promise<readonly NodePointer[]> {
    return this.mem.store.use(3_000, async (store) =>
      (await Promise.all(TOC_LEVELS.map((tocLevel) => store.pointers(tocLevel, {})))).flat(),
    );
  }

  /** The latest versions of all nodes that are not retracted, without what tells in which order they were made. */
  async latest(): Promise<readonly LatestNode[]> {
    const ids = (await this.pointers()).filter(({status}) => status === 'current').map(({id}) => id);
    const nodes = await this.mem.store.use(3_000, (store) => store.nodes(ids));
    return nodes.flatMap((node) => {
      if (node === undefined) return [];
      const {version: _, createdAt: __, inputsSince: ___, ...same} = node;
      return [{...same, replaces: undefined} as LatestNode];
    });
  }

  /** What the ledger says of a day; default: the clock's, in UTC. */
  spent(date = new Date(this.now).toISOString().slice(0, 10)): Promise<Spending | undefined> {
    return this.mem.store.use(3_000, (store) => store.spentOn(date as LocalDate));
  }

  retries(): Promise<readonly Retry[]> {
    return this.mem.store.use(3_000, (store) => store.retries());
  }

  async marks(): Promise<number> {
    return this.mem.store.use(3_000, async (store) => {
      const nodes = await Promise.all(PERIOD_LEVELS.map((tocLevel) => store.nodeMarks(tocLevel)));
      return nodes.flat().length + (await store.sessionDayMarks({})).length;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.home, {recursive: true, force: true});
  }
}
