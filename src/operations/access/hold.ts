import type {ReadAhead, Store} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** Opens the store once for a short part of a job's work. */
export function holdOnce<T>(mem: Pick<Mem, 'store'>, work: (store: Store) => Promise<T>): Promise<T> {
  return mem.store.use(JOB_PATIENCE_MS, work, 'after');
}

/** Does long work on the store in turns; see `StoreGate.inTurns`. A patient caller also does the store's upkeep; a reader does not. */
export function holdInTurns<T>(
  mem: Pick<Mem, 'store'>,
  patienceMs: number,
  work: (current: () => Store) => AsyncGenerator<void, T>,
  ahead?: ReadAhead,
): Promise<T> {
  return mem.store.inTurns(patienceMs, work, patienceMs >= JOB_PATIENCE_MS ? 'after' : 'none', ahead);
}
