import {MemError} from '../../../errors.js';
import {shortPause} from '../../../system/sleep.js';
import type {LostKind, RemakeOptions, SalvageReport} from '../../port/care.js';
import type {StoreHeader} from '../../port/store.js';
import {isSealed, unseal} from '../checksum.js';
import {SealedBatch} from '../commit/sealed-batch.js';
import type {Db} from '../db.js';
import {COUNTERS_KEY, HEADER_KEY, keysOfRecord} from '../keys.js';
import {STORE_FORMAT} from '../read/read-start.js';
import {formatAlias, parseCounters, parseHeader, type StoredCounters} from '../records.js';
import {type Salvage, type SalvagedRow, salvage} from './salvage.js';
import {shapeFault} from './value-shapes.js';

export interface OldStore {
  readonly location: string;
  readonly salvage: Salvage;
  readonly header: StoreHeader | undefined;
  readonly counters: StoredCounters | undefined;
}

const ROWS_PER_WRITE = 1_000;
const BYTES_PER_WRITE = 1024 * 1024;

/**
 * Kinds of keys that a new store begins from the start, by their letter: its header, counters, commits. And what imports remember of files that they
 * read: events that are lost may be in those.
 */
const BEGUN_AGAIN = new Set(['!', '~', 'c', 'g', 'i']);
/** What no journal has: fences, jobs, the ledger, retries, tombstones. */
const KEPT_ALWAYS = new Set(['h', 'j', 'l', 'f', 't', 'u']);

const LOST: Readonly<Record<string, LostKind>> = {e: 'events', n: 'nodes', l: 'spending'};

/** Reads what stands at the front of a store's keys. @throws MemError FORMAT_NEWER: what a newer mem wrote is not ours to make again */
export function readOldStore(location: string): OldStore {
  const read = salvage(location, isSealed);
  const values = new Map<string, Buffer>();
  for (const {key, value} of read.rows()) {
    if (key > HEADER_KEY && key > COUNTERS_KEY) break;
    if (value !== undefined && shapeFault(key, unseal(key, value, location)) === undefined) values.set(key, unseal(key, value, location));
  }
  const [header, counters] = [values.get(HEADER_KEY), values.get(COUNTERS_KEY)];
  const parsed = header && parseHeader(header);
  if (parsed && parsed.formatVersion > STORE_FORMAT) {
    throw new MemError('FORMAT_NEWER', `the store at ${location} has format ${parsed.formatVersion}, this mem knows ${STORE_FORMAT}`, {
      hint: 'install a newer mem',
    });
  }
  return {location, salvage: read, header: parsed, counters: counters && parseCounters(counters)};
}

/** Copies what is whole into an empty database. */
export async function takeOver(
  {location, counters, salvage: {damage, rows}}: OldStore,
  db: Db,
  {salvages, dropsIndex = false, onValues, signal}: RemakeOptions,
): Promise<SalvageReport> {
  const lost: Partial<Record<LostKind, number>> = {};
  const work = {valuesRead: 0, keysWritten: 0};
  let events = 0;
  let isIndexWhole = damage.length === 0 && !dropsIndex;
  let page: SalvagedRow[] = [];
  let bytes = 0;
  const write = async (): Promise<void> => {
    const taken = page;
    await db.write(
      (batch) => {
        const sealed = new SealedBatch(batch, work);
        for (const {key, value} of taken) if (value !== undefined) events += putRow(sealed, key, unseal(key, value, location));
      },
      {sync: false},
    );
    onValues?.(taken.length);
    page = [];
    bytes = 0;
    // The merge of the rows waits for nothing: signals and progress would not come through.
    await shortPause(0);
  };
  for (const row of rows()) {
    if (signal?.aborted) break;
    const letter = row.key.charAt(0);
    if (BEGUN_AGAIN.has(letter) || !(salvages || KEPT_ALWAYS.has(letter))) continue;
    if (row.value === undefined || shapeFault(row.key, unseal(row.key, row.value, location)) !== undefined) {
      const kind = LOST[letter] ?? 'others';
      lost[kind] = (lost[kind] ?? 0) + 1;
      if (letter === 'x') isIndexWhole = false;
      continue;
    }
    // The index comes last, and what is not whole of it is counted again.
    if (letter === 'x' && !isIndexWhole) continue;
    page.push(row);
    bytes += row.value.length;
    if (page.length >= ROWS_PER_WRITE || bytes >= BYTES_PER_WRITE) await write();
  }
  await write();
  return {from: location, damage, events, eventsSaid: counters?.events, lost};
}

/** @returns how many events it is */
function putRow(batch: SealedBatch, key: string, bytes: Buffer): number {
  batch.put(key, bytes);
  if (!key.startsWith('e')) return 0;
  const {aliasKey} = keysOfRecord(bytes);
  if (aliasKey !== undefined) batch.put(aliasKey, formatAlias(key));
  return 1;
}
