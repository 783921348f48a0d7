import {statSync} from 'node:fs';
import {join} from 'node:path';
import {ioError, MemError} from '../../errors.js';
import type {Store, StoreGate, StoreHeader} from '../port/store.js';
import {assertNoTrace, createStore} from './creation.js';
import {type Db, isFolder, openDb} from './db.js';
import {LevelDbStore, type Witness} from './leveldb-store.js';
import type {Work} from './reader.js';
import {readWitness, writeWitness} from './witness.js';

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

/** The gate to the store in `home`, which need not exist. It opens nothing yet. */
export function openStoreGate(home: string): StoreGate {
  return new QueuedGate(home);
}

class QueuedGate implements StoreGate {
  readonly #home: string;
  readonly #location: string;
  readonly #witness: Witness;
  readonly work: Work = {valuesRead: 0, keysWritten: 0};
  #hasHole = false;

  constructor(home: string) {
    this.#home = home;
    this.#location = join(home, 'db');
    this.#witness = {read: () => readWitness(home), write: (commit) => writeWitness(home, commit)};
  }

  get hasHole(): boolean {
    return this.#hasHole;
  }

  exists(): boolean {
    return isFolder(this.#location);
  }

  changeStamp(): string {
    const stat = statSync(join(this.#location, 'CURRENT'), {bigint: true, throwIfNoEntry: false});
    return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs}`;
  }

  lostStore(): MemError | undefined {
    try {
      assertNoTrace(this.#home);
      return undefined;
    } catch (error) {
      const told = ioError(error, `the store at ${this.#location}`, 'read');
      if (told instanceof MemError && told.code === 'STORE_DAMAGED') return told;
      throw told;
    }
  }

  create(header: Omit<StoreHeader, 'storeId' | 'formatVersion'>): Promise<void> {
    return enqueue(() => createStore(this.#home, header));
  }

  use<T>(patienceMs: number, work: (store: Store) => Promise<T>): Promise<T> {
    return enqueue(async () => {
      const db = await this.#open(patienceMs);
      try {
        const store = await LevelDbStore.open(db, this.#witness);
        this.#hasHole = store.hasHole;
        try {
          return await work(store);
        } finally {
          this.work.valuesRead += store.work.valuesRead;
          this.work.keysWritten += store.work.keysWritten;
        }
      } finally {
        await db.close();
      }
    });
  }

  #open(patienceMs: number): Promise<Db> {
    try {
      if (!this.exists()) {
        assertNoTrace(this.#home);
        if (!this.exists()) {
          throw new MemError('NO_STORE', `there is no store at ${this.#location}`, {
            hint: 'pipe events into mem ingest, or run: mem init',
          });
        }
      }
    } catch (error) {
      throw ioError(error, `the store at ${this.#location}`, 'read');
    }
    return openDb(this.#location, {patienceMs});
  }
}
