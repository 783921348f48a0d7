import type {RejectedLine} from '../../domain/event/rejection.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {DrainOptions, DrainReport} from '../access/drain.js';

const BULK_BYTES = 1024 * 1024;
const MANY_FILES = 256;
/** Whoever asks for the drain waits for a busy store for up to this long. */
const ASKED_PATIENCE_MS = 3_000;
/**
 * Files of this call that may wait while a drain is under way: the inbox must not grow while a whole history is imported. With 2 of them
 * an import waited a fifth of its time for what the drain waits for: syncs, merges, letting others in.
 */
const AHEAD_FILES = 16;

export interface DrainCall extends Pick<DrainOptions, 'onFile'> {
  readonly patienceMs: number;
  readonly drainMs: number;
}

/** Drains the inbox into the store, which it makes if need be; `busy` when somebody else has it. */
export type Drain = (call: DrainCall) => Promise<DrainReport | 'busy'>;
export type LoadDrain = () => Promise<Drain>;

/** Decides when an ingest drains what it wrote, does it beside the reading, and counts what became of its own files. */
export class BackgroundDrain {
  readonly #inbox: Inbox;
  readonly #load: LoadDrain;
  readonly #onConflict: (line: RejectedLine) => void;
  /** This call's files that are not known to be drained, and how many events each has. */
  readonly #waiting = new Map<string, number>();
  #written = 0;
  #running: Promise<DrainReport | 'busy' | undefined> | undefined;
  #failed = false;
  stored = 0;
  duplicates = 0;
  conflicts = 0;
  /** Events of files that are gone from the inbox and were not drained here: another process did it. */
  drainedElsewhere = 0;
  /** Why a drain failed. It is no failure of the ingest: what was acknowledged is in the inbox. */
  problem: unknown;

  constructor(inbox: Inbox, load: LoadDrain, onConflict: (line: RejectedLine) => void) {
    this.#inbox = inbox;
    this.#load = load;
    this.#onConflict = onConflict;
  }

  /** To be told of each file. Returns at once, or when the drain has caught up. */
  async wrote({name, bytes, events}: {name: string; bytes: number; events: number}): Promise<void> {
    this.#waiting.set(name, events);
    this.#written += bytes;
    if (this.#written < BULK_BYTES || this.#failed) return;
    this.#running ??= this.#start({patienceMs: 0, drainMs: Number.POSITIVE_INFINITY});
    if (this.#waiting.size > AHEAD_FILES) await this.settle();
  }

  /** @param isAsked the store is waited for, and the inbox emptied */
  async finish(isAsked: boolean): Promise<void> {
    await this.settle();
    if (this.#failed) return;
    if (isAsked) await this.#start({patienceMs: ASKED_PATIENCE_MS, drainMs: Number.POSITIVE_INFINITY});
    else if (this.#written >= BULK_BYTES) await this.#start({patienceMs: 0, drainMs: Number.POSITIVE_INFINITY});
    // Unasked it is one batch: a hook must not pay for the whole backlog.
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
