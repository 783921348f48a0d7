import type {JobSettings} from '../domain/jobs/job.js';
import type {ModelSummarizer} from '../domain/model/model-summarizer.js';
import type {BudgetLimits} from '../domain/rollup/budget.js';
import type {SummarizerIdentity} from '../domain/toc/fingerprint.js';
import type {ProvisionalSummarizer} from '../domain/toc/provisional.js';
import type {Summarizer} from '../domain/toc/summary.js';
import type {Inbox} from '../inbox/inbox.js';
import type {Locks} from '../locks/locks.js';
import type {CronSlots, Scheduler} from '../scheduling/scheduler.js';
import type {StoreGate} from '../store/port/store.js';
import type {Clock} from '../system/clock.js';

/** Readers give up on a busy store after this long; jobs wait longer, an unasked drain does not wait at all. */
export const READER_PATIENCE_MS = 3_000;
export const JOB_PATIENCE_MS = 30_000;
/** A reader drains for at most this long before it reads. */
export const READER_DRAIN_MS = 300;
/** The store is not held longer than this at a stretch. */
export const HOLD_MS = 200;

/** What the operations work on, handed in by the composition root. */
export interface Mem {
  /** The folder that holds `inbox/`, `db/`, `locks/`. */
  readonly home: string;
  readonly store: StoreGate;
  readonly inbox: Inbox;
  readonly locks: Locks;
  readonly clock: Clock;
  /** What speaks against the folder the home lies in: a network or sync folder, another host's files. */
  readonly homeWarnings: () => readonly string[];
  /** Offline. It makes what is too short for a model, and stands in where a model fails. */
  readonly summarizer: Summarizer;
  /** Summarizes the rest, where one was configured. */
  readonly model: ModelSummarizer | undefined;
  /** What calls of the model may cost. */
  readonly budget: BudgetLimits;
  /** Makes what has no node yet, while somebody waits: at once and offline, whatever `summarizer` is. Most readings need none. */
  readonly provisional: () => Promise<ProvisionalSummarizer>;
  /** How long ago a period must have ended before it is rolled up. */
  readonly minAgeMs: number;
  /** How many versions of a node `compact` keeps; undefined for all. */
  readonly keepVersions: number | undefined;
  /** How many days a drained inbox file is kept; undefined for ever. */
  readonly inboxKeepDays: number | undefined;
  /** In the order of JOB_NAMES, as they are set; their cron expressions may be none. */
  readonly jobs: readonly JobSettings[];
  /** Loaded when it is first asked for: most wake-ups of a job do without. */
  readonly cronSlots: () => Promise<CronSlots>;
  readonly scheduler: () => Promise<Scheduler>;
}

/** The summarizer that the rollups are to use: nodes carry its fingerprint even where another one made them. */
export function wantedSummarizer({model, summarizer}: Pick<Mem, 'model' | 'summarizer'>): SummarizerIdentity {
  return model ?? summarizer;
}
