import type {Store} from '../store/store.js';
import {HOLD_MS, JOB_PATIENCE_MS, type Mem} from './mem.js';

/** Others look for a free store every 4 to 16 ms: who comes back sooner would keep them out for as long as it works. */
const LET_OTHERS_IN_MS = 20;
/** A turn, with LevelDB's merging in it, takes about this long at most. */
const TURN_MS = 250;

/** To be waited for between two openings of the store. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LET_OTHERS_IN_MS));
}

/** What is left of a turn for LevelDB to merge its level-0 files in: a merge that is cut short begins anew at the next opening. */
export function settleMs(heldMs: number): number {
  return Math.max(TURN_MS - HOLD_MS, TURN_MS - heldMs);
}

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
          const heldMs = mem.clock() - since;
          if (!step.done && heldMs < HOLD_MS) continue;
          // Not after a failure: then the store is closed already. Without time to merge, level-0 files pile up by the hundred.
          if (patienceMs >= JOB_PATIENCE_MS) await store.settle(settleMs(heldMs));
          return step;
        }
      } finally {
        open = undefined;
      }
    });
    if (turn.done) return turn.value;
    await letOthersIn();
  }
}
