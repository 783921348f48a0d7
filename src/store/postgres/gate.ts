import {randomUUID} from 'node:crypto';
import {type EveryMark, everyMark} from '../../domain/event/tombstone.js';
import {MemError} from '../../errors.js';
import {systemTicks} from '../../system/clock.js';
import {shapeError} from '../leveldb/checksum.js';
import {SealedBatch} from '../leveldb/commit/sealed-batch.js';
import type {GateParts} from '../leveldb/gate.js';
import * as keys from '../leveldb/keys.js';
import {LevelDbStore} from '../leveldb/leveldb-store.js';
import {aheadReads} from '../leveldb/read/ahead-reads.js';
import {STORE_FORMAT} from '../leveldb/read/read-start.js';
import {Reader, type Work} from '../leveldb/read/reader.js';
import {formatJson, NO_COUNTERS} from '../leveldb/records.js';
import type {
  JournalFacts,
  JournalFiles,
  Lease,
  LeaseClaim,
  LeaseName,
  NewStoreHeader,
  ReadAhead,
  Remake,
  RemakeOptions,
  Store,
  StoreGate,
  StoreJournal,
  Upkeep,
} from '../port/store.js';
import {OWN} from './begin-write.js';
import {Connections, type DatabaseLogin, isAway} from './connection.js';
import {type HomeKeys, joinKeys} from './join-keys.js';
import {takeLease} from './leases.js';
import {isMissing, migrate} from './migrate.js';
import {PostgresDb} from './postgres-db.js';
import {remake} from './remake.js';

/** So long a piece of work sees one state: as long as that the database keeps what others replaced. */
const SESSION_MS = 2_000;
/** How long upkeep and leases wait for others who write. */
const UPKEEP_PATIENCE_MS = 30_000;

interface PostgresParts extends Pick<GateParts, 'journal' | 'markWords'> {
  /** The key belongs to the memory: the home takes it from there, and brings its own to where none is. */
  readonly homeKeys?: HomeKeys;
}

/** The gate to the memory of a login on a database that speaks PostgreSQL's protocol. It connects when it is first used. */
export function openPostgresGate(login: DatabaseLogin, parts: PostgresParts = {}): StoreGate {
  return new PostgresGate(new Connections(login), parts);
}

class PostgresGate implements StoreGate {
  readonly #connections: Connections;
  readonly #journal: StoreJournal | undefined;
  readonly #markWords: EveryMark | undefined;
  readonly #homeKeys: HomeKeys | undefined;
  readonly work: Work = {valuesRead: 0, keysWritten: 0};
  readonly journalFiles: (JournalFiles & {facts: JournalFacts | undefined}) | undefined;

  constructor(connections: Connections, {journal, markWords, homeKeys}: PostgresParts) {
    this.#connections = connections;
    this.#journal = journal;
    this.#markWords = markWords && everyMark(() => [markWords]);
    this.#homeKeys = homeKeys;
    this.journalFiles = journal && {
      facts: undefined,
      endFiles: (at) => this.#session(async ({keeper}) => keeper?.endFiles(at)),
    };
  }

  get location(): string {
    return this.#connections.location;
  }

  /** Whether there is one the first use tells: to ask would be a round trip of its own. */
  exists(): boolean {
    return true;
  }

  async changeStamp(): Promise<string> {
    try {
      const last = Buffer.from(keys.COUNTERS_KEY, 'latin1').toString('hex');
      const [row] = await this.#connections.query(`select md5(value) as stamp from mem.rows where ${OWN} and key = '\\x${last}'::bytea`);
      return String(row?.['stamp'] ?? '');
    } catch (error) {
      if (isMissing(error)) return '';
      throw error;
    }
  }

  async create(header: NewStoreHeader): Promise<void> {
    await migrate(this.#connections);
    await this.#connections.query('insert into mem.memories default values on conflict (owner) do nothing');
    await this.#connections.use(async (connection) => {
      const db = new PostgresDb(connection, this.#connections.location);
      await db.exclusively(
        async () => {
          const [known] = await db.getMany([keys.HEADER_KEY]);
          if (known !== undefined) return;
          await db.write((batch) => {
            const sealed = new SealedBatch(batch, this.work);
            const whole = {...header, storeId: randomUUID(), formatVersion: STORE_FORMAT, holdsFormerIds: false};
            sealed.put(keys.HEADER_KEY, formatJson(whole));
            sealed.put(keys.COUNTERS_KEY, formatJson(NO_COUNTERS));
            sealed.put(keys.LAST_KEY, formatJson(0));
          });
        },
        {sync: true},
      );
    });
    // The key of the home becomes that of the memory.
    await this.#session(async () => undefined);
  }

  use<T>(patienceMs: number, work: (store: Store) => Promise<T>): Promise<T> {
    return this.#session(work, patienceMs);
  }

  /** A session keeps nobody out, so it goes on over many turns: to begin one is a round trip. */
  async inTurns<T>(
    patienceMs: number,
    work: (current: () => Store) => AsyncGenerator<void, T>,
    _upkeep: Upkeep = 'none',
    ahead?: ReadAhead,
  ): Promise<T> {
    let open: Store | undefined;
    const turns = work(() => {
      if (open === undefined) throw new Error('the store was asked for outside of a turn');
      return open;
    });
    for (let isFirst = true; ; isFirst = false) {
      const step = await this.#session(
        async (store) => {
          open = store;
          try {
            const until = systemTicks() + SESSION_MS;
            let turn = await turns.next();
            while (turn.done !== true && systemTicks() < until) turn = await turns.next();
            return turn;
          } finally {
            open = undefined;
          }
        },
        patienceMs,
        isFirst ? ahead : undefined,
      );
      if (step.done) return step.value;
    }
  }

  /** What the memory holds stays: other homes brought it. It is one transaction, so readers see all of it or nothing. */
  remake(options: RemakeOptions): Promise<Remake | undefined> {
    return new Promise((resolve, reject) => {
      this.#connections
        .use(async (connection) => {
          const db = new PostgresDb(connection, this.#connections.location, UPKEEP_PATIENCE_MS);
          try {
            await db.hold();
            // The look at its header says whether there is a memory at all.
            await this.#open(db, undefined);
            await new Promise<void>((over, failed) => {
              remake(db, {markWords: this.#markWords, onOver: over}, options).then(resolve, failed);
            });
          } finally {
            await db.close();
          }
        })
        .catch(reject);
    });
  }

  async pause(): Promise<void> {}

  async lease(name: LeaseName, claim: LeaseClaim): Promise<Lease> {
    const taken = await takeLease(this.#connections, name, claim);
    if (taken.kind === 'busy') return taken;
    try {
      const number = await this.#session((store) => store.raiseFence(name));
      return {kind: 'acquired', fence: {lease: name, number}, release: () => taken.release()};
    } catch (error) {
      await taken.release();
      throw error;
    }
  }

  #session<T>(work: (store: LevelDbStore) => Promise<T>, patienceMs = UPKEEP_PATIENCE_MS, ahead?: ReadAhead): Promise<T> {
    const {location} = this.#connections;
    let isOpen = false;
    const once = () =>
      this.#connections.use(async (connection) => {
        const db = new PostgresDb(connection, location, patienceMs);
        try {
          // Both are asked for in one message.
          ahead?.(aheadReads(new Reader(db, this.work))).catch(() => {});
          const store = await this.#open(db, this.#journal);
          isOpen = true;
          try {
            return await work(store);
          } catch (error) {
            throw shapeError(error, location);
          } finally {
            if (this.journalFiles) this.journalFiles.facts = store.journal;
            this.work.valuesRead += store.work.valuesRead;
            this.work.keysWritten += store.work.keysWritten;
          }
        } finally {
          await db.close();
        }
      });
    // A connection that was idle may have been lost since: the first look tells, and another one is opened.
    return once().catch((error: unknown) => {
      if (!isOpen && isAway(error)) return once();
      throw error;
    });
  }

  async #open(db: PostgresDb, journal: StoreJournal | undefined): Promise<LevelDbStore> {
    const hint = 'make it with: mem init --store-url URL';
    try {
      const parts = {journal, markWords: this.#markWords};
      const store = await LevelDbStore.open(db, parts);
      if (this.#homeKeys === undefined || !(await joinKeys(db, store.redactKeys, this.#homeKeys, this.work))) return store;
      return await LevelDbStore.open(db, parts);
    } catch (error) {
      if (error instanceof MemError && error.code === 'STORE_DAMAGED' && (await db.getMany([keys.HEADER_KEY]))[0] === undefined) {
        throw new MemError('NO_STORE', `there is no memory of this login at ${db.location}`, {hint});
      }
      if (isMissing(error)) throw new MemError('NO_STORE', `there is no memory at ${db.location}`, {hint, cause: error});
      throw shapeError(error, db.location);
    }
  }
}
