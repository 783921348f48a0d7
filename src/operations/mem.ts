import type {BackupNotes} from '../domain/care/last-backup.js';
import type {CheckNotes} from '../domain/care/last-check.js';
import type {SyncNotes} from '../domain/care/last-syncs.js';
import type {TakenNotes} from '../domain/care/taken-part.js';
import type {ProjectNames} from '../domain/event/project-names.js';
import type {OwnRule, Redactor} from '../domain/event/redactor.js';
import type {JobName, JobSettings} from '../domain/jobs/job.js';
import type {ModelSummarizer} from '../domain/model/model-summarizer.js';
import type {BudgetLimits} from '../domain/rollup/budget.js';
import type {SummarizerIdentity} from '../domain/toc/fingerprint.js';
import type {ProvisionalSummarizer} from '../domain/toc/provisional.js';
import type {Summarizer} from '../domain/toc/summary.js';
import type {Inbox} from '../inbox/inbox.js';
import type {Journal} from '../journal/journal.js';
import type {Locks} from '../locks/locks.js';
import type {CronSlots, Scheduler} from '../scheduling/scheduler.js';
import type {StoreGate} from '../store/port/store.js';
import type {Clock, Ticks} from '../system/clock.js';
import type {ForgetParts} from './forget/parts.js';
import type {SessionDayThread, ThreadSetup} from './rollup/thread/session-day-thread.js';
import type {BellDeps} from './sources/import-deps.js';
import type {SyncParts} from './sync/sync-parts.js';

/** Readers wait this long for a busy store. Jobs wait longer; an automatic drain does not wait at all. */
export const READER_PATIENCE_MS = 3_000;
export const JOB_PATIENCE_MS = 30_000;
/** A reader drains for at most this long before it reads. */
export const READER_DRAIN_MS = 300;
export const READER_LIMITS = {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS};
/** The longest time to hold the store without a break. */
export const HOLD_MS = 200;

export interface OwnRules {
  /** The setting, which somebody may have changed by hand. */
  readonly wanted: readonly string[];
  /** Names each pattern. @throws MemError CONFIG_INVALID for one that a text could keep busy for long, or that finds nearly everything */
  readonly check: (patterns: readonly string[]) => readonly OwnRule[];
  readonly read: () => {readonly rules: readonly OwnRule[]; readonly fault: string | undefined};
  /** @throws MemError NOT_WRITTEN, IO_ERROR */
  readonly write: (rules: readonly OwnRule[]) => void;
}

/** What came of taking in what agents wrote since. */
export interface NewsOutcome {
  /** Not all of it is in: it was too much, or another process is reading it. */
  readonly hasMore: boolean;
  /** Why some of it could not be read. */
  readonly problem: string | undefined;
}

/** Everything that the operations work on, handed in by the composition root. */
export interface Mem {
  /** The folder that holds `inbox/`, `db/`, `locks/`. */
  readonly home: string;
  readonly store: StoreGate;
  readonly inbox: Inbox;
  readonly journal: Journal;
  /** Nodes for which a model was paid on another machine, as they came from there. It may be lost: they are fetched again, or made. */
  readonly peerNodes: Pick<Journal, 'list' | 'read'>;
  readonly locks: Locks;
  /** What a check found last. */
  readonly checkNotes: CheckNotes;
  /** How far the home's journal is rid of what was taken out of a store of several homes. */
  readonly takenNotes: TakenNotes;
  readonly backupNotes: BackupNotes;
  /** What became of the last exchanges with peers. */
  readonly syncNotes: SyncNotes;
  readonly clock: Clock;
  /** Bounds durations. */
  readonly ticks: Ticks;
  /** Replaces secrets in what is written for others. */
  readonly redactor: Redactor;
  /** For how long the machine has been on, in ms. */
  readonly upMs: () => number;
  /** Warnings about the home's folder: a network or sync folder, files of another host. */
  readonly homeWarnings: () => readonly string[];
  /** Conversations of agents that do not come in: by a few stats, for every command. */
  readonly sourceAlarms: () => readonly string[];
  /** Takes in what connected agents wrote since, for a command that reads: by a few stats where they wrote nothing. It never fails. */
  readonly takeNews: () => Promise<NewsOutcome>;
  /** Works offline. It summarizes what is too short for a model, and replaces a failing model. */
  readonly summarizer: Summarizer;
  /** Starts a thread that makes segments as `summarizer` does, where there is a core for it. Only a large rollup asks for it. */
  readonly startThread?: (setup: ThreadSetup) => SessionDayThread | undefined;
  /** Summarizes the rest, if a model is configured. */
  readonly model: ModelSummarizer | undefined;
  /** The limits for calls of the model. */
  readonly budget: BudgetLimits;
  /** Makes what has no node yet, while somebody waits: at once and offline, whatever `summarizer` is. Most readings need none. */
  readonly provisional: () => Promise<ProvisionalSummarizer>;
  /** How long ago a period must have ended before it is rolled up. */
  readonly minAgeMs: number;
  /** How many versions of a node `compact` keeps; undefined for all. */
  readonly keepVersions: number | undefined;
  /** How old tool results get before they are emptied, as it is set and in ms; undefined: they keep their texts. */
  readonly toolResultsAge: {readonly text: string; readonly ms: number} | undefined;
  /** What only forgetting needs. */
  readonly forgetting: ForgetParts;
  /** In the order of JOB_NAMES, as they are set; `import` only where an agent is connected, `sync` where a peer is set, `retention` where an age is. Their cron expressions may be invalid. */
  readonly jobs: readonly JobSettings[];
  /** The agents that are read without being named. */
  readonly connected: readonly string[];
  /** Whatever shows events and nodes gives their projects these names. */
  readonly projectNames: ProjectNames;
  /** The user's own rules for secrets, which an ingest applies as the home holds them. Their check is loaded on first use. */
  readonly ownRules: () => Promise<OwnRules>;
  /** What an import works on, loaded on first use. */
  readonly openImport: () => Promise<BellDeps>;
  /** With whom the job `sync` exchanges: absolute paths of folders, and addresses. */
  readonly syncTargets: readonly string[];
  readonly openSync: () => Promise<SyncParts>;
  /** Loaded on first use: most wake-ups of a job do not need it. */
  readonly cronSlots: () => Promise<CronSlots>;
  readonly scheduler: () => Promise<Scheduler>;
  /** Runs the command that is set for a job that failed, if one is set. Its own failure goes to stderr. */
  readonly tellFailure: (job: JobName, error: {readonly code: string; readonly message: string}) => Promise<void>;
}

/** The summarizer that the rollups should use. Nodes carry its fingerprint even if another one made them. */
export function wantedSummarizer({model, summarizer}: Pick<Mem, 'model' | 'summarizer'>): SummarizerIdentity {
  return model ?? summarizer;
}
