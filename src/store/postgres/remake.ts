import type {EpochMs} from '../../domain/event/event.js';
import type {EveryMark} from '../../domain/event/tombstone.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import {NewRows} from '../leveldb/care/new-rows.js';
import {shapeFault} from '../leveldb/care/value-shapes.js';
import {isSealed, unseal} from '../leveldb/checksum.js';
import {COUNTERS_KEY, type KeyRange, searchRange} from '../leveldb/keys.js';
import {LevelDbStore} from '../leveldb/leveldb-store.js';
import {Reader} from '../leveldb/read/reader.js';
import {formatJson, parseCounters} from '../leveldb/records.js';
import type {LostKind} from '../port/care.js';
import type {KnownEnd} from '../port/journal.js';
import type {NodeHistory, Remake, RemakeOptions, SalvageReport} from '../port/store.js';
import type {PostgresDb} from './postgres-db.js';

/** Behind every key. */
const END = '\x7f';
const ROWS = 1_000;
const LOST: Readonly<Record<string, LostKind>> = {e: 'events', n: 'nodes', l: 'spending'};

interface RemakePlace {
  /** For tombstones that name events by their words. */
  readonly markWords: EveryMark | undefined;
  /** Called when the connection may be used by others. */
  readonly onOver: () => void;
}

/** Makes a memory whole where it lies, within the transaction that `db` holds. Values that are damaged are taken out: the journal may have them. */
export async function remake(db: PostgresDb, {markWords, onOver}: RemakePlace, options: RemakeOptions): Promise<Remake> {
  const before = await LevelDbStore.open(db, {journal: undefined, markWords});
  const {events: eventsSaid} = await before.counters();
  const lost = options.salvages ? await removeDamaged(db, options) : {};
  const salvage = {from: db.location, damage: [], events: eventsSaid - (lost.events ?? 0), eventsSaid, lost};
  const store = await LevelDbStore.open(db, {journal: undefined, markWords});
  return new PostgresRemake({db, store, at: options.at, isPatched: !options.salvages || Object.keys(lost).length > 0, salvage, onOver});
}

async function removeDamaged(
  db: PostgresDb,
  {dropsIndex = false, onValues, signal}: RemakeOptions,
): Promise<Partial<Record<LostKind, number>>> {
  const lost: Partial<Record<LostKind, number>> = {};
  let isIndexWhole = !dropsIndex;
  const cursor = db.cursor({from: '', to: END});
  for (let rows = await cursor.next(ROWS); rows.length > 0 && signal?.aborted !== true; rows = await cursor.next(ROWS)) {
    const damaged = rows.filter(([key, value]) => !isSealed(key, value) || shapeFault(key, unseal(key, value, db.location)) !== undefined);
    for (const [key] of damaged) {
      if (key.startsWith('x')) isIndexWhole = false;
      const kind = LOST[key.charAt(0)] ?? 'others';
      lost[kind] = (lost[kind] ?? 0) + 1;
    }
    await db.write((batch) => {
      for (const [key] of damaged) batch.del(key);
    });
    onValues?.(rows.length);
  }
  // What is not whole of the index is counted again.
  if (!isIndexWhole) await removeAll(db, searchRange(''));
  return lost;
}

async function removeAll(db: PostgresDb, range: KeyRange): Promise<void> {
  const cursor = db.cursor(range);
  for (let rows = await cursor.next(ROWS); rows.length > 0; rows = await cursor.next(ROWS)) {
    const page = rows;
    await db.write((batch) => {
      for (const [key] of page) batch.del(key);
    });
  }
}

interface Parts {
  readonly db: PostgresDb;
  readonly store: LevelDbStore;
  readonly at: EpochMs;
  readonly isPatched: boolean;
  readonly salvage: SalvageReport;
  readonly onOver: () => void;
}

class PostgresRemake implements Remake {
  readonly #parts: Parts;
  readonly #rows: NewRows;
  #isOver = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rows = new NewRows(parts.db, parts.store, parts.at);
  }

  get salvage(): SalvageReport {
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

  /** What it knows of other writers' journals stays: those lie in other homes. */
  async finish(ends: readonly KnownEnd[] = []): Promise<{readonly keptAt: undefined}> {
    const {db} = this.#parts;
    const bytes = await new Reader(db, this.#rows.work).get(COUNTERS_KEY);
    if (bytes === undefined) throw new Error('a store without counters');
    const counters = parseCounters(bytes);
    const isNamed = (end: KnownEnd): boolean => ends.some(({writer, kind}) => writer === end.writer && kind === end.kind);
    const others = counters.journal?.ends.filter((end) => !isNamed(end)) ?? [];
    await this.#rows.write((batch) =>
      batch.put(COUNTERS_KEY, formatJson({...counters, journal: {...counters.journal, ends: [...others, ...ends]}})),
    );
    await db.letGo('commit');
    this.#end();
    return {keptAt: undefined};
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    await this.#parts.db.letGo('rollback').catch(() => {});
    this.#end();
  }

  #end(): void {
    this.#isOver = true;
    this.#parts.onOver();
  }
}
