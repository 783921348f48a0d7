import type {Store} from '../../store/port/store.js';
import {HOLD_MS, JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** Others look for a free store every 4 to 16 ms: who comes back sooner would keep them out for as long as it works. */
const LET_OTHERS_IN_MS = 20;
const SETTLE_MS = 250;
/** A merge of all of a store's files took 20 s. */
const LONGEST_SETTLE_MS = 64_000;

/** To be waited for between two openings of the store. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LET_OTHERS_IN_MS));
}

/**
 * Turns for LevelDB alone, to merge its level-0 files: each closing cuts a merge short, and it begins anew at the next opening. Where
 * 250 ms are not enough for one, no number of such turns would be, and the files pile up: each turn is twice as long as the one before,
 * until nothing is left to merge. (With an end at a second a slow machine came to 678 files, which one merge has to take together: for
 * hours it began that anew, and read all of them for each value.) Where this is done after each turn of work, the long ones do not occur.
 * To be called when a turn left the store unsettled.
 */
export async function settle({store}: Pick<Mem, 'store'>, patienceMs: number): Promise<void> {
  for (let ms = SETTLE_MS; ms <= LONGEST_SETTLE_MS; ms *= 2) {
    await letOthersIn();
    const isUnsettled = await store.use(patienceMs, async (open) => {
      await open.settle(ms);
      return open.isUnsettled;
    });
    if (!isUnsettled) return;
  }
}

/** Opens the store once for a short piece of a job's work, and lets LevelDB merge after it where it must. */
export async function holdOnce<T>(mem: Pick<Mem, 'store'>, work: (store: Store) => Promise<T>): Promise<T> {
  const {value, isUnsettled} = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({
    value: await work(store),
    isUnsettled: store.isUnsettled,
  }));
  if (isUnsettled) await settle(mem, JOB_PATIENCE_MS);
  return value;
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
          return {step, isUnsettled: store.isUnsettled};
        }
      } finally {
        open = undefined;
      }
    });
    if (patienceMs >= JOB_PATIENCE_MS && turn.isUnsettled) await settle(mem, patienceMs);
    if (turn.step.done) return turn.step.value;
    await letOthersIn();
  }
}
