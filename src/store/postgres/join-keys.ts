import {SealedBatch} from '../leveldb/commit/sealed-batch.js';
import {COUNTERS_KEY} from '../leveldb/keys.js';
import {Reader, type Work} from '../leveldb/read/reader.js';
import {formatJson, parseCounters} from '../leveldb/records.js';
import type {PostgresDb} from './postgres-db.js';

/** The keys of redaction marks of a home: the one that it uses first, then former ones. */
export interface HomeKeys {
  read(): readonly string[];
  write(keys: readonly string[]): void;
}

/**
 * Gives memory and home the same keys: the memory's own stays the first, or becomes that of the first home that has one. A home's own key
 * is kept as a former one of both, so that what was forgotten under it is still known.
 * @param stored what the open store has
 * @returns whether anything was to be done: the store is to be opened again then
 */
export async function joinKeys(db: PostgresDb, stored: readonly string[], home: HomeKeys, work: Work): Promise<boolean> {
  const own = home.read();
  if (own.join('\n') === stored.join('\n')) return false;
  const joined = await db.exclusively(
    async () => {
      const bytes = await new Reader(db, work).get(COUNTERS_KEY);
      if (bytes === undefined) throw new Error('a store without counters');
      const counters = parseCounters(bytes);
      const known = counters.redactKeys ?? [];
      const all = [...new Set([...known, ...own])];
      if (all.length > known.length)
        await db.write((batch) => new SealedBatch(batch, work).put(COUNTERS_KEY, formatJson({...counters, redactKeys: all})));
      return all;
    },
    {sync: true},
  );
  if (joined.join('\n') !== own.join('\n')) home.write(joined);
  return true;
}
