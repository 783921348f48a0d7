import {statSync} from 'node:fs';
import {join} from 'node:path';
import {type EveryMark, everyMark, type MarkWords} from '../../domain/event/tombstone.js';
import {ioError, MemError} from '../../errors.js';
import {systemTicks} from '../../system/clock.js';
import type {
  Lease,
  LeaseClaim,
  LeaseHolder,
  LeaseName,
  Remake,
  RemakeOptions,
  Store,
  StoreGate,
  StoreHeader,
  StoreJournal,
  Upkeep,
} from '../port/store.js';
import {watchAsked} from './asked.js';
import {remake} from './care/remake.js';
import {shapeError} from './checksum.js';
import {assertNoTrace, createStore} from './creation.js';
import {type Db, isFolder, openDb, syncPath} from './db.js';
import {LevelDbMaintenance} from './gate-maintenance.js';
import {LevelDbStore} from './leveldb-store.js';
import type {Work} from './read/reader.js';
import {letOthersIn, workInTurns, workOnce} from './turns.js';

/** How long upkeep and leases wait for a busy store. */
const UPKEEP_PATIENCE_MS = 30_000;

/**
 * One queue for the whole process, whatever the path: two openings at once drop the lock without a word, also when the paths are
 * spelled differently, and a process has one store.
 */
let lastInQueue: Promise<unknown> = Promise.resolve();

function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const result = lastInQueue.then(work, work);
  lastInQueue = result;
  return result;
}

/** Takes the lock that a lease on this store is, or says who has it: a holder that died is known at once by its pid. */
export type TakeLock = (
  name: LeaseName,
  claim: LeaseClaim,
) => {kind: 'acquired'; dead?: LeaseHolder | undefined; release(): void} | Extract<Lease, {kind: 'busy'}>;

export interface GateParts {
  /** Where leases are taken. */
  readonly takeLock?: TakeLock;
  /** By which a drain knows words that were forgotten. */
  readonly markWords?: MarkWords;
  /** The same under keys that the memory had before. */
  readonly formerMarks?: () => readonly MarkWords[];
  /** What is stored also stands there. Without it nothing is journalled. */
  readonly journal?: StoreJournal;
}

/** The gate to the store in `home`, which need not exist. It opens nothing yet. */
export function openStoreGate(home: string, parts: GateParts = {}): StoreGate {
  return new QueuedGate(home, parts);
}

class QueuedGate implements StoreGate {
  readonly #home: string;
  readonly location: string;
  readonly #takeLock: TakeLock | undefined;
  readonly #markWords: EveryMark | undefined;
  readonly #journal: StoreJournal | undefined;
  readonly work: Work = {valuesRead: 0, keysWritten: 0};
  readonly maintenance: LevelDbMaintenance;

  constructor(home: string, {takeLock, markWords, formerMarks = () => [], journal}: GateParts) {
    this.#home = home;
    this.location = join(home, 'db');
    this.#takeLock = takeLock;
    this.#markWords = markWords && everyMark(() => [markWords, ...formerMarks()]);
    this.#journal = journal;
    this.maintenance = new LevelDbMaintenance(home, (work) => this.#session(UPKEEP_PATIENCE_MS, work), journal);
  }

  get journalFiles(): LevelDbMaintenance['journal'] {
    return this.maintenance.journal;
  }

  exists(): boolean {
    return isFolder(this.location);
  }

  /** LevelDB writes `CURRENT` again at each opening. Costs one stat. */
  async changeStamp(): Promise<string> {
    const stat = statSync(join(this.location, 'CURRENT'), {bigint: true, throwIfNoEntry: false});
    return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs}`;
  }

  create(header: Omit<StoreHeader, 'storeId' | 'formatVersion'>): Promise<void> {
    return enqueue(() => createStore(this.#home, header, this.#journal));
  }

  use<T>(patienceMs: number, work: (store: Store) => Promise<T>, upkeep: Upkeep = 'none'): Promise<T> {
    return workOnce<LevelDbStore, T>((turn) => this.#session(patienceMs, turn), work, upkeep);
  }

  inTurns<T>(patienceMs: number, work: (current: () => Store) => AsyncGenerator<void, T>, upkeep: Upkeep = 'none'): Promise<T> {
    return workInTurns<LevelDbStore, T>((turn) => this.#session(patienceMs, turn), work, upkeep, {
      now: systemTicks,
      watchAsked: () => watchAsked(this.location),
    });
  }

  /** Its turn ends with the remake: an opening in between would give away the lock that keeps the others out. */
  remake(options: RemakeOptions): Promise<Remake | undefined> {
    return new Promise((resolve, reject) => {
      const turn = async (): Promise<void> => {
        let end = (): void => {};
        const isOver = new Promise<void>((done) => {
          end = done;
        });
        const made = await remake({home: this.#home, journal: this.#journal, markWords: this.#markWords, onOver: end}, options);
        resolve(made);
        if (made !== undefined) await isOver;
      };
      enqueue(turn).catch(reject);
    });
  }

  pause(): Promise<void> {
    return letOthersIn();
  }

  async lease(name: LeaseName, claim: LeaseClaim): Promise<Lease> {
    if (this.#takeLock === undefined) throw new Error('this gate was opened without locks');
    const lock = this.#takeLock(name, claim);
    if (lock.kind === 'busy') return lock;
    try {
      const number = await this.#session(UPKEEP_PATIENCE_MS, (store) => store.raiseFence(name));
      return {kind: 'acquired', fence: {lease: name, number}, dead: lock.dead, release: async () => lock.release()};
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  #session<T>(patienceMs: number, work: (store: LevelDbStore) => Promise<T>): Promise<T> {
    return enqueue(async () => {
      const db = await this.#open(patienceMs);
      try {
        const parts = {journal: this.#journal, markWords: this.#markWords};
        const store = await LevelDbStore.open(db, parts).catch((error) => {
          throw shapeError(error, this.location);
        });
        try {
          // Who made the store may have been killed before it synced the store's name.
          if (store.history.lastCommit === 0) syncPath(this.#home);
          return await work(store);
        } catch (error) {
          throw shapeError(error, this.location);
        } finally {
          store.keeper?.close();
          this.maintenance.noteJournal(store.journal);
          this.work.valuesRead += store.work.valuesRead;
          this.work.keysWritten += store.work.keysWritten;
          this.maintenance.removedMarks += store.removedMarks;
          this.maintenance.removedSearchRows += store.removedSearchRows;
        }
      } finally {
        await db.close();
      }
    });
  }

  #open(patienceMs: number): Promise<Db> {
    try {
      if (!this.exists()) {
        assertNoTrace(this.#home, this.#journal);
        if (!this.exists()) {
          throw new MemError('NO_STORE', `there is no store at ${this.location}`, {
            hint: 'pipe events into mem ingest, or run: mem init',
          });
        }
      }
    } catch (error) {
      throw ioError(error, `the store at ${this.location}`, 'read');
    }
    return openDb(this.location, {patienceMs});
  }
}
