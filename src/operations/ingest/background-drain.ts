import type {RejectedLine} from '../../domain/event/parse/rejection.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {DrainOptions, DrainReport} from '../access/drain.js';

const BULK_BYTES = 1024 * 1024;
const MANY_FILES = 256;
/** How long a requested drain waits for a busy store. */
const ASKED_PATIENCE_MS = 3_000;
/**
 * How many files of this call may wait while a drain runs. More would let the inbox grow during an import of a whole history. With 2 files,
 * an import spent a fifth of its time waiting for the drain's own waits: syncs, merges, letting others in.
 */
const AHEAD_FILES = 16;

export interface DrainCall extends Pick<DrainOptions, 'onFile'> {
  readonly patienceMs: number;
  readonly drainMs: number;
}

/** Drains the inbox into the store and makes the store if it does not exist; `busy` when another process holds it. */
export type Drain = (call: DrainCall) => Promise<DrainReport | 'busy'>;
export type LoadDrain = () => Promise<Drain>;

/** Decides when an ingest drains its files, drains while the ingest reads on, and counts the outcome of its own files. */
export class BackgroundDrain {
  readonly #inbox: Inbox;
  readonly #load: LoadDrain;
  readonly #onConflict: (line: RejectedLine) => void;
  /** Files of this call that may not be drained yet, and the number of events in each. */
  readonly #waiting = new Map<string, number>();
  #written = 0;
  #running: Promise<DrainReport | 'busy' | undefined> | undefined;
  #failed = false;
  stored = 0;
  duplicates = 0;
  conflicts = 0;
  /** Events in files that are gone from the inbox and were not drained here: another process drained them. */
  drainedElsewhere = 0;
  /** Why a drain failed. The ingest still succeeded: acknowledged events are in the inbox. */
  problem: unknown;

  constructor(inbox: Inbox, load: LoadDrain, onConflict: (line: RejectedLine) => void) {
    this.#inbox = inbox;
    this.#load = load;
    this.#onConflict = onConflict;
  }

  /** Call it for each file. It returns at once, or when the drain has caught up. */
  async wrote({name, bytes, events}: {name: string; bytes: number; events: number}): Promise<void> {
    this.#waiting.set(name, events);
    this.#written += bytes;
    if (this.#written < BULK_BYTES || this.#failed) return;
    this.#running ??= this.#start({patienceMs: 0, drainMs: Number.POSITIVE_INFINITY});
    if (this.#waiting.size > AHEAD_FILES) await this.settle();
  }

  /** @param isAsked true waits for the store and empties the inbox */
  async finish(isAsked: boolean): Promise<void> {
    await this.settle();
    if (this.#failed) return;
    if (isAsked) await this.#start({patienceMs: ASKED_PATIENCE_MS, drainMs: Number.POSITIVE_INFINITY});
    else if (this.#written >= BULK_BYTES) await this.#start({patienceMs: 0, drainMs: Number.POSITIVE_INFINITY});
    // An automatic drain is one batch: a hook must not pay for the whole backlog.
    else if (this.#waiting.size > 0 && this.#inbox.countUpTo(MANY_FILES) >= MANY_FILES) await this.#start({patienceMs: 0, drainMs: 0});
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.#running;
  }

  #start(call: DrainCall): Promise<DrainReport | 'busy' | undefined> {
    const running = this.#run(call).finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #run(call: DrainCall): Promise<DrainReport | 'busy' | undefined> {
    try {
      const drain = await this.#load();
      const report = await drain({...call, onFile: (outcome) => this.#count(outcome)});
      this.#countVanished();
      return report;
    } catch (error) {
      this.#failed = true;
      this.problem = error;
      return undefined;
    }
  }

  #countVanished(): void {
    if (this.#waiting.size === 0) return;
    const inInbox = new Set(this.#inbox.list().map(({name}) => name));
    for (const [name, events] of this.#waiting) {
      if (inInbox.has(name)) continue;
      this.#waiting.delete(name);
      this.drainedElsewhere += events;
    }
  }

  #count: NonNullable<DrainOptions['onFile']> = ({name, stored, duplicates, conflicts}) => {
    if (!this.#waiting.delete(name)) return;
    this.stored += stored;
    this.duplicates += duplicates;
    this.conflicts += conflicts.length;
    for (const conflict of conflicts) this.#onConflict(conflict);
  };
}
