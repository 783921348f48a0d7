import {rmSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../../domain/event/event.js';
import {ioError, MemError} from '../../errors.js';
import type {PartOfCheck} from '../port/care.js';
import type {JournalFacts, JournalUpkeep, Maintenance, StoreJournal} from '../port/store.js';
import {keptFolders} from './care/kept-folders.js';
import {assertNoTrace} from './creation.js';
import {lookAtFiles, scrub} from './files/check-files.js';
import {MARKS} from './keys.js';
import type {LevelDbStore} from './leveldb-store.js';
import {letOthersIn, type OpenTurn} from './turns.js';

/** From this many removed marks on, or rows of the search index, a reader spends most of its time on stepping over what they leave. */
const MANY_REMOVED = 2_000;

/** So long the store is held for a slice of the backfill. */
const BACKFILL_MS = 150;

/** What LevelDB's files need done to them. */
export class LevelDbMaintenance implements Maintenance {
  readonly #home: string;
  readonly #open: OpenTurn<LevelDbStore>;
  readonly #files: StoreJournal | undefined;
  /** Since they were compacted last by this process. */
  removedMarks = 0;
  removedSearchRows = 0;

  readonly journal: (JournalUpkeep & {facts: JournalFacts | undefined}) | undefined;

  constructor(home: string, open: OpenTurn<LevelDbStore>, journal: StoreJournal | undefined) {
    this.#home = home;
    this.#open = open;
    this.#files = journal;
    if (journal) {
      this.journal = {
        facts: undefined,
        backfill: (at, maxMs = BACKFILL_MS) => open(async ({keeper}) => (await keeper?.backfill(at, maxMs)) === true),
        endFiles: (at) => open(async ({keeper}) => keeper?.endFiles(at)),
        noteWhole: (at) => open(async ({keeper}) => keeper?.noteWhole(at)),
        append: (kind, lines, at) => open(async ({keeper}) => keeper?.append({kind, lines}, at)),
      };
    }
  }

  /** What an opening found, when it ends. */
  noteJournal(facts: JournalFacts | undefined): void {
    if (this.journal) this.journal.facts = facts;
  }

  keptStores(): readonly string[] {
    return keptFolders(this.#home);
  }

  lostStore(): MemError | undefined {
    try {
      assertNoTrace(this.#home, this.#files);
      return undefined;
    } catch (error) {
      const problem = ioError(error, `the store at ${this.#home}/db`, 'read');
      if (problem instanceof MemError && problem.code === 'STORE_DAMAGED') return problem;
      throw problem;
    }
  }

  async lookAtFiles(onFile: () => void, signal?: AbortSignal): Promise<PartOfCheck> {
    const faults: string[] = [];
    let looked = 0;
    for (const {damage} of lookAtFiles(join(this.#home, 'db'))) {
      looked++;
      if (damage !== undefined) faults.push(damage);
      onFile();
      if (signal?.aborted) break;
      await letOthersIn();
    }
    return {looked, faults};
  }

  async size(): Promise<number> {
    const steps = await this.#open((store) => store.compactionSteps());
    return steps.reduce((sum, {bytes}) => sum + bytes, 0);
  }

  async compact(signal?: AbortSignal): Promise<void> {
    // Of a mem without a journal.
    rmSync(join(this.#home, 'witness'), {force: true});
    // A merge reads tables that no opening has read for long, and one that is damaged can end the process.
    for (const _ of scrub(join(this.#home, 'db'))) {
      if (signal?.aborted) return;
      await letOthersIn();
    }
    for (const step of await this.#open((store) => store.compactionSteps())) {
      if (signal?.aborted) return;
      await this.#open((store) => store.compact(step));
      await letOthersIn();
    }
  }

  pruneCommitRecords(at: EpochMs, options: {dryRun: boolean}): Promise<{readonly removed: number; readonly kept: number}> {
    return this.#open((store) => store.pruneCommitRecords(at, options));
  }

  async tidy(): Promise<void> {
    if (this.removedMarks >= MANY_REMOVED) {
      await this.#open((store) => store.compact(MARKS));
      this.removedMarks = 0;
    }
    if (this.removedSearchRows < MANY_REMOVED) return;
    for (const step of await this.#open((store) => store.waitingRowSteps())) {
      await this.#open((store) => store.compact(step));
      await letOthersIn();
    }
    this.removedSearchRows = 0;
  }
}
