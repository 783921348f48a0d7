import type {Store} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** Opens the store once for a short piece of a job's work. */
export function holdOnce<T>(mem: Pick<Mem, 'store'>, work: (store: Store) => Promise<T>): Promise<T> {
  return mem.store.use(JOB_PATIENCE_MS, work, 'after');
}

/** Does a long piece of work on the store in turns; see `StoreGate.inTurns`. Who is patient does the store's upkeep as well: a reader does not. */
export function holdInTurns<T>(
  mem: Pick<Mem, 'store'>,
  patienceMs: number,
  work: (current: () => Store) => AsyncGenerator<void, T>,
): Promise<T> {
  return mem.store.inTurns(patienceMs, work, patienceMs >= JOB_PATIENCE_MS ? 'after' : 'none');
}
