import type {NewEvent} from '../../domain/event/event-record.js';
import type {ImportNote} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {Chunk} from '../ingest/chunk.js';
import {JOB_PATIENCE_MS} from '../mem.js';
import type {ImportDeps} from './import-deps.js';

const BLOCK_BYTES = 1024 * 1024;
/** As many files wait in the inbox before it is drained: each has 2 MiB. */
const FILES_AHEAD = 4;

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
  #safeNotes = new Map<string, ImportNote>();
  readonly #waiting = new Set<string>();
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
    if (this.#waiting.size > 0 || this.#safeNotes.size > 0) await this.#drain();
    const outcome = {stored: this.#stored, duplicates: this.#duplicates};
    this.#stored = 0;
    this.#duplicates = 0;
    return outcome;
  }

  async #flush(): Promise<void> {
    const {records} = this.#chunk;
    if (records.length > 0) {
      this.#waiting.add(this.#mem.inbox.write(records, this.#mem.clock()));
      this.#chunk.forgetRecords();
    }
    for (const [key, note] of this.#notes) this.#safeNotes.set(key, note);
    this.#notes = new Map();
    if (this.#waiting.size >= FILES_AHEAD) await this.#drain();
  }

  async #drain(): Promise<void> {
    const {store, inbox, clock} = this.#mem;
    // Nothing came, so there is nothing to make a store for.
    if (!store.exists() && inbox.countUpTo(1) === 0) return;
    const notes = [...this.#safeNotes.values()];
    const limits = {patienceMs: JOB_PATIENCE_MS, drainMs: Number.POSITIVE_INFINITY};
    await withDrainedStore(
      this.#mem,
      {
        ...limits,
        onFile: ({name, stored, duplicates}) => {
          if (!this.#waiting.delete(name)) return;
          this.#stored += stored;
          this.#duplicates += duplicates;
        },
      },
      async (open) => {
        if (notes.length > 0)
          await open.commit(
            notes.map((note) => ({kind: 'import-note', note})),
            clock(),
            {sync: false},
          );
      },
    );
    this.#safeNotes = new Map();
    // Another process drained them.
    this.#waiting.clear();
  }
}
