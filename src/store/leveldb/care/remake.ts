import {randomUUID} from 'node:crypto';
import {renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../../../domain/event/event.js';
import type {EveryMark} from '../../../domain/event/tombstone.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {ioError, MemError} from '../../../errors.js';
import type {KnownEnd, StoreJournal} from '../../port/journal.js';
import type {NodeHistory, Remake, RemakeOptions, SalvageReport} from '../../port/store.js';
import {SealedBatch} from '../commit/sealed-batch.js';
import {newFolder, settleFiles, sweep} from '../creation.js';
import {type Db, isFolder, openDb, syncPath} from '../db.js';
import {COUNTERS_KEY, HEADER_KEY, LAST_KEY} from '../keys.js';
import {LevelDbStore} from '../leveldb-store.js';
import {STORE_FORMAT} from '../read/read-start.js';
import {Reader} from '../read/reader.js';
import {formatJson, NO_COUNTERS, parseCounters} from '../records.js';
import {type HeldOut, holdOut} from './hold-out.js';
import {keepFolder, newestKept} from './kept-folders.js';
import {NewRows} from './new-rows.js';
import {readOldStore, takeOver} from './take-over.js';

/** How long others may have the store open. */
const PATIENCE_MS = 30_000;

export interface RemakePlace {
  readonly home: string;
  readonly journal: StoreJournal | undefined;
  /** For tombstones that name events by their words. */
  readonly markWords: EveryMark | undefined;
  /** Called when the present store may be opened again; not where no remake is begun. */
  readonly onOver: () => void;
}

/** See `Maintenance.remake`. */
export async function remake(place: RemakePlace, options: RemakeOptions): Promise<Remake | undefined> {
  const {home} = place;
  const location = join(home, 'db');
  try {
    sweep(home);
    const held = isFolder(location) ? await holdOut(home, location, PATIENCE_MS) : undefined;
    try {
      const made = await begin(place, held, options);
      if (made === undefined) await held?.release();
      return made;
    } catch (error) {
      await held?.release();
      throw error;
    }
  } catch (error) {
    throw ioError(error, `the store at ${location}`);
  }
}

async function begin(place: RemakePlace, held: HeldOut | undefined, options: RemakeOptions): Promise<Remake | undefined> {
  const {home} = place;
  // A kill between the two renames of `finish` leaves the old one under its new name.
  const from = held === undefined ? newestKept(home) : join(home, 'db');
  const old = from === undefined ? undefined : readOldStore(from);
  if (old === undefined && place.journal?.hasFiles() !== true) {
    throw new MemError('NO_STORE', `nothing is left to make the store at ${home}/db from: no files of it, and no journal`, {
      hint: 'bring it back from a backup',
    });
  }
  const header = options.headerOf(old?.header);
  if (header === undefined) return undefined;
  const folder = newFolder(home);
  try {
    const db = await openDb(folder, {create: true});
    try {
      const taken = old && (await takeOver(old, db, options));
      const lastCommit = (old?.counters?.lastCommit ?? 0) + 1;
      const work = {valuesRead: 0, keysWritten: 0};
      await db.write(
        (batch) => {
          const sealed = new SealedBatch(batch, work);
          const storeId = old?.header?.storeId ?? randomUUID();
          const holdsFormerIds = old?.header?.holdsFormerIds ?? false;
          sealed.put(HEADER_KEY, formatJson({...header, storeId, holdsFormerIds, formatVersion: STORE_FORMAT}));
          const {duplicates, lastIngestAt} = old?.counters ?? NO_COUNTERS;
          sealed.put(COUNTERS_KEY, formatJson({...NO_COUNTERS, duplicates, lastIngestAt, events: taken?.events ?? 0, lastCommit}));
          sealed.put(LAST_KEY, formatJson(lastCommit));
        },
        {sync: false},
      );
      // Without a journal: what is put into it comes from there.
      const store = await LevelDbStore.open(db, {journal: undefined, markWords: place.markWords});
      return new LevelDbRemake({
        ...place,
        folder,
        db,
        store,
        held,
        at: options.at,
        salvage: taken,
        isPatched: !options.salvages || isPatched(taken),
      });
    } catch (error) {
      await db.close();
      throw error;
    }
  } catch (error) {
    rmSync(folder, {recursive: true, force: true});
    throw error;
  }
}

const isPatched = (salvage: SalvageReport | undefined): boolean =>
  salvage === undefined || salvage.damage.length > 0 || Object.keys(salvage.lost).length > 0;

interface Parts extends RemakePlace {
  readonly folder: string;
  readonly db: Db;
  readonly store: LevelDbStore;
  readonly held: HeldOut | undefined;
  readonly at: EpochMs;
  readonly salvage: SalvageReport | undefined;
  readonly isPatched: boolean;
}

class LevelDbRemake implements Remake {
  readonly #parts: Parts;
  readonly #rows: NewRows;
  #isOver = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rows = new NewRows(parts.db, parts.store, parts.at);
  }

  get salvage(): SalvageReport | undefined {
    return this.#parts.salvage;
  }

  get isPatched(): boolean {
    return this.#parts.isPatched;
  }

  get store(): LevelDbStore {
    return this.#parts.store;
  }

  addLines(kind: JournalKind, lines: readonly string[]): Promise<number> {
    return this.#rows.addLines(kind, lines);
  }

  pointToNewest(histories: readonly NodeHistory[]): Promise<void> {
    return this.#rows.pointToNewest(histories);
  }

  async finish(ends: readonly KnownEnd[] | undefined): Promise<{readonly keptAt: string | undefined}> {
    const {home, folder, db, held, at} = this.#parts;
    const location = join(home, 'db');
    try {
      if (ends !== undefined) await this.#noteEnds(ends);
      await db.close();
      await settleFiles(folder);
      held?.share(folder);
      syncPath(folder);
      const keptAt = held === undefined ? newestKept(home) : keepFolder(home, location, new Date(at));
      try {
        renameSync(folder, location);
      } catch (error) {
        if (held !== undefined && keptAt !== undefined) renameSync(keptAt, location);
        throw error;
      }
      syncPath(home);
      await this.#end();
      return {keptAt};
    } catch (error) {
      throw ioError(error, `the store at ${location}`);
    }
  }

  async #noteEnds(ends: readonly KnownEnd[]): Promise<void> {
    const bytes = await new Reader(this.#parts.db, this.#rows.work).get(COUNTERS_KEY);
    if (bytes === undefined) throw new Error('a store without counters');
    await this.#rows.write((batch) => batch.put(COUNTERS_KEY, formatJson({...parseCounters(bytes), journal: {ends}})));
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    await this.#parts.db.close();
    rmSync(this.#parts.folder, {recursive: true, force: true});
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#isOver = true;
    await this.#parts.held?.release();
    this.#parts.onOver();
  }
}
