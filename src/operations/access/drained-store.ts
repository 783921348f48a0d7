import {canonicalTimeZone} from '../../domain/time/time-zone.js';
import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';
import type {Drain} from '../ingest/background-drain.js';
import {HOLD_MS, type Mem, READER_DRAIN_MS, READER_LIMITS} from '../mem.js';
import {type DrainOptions, type DrainReport, drainInto} from './drain.js';

export type DrainMem = Pick<Mem, 'store' | 'inbox' | 'clock' | 'ticks'>;

export interface DrainedStoreOptions extends Pick<DrainOptions, 'onFile'> {
  /** How long to wait for a busy store. With 0 it is tried once. */
  readonly patienceMs: number;
  /** How long the whole draining may take before `work` begins, even if files are left then. */
  readonly drainMs: number;
}

/**
 * Opens the store for `work` and first drains the inbox into it. It releases the store between stretches of draining, so that nobody waits
 * long; `work` runs in the last stretch. If the home has no store, it makes one as soon as there is something to store.
 * @throws MemError NO_STORE when there is no store and no readable file in the inbox; otherwise as `StoreGate.use`
 */
export async function withDrainedStore<T>(
  mem: DrainMem,
  options: DrainedStoreOptions,
  work: (store: Store, drained: DrainReport) => Promise<T>,
): Promise<T> {
  await createIfNeeded(mem);
  const total = {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
  const until = mem.ticks() + options.drainMs;
  // A reader leaves the store's upkeep to others. A long drain does it between its turns.
  const upkeep = options.drainMs > READER_DRAIN_MS ? 'between' : 'none';
  async function* turns(current: () => Store): AsyncGenerator<void, T> {
    for (;;) {
      const budgetMs = Math.min(HOLD_MS, until - mem.ticks());
      const report = await drainInto(current(), mem.inbox, mem, {budgetMs, onFile: options.onFile});
      total.files += report.files;
      total.stored += report.stored;
      total.duplicates += report.duplicates;
      total.bad += report.bad;
      total.hasMore = report.hasMore;
      if (!report.hasMore || mem.ticks() >= until) return work(current(), total);
      yield;
    }
  }
  return mem.store.inTurns(options.patienceMs, turns, upkeep);
}

/** Opens the store for a command that reads, as `withDrainedStore` does. */
export function readDrained<T>(mem: DrainMem, work: (store: Store) => Promise<T>): Promise<T> {
  return withDrainedStore(mem, READER_LIMITS, work);
}

/** Drains before a command reads. If nothing waits, it opens nothing: opening takes as long as reading. @throws as `withDrainedStore` */
export async function drainForReader(mem: DrainMem, patienceMs = READER_LIMITS.patienceMs): Promise<void> {
  if (mem.store.exists() && mem.inbox.countUpTo(1) === 0) return;
  await withDrainedStore(mem, {...READER_LIMITS, patienceMs}, async () => undefined);
}

/**
 * A new store takes the time zone of the oldest file's writer; if that zone is invalid, UTC with an alarm. If only files of a newer mem wait,
 * no store is made: its zone would not come from one of them.
 */
async function createIfNeeded({store, inbox, clock}: DrainMem): Promise<void> {
  if (store.exists() || inbox.countUpTo(1) === 0) return;
  const written = inbox.oldestTimeZone();
  if (written === undefined) return;
  const timeZone = canonicalTimeZone(written);
  const alarm =
    timeZone === undefined
      ? `time zone ${JSON.stringify(written.slice(0, 60))} of the first events is not an IANA time zone: days follow UTC; set the zone with: mem config set time_zone ZONE`
      : '';
  await store.create({timeZone: timeZone ?? 'UTC', rulesVersion: CUTTING_RULES_VERSION, createdAt: clock(), alarm});
}

/** Only drains: what an ingest calls. */
export function makeDrain(mem: DrainMem): Drain {
  return async (options) => {
    try {
      return await withDrainedStore(mem, options, async (_store, drained) => drained);
    } catch (error) {
      if (error instanceof MemError && error.code === 'STORE_BUSY') return 'busy';
      // Nothing to drain and no store to drain into: an empty input is not an error.
      if (error instanceof MemError && error.code === 'NO_STORE' && !mem.store.exists())
        return {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
      throw error;
    }
  };
}
