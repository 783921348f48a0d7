import {isTimeZone} from '../../domain/time/time-zone.js';
import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';
import type {Drain} from '../ingest/background-drain.js';
import {HOLD_MS, type Mem, READER_DRAIN_MS, READER_PATIENCE_MS} from '../mem.js';
import {type DrainOptions, type DrainReport, drainInto} from './drain.js';

export type DrainMem = Pick<Mem, 'store' | 'inbox' | 'clock'>;

export interface DrainedStoreOptions extends Pick<DrainOptions, 'onFile'> {
  /** How long a busy store is waited for; 0: it is tried once. */
  readonly patienceMs: number;
  /** How long it may take in all to drain before `work` begins, whatever is left then. */
  readonly drainMs: number;
}

/**
 * Opens the store for `work`, with the inbox drained into it first. It is let go of between stretches of draining, so that nobody waits
 * for long; `work` is called in the last one. Makes the store of a home that has none as soon as there is something to put into it.
 * @throws MemError NO_STORE when there is neither a store nor anything in the inbox that can be read; otherwise as `StoreGate.use`
 */
export async function withDrainedStore<T>(
  mem: DrainMem,
  options: DrainedStoreOptions,
  work: (store: Store, drained: DrainReport) => Promise<T>,
): Promise<T> {
  await createIfNeeded(mem);
  const total = {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
  const until = mem.clock() + options.drainMs;
  // A reader leaves the store's upkeep to others; what drains for long does it between its turns.
  const upkeep = options.drainMs > READER_DRAIN_MS ? 'between' : 'none';
  async function* turns(current: () => Store): AsyncGenerator<void, T> {
    for (;;) {
      const budgetMs = Math.min(HOLD_MS, until - mem.clock());
      const report = await drainInto(current(), mem.inbox, mem.clock, {budgetMs, onFile: options.onFile});
      total.files += report.files;
      total.stored += report.stored;
      total.duplicates += report.duplicates;
      total.bad += report.bad;
      total.hasMore = report.hasMore;
      if (!report.hasMore || mem.clock() >= until) return work(current(), total);
      yield;
    }
  }
  return mem.store.inTurns(options.patienceMs, turns, upkeep);
}

/** Drains before a command reads. It opens nothing where nothing waits: an opening takes as long as the reading. @throws as `withDrainedStore` */
export async function drainForReader(mem: DrainMem): Promise<void> {
  if (mem.store.exists() && mem.inbox.countUpTo(1) === 0) return;
  await withDrainedStore(mem, {patienceMs: READER_PATIENCE_MS, drainMs: READER_DRAIN_MS}, async () => undefined);
}

/**
 * A new store takes the time zone of whoever wrote the oldest file, and UTC with an alarm when that is none. While only files wait that a
 * newer mem wrote there is none: the zone would not be theirs.
 */
async function createIfNeeded({store, inbox, clock}: DrainMem): Promise<void> {
  if (store.exists() || inbox.countUpTo(1) === 0) return;
  const zone = inbox.oldestTimeZone();
  if (zone === undefined) return;
  const alarm = isTimeZone(zone)
    ? ''
    : `the time zone of the first events, ${JSON.stringify(zone.slice(0, 60))}, is none: days are those of UTC; set it with: mem config set time_zone ZONE`;
  await store.create({timeZone: alarm === '' ? zone : 'UTC', rulesVersion: CUTTING_RULES_VERSION, createdAt: clock(), alarm});
}

/** Drains and does nothing else: what an ingest calls. */
export function makeDrain(mem: DrainMem): Drain {
  return async (options) => {
    try {
      return await withDrainedStore(mem, options, async (_store, drained) => drained);
    } catch (error) {
      if (error instanceof MemError && error.code === 'STORE_BUSY') return 'busy';
      // Nothing to drain and no store to drain into: an empty input is no error.
      if (error instanceof MemError && error.code === 'NO_STORE') return {files: 0, stored: 0, duplicates: 0, bad: 0, hasMore: false};
      throw error;
    }
  };
}
