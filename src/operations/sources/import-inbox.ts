import type {NewEvent} from '../../domain/event/event-record.js';
import type {ImportNote} from '../../store/port/store.js';
import type {FileOutcome} from '../access/drain.js';
import {withDrainedStore} from '../access/drained-store.js';
import {Chunk} from '../ingest/chunk.js';
import {JOB_PATIENCE_MS} from '../mem.js';
import type {ImportDeps} from './import-deps.js';

const BLOCK_BYTES = 1024 * 1024;
/**
 * So many files wait in the inbox before a drain begins; each has 2 MiB. Each opening of the store checks and replays what the one before
 * wrote: with 2 files a drain, an import took a tenth more processor time.
 */
const FILES_PER_DRAIN = 8;
/** So many may wait while one runs. Without any ahead, half of an import's time went by waiting for the disk. */
const FILES_AHEAD = 24;

/**
 * Takes the events of an import to the inbox, then to the store. What is to be remembered is kept only behind the events that it stands
 * for: a kill in between reads them again, and they are dropped by their ids.
 */
export class ImportInbox {
  readonly #mem: ImportDeps;
  readonly #chunk = new Chunk(BLOCK_BYTES);
  /** Stands for events that may still be in the chunk. */
  #notes = new Map<string, ImportNote>();
  /** Stands for events in the inbox or the store. */
  readonly #safeNotes = new Map<string, ImportNote>();
  readonly #waiting = new Set<string>();
  #running: Promise<void> | undefined;
  #failure: {readonly error: unknown} | undefined;
  #stored = 0;
  #duplicates = 0;

  constructor(mem: ImportDeps) {
    this.#mem = mem;
  }

  async take(event: NewEvent): Promise<void> {
    if (!this.#chunk.add(event)) {
      await this.#flush();
      this.#chunk.add(event);
    }
    if (this.#chunk.isFull) await this.#flush();
  }

  /** To be remembered once all that was taken before is safe. */
  remember(note: ImportNote): void {
    this.#notes.set(`${note.topic}\0${note.name}`, note);
  }

  /** Makes all of it safe. @returns what became of the events since it was called last */
  async finish(): Promise<{readonly stored: number; readonly duplicates: number}> {
    await this.#flush();
    await this.#settle();
    if (this.#waiting.size > 0 || this.#safeNotes.size > 0) this.#start();
    await this.#settle();
    const outcome = {stored: this.#stored, duplicates: this.#duplicates};
    this.#stored = 0;
    this.#duplicates = 0;
    return outcome;
  }

  /** Waits for a drain that runs: the process should not end in the middle of it. */
  async end(): Promise<void> {
    await this.#running;
  }

  async #flush(): Promise<void> {
    const {records} = this.#chunk;
    if (records.length > 0) {
      this.#waiting.add(this.#mem.inbox.write(records, this.#mem.clock()));
      this.#chunk.forgetRecords();
    }
    for (const [key, note] of this.#notes) this.#safeNotes.set(key, note);
    this.#notes = new Map();
    if (this.#waiting.size > FILES_AHEAD) await this.#settle();
    if (this.#waiting.size >= FILES_PER_DRAIN) this.#start();
  }

  #start(): void {
    this.#running ??= this.#drain()
      .catch((error: unknown) => {
        this.#failure = {error};
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Waits for a drain that runs. @throws what made one fail */
  async #settle(): Promise<void> {
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #drain(): Promise<void> {
    const {store, inbox, clock, patienceMs = JOB_PATIENCE_MS} = this.#mem;
    // Nothing came, so there is nothing to make a store for.
    if (!store.exists() && inbox.countUpTo(1) === 0) return;
    const notes = [...this.#safeNotes];
    const limits = {patienceMs, drainMs: Number.POSITIVE_INFINITY};
    await withDrainedStore(this.#mem, {...limits, onFile: (outcome) => this.#count(outcome)}, async (open) => {
      const changes = notes.map(([, note]) => ({kind: 'import-note', note}) as const);
      if (changes.length > 0) await open.commit(changes, clock(), {sync: false});
    });
    for (const [key, note] of notes) if (this.#safeNotes.get(key) === note) this.#safeNotes.delete(key);
    // What is gone from the inbox and was not drained here was drained by another process.
    const left = new Set(inbox.list().map(({name}) => name));
    for (const name of this.#waiting) if (!left.has(name)) this.#waiting.delete(name);
  }

  #count({name, stored, duplicates}: FileOutcome): void {
    if (!this.#waiting.delete(name)) return;
    this.#stored += stored;
    this.#duplicates += duplicates;
  }
}
