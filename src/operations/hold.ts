import type {Store} from '../store/store.js';
import {HOLD_MS, JOB_PATIENCE_MS, type Mem} from './mem.js';

/** Others look for a free store every 4 to 16 ms: a job that comes back sooner would keep them out for as long as it runs. */
const LET_OTHERS_IN_MS = 20;

/**
 * Does a long piece of work on the store in turns. `work` yields where the store may be let go; once it was held for HOLD_MS it is
 * closed there, others get in, and the work goes on with the store opened anew. What was read before a yield may have changed after it.
 * @param work asks for the open store anew after each yield
 */
export async function holdInTurns<T>(
  mem: Pick<Mem, 'store' | 'clock'>,
  patienceMs: number,
  work: (current: () => Store) => AsyncGenerator<void, T>,
): Promise<T> {
  let open: Store | undefined;
  const turns = work(() => {
    if (open === undefined) throw new Error('the store was asked for outside of a turn');
    return open;
  });
  for (;;) {
    const turn = await mem.store.use(patienceMs, async (store) => {
      open = store;
      const since = mem.clock();
      try {
        for (;;) {
          const step = await turns.next();
          if (step.done || mem.clock() - since >= HOLD_MS) return step;
        }
      } finally {
        open = undefined;
        // A merge of level-0 files that is cut short begins anew at the next opening: without time for one they pile up by the hundred.
        if (patienceMs >= JOB_PATIENCE_MS) await store.settle();
      }
    });
    if (turn.done) return turn.value;
    await new Promise((resolve) => setTimeout(resolve, LET_OTHERS_IN_MS));
  }
}
