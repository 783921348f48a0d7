import {shortPause} from '../../system/sleep.js';
import type {Upkeep} from '../port/store.js';

/** The store is not held longer than this at a stretch while somebody else asks for it. */
const TURN_MS = 200;
/**
 * And not longer than this at all: who may not write to the home cannot ask. Each turn costs an opening, with a look at LevelDB's files,
 * and the merge that its closing cuts short.
 */
const LONGEST_TURN_MS = 2_000;
/** Others look for a free store every 4 to 16 ms: who comes back sooner would keep them out for as long as it works. */
const LET_OTHERS_IN_MS = 20;
const SETTLE_MS = 250;
/** A merge of all of a store's files took 20 s. */
const LONGEST_SETTLE_MS = 64_000;

/** What of an open store matters for turns. */
export interface Settling {
  readonly isUnsettled: boolean;
  settle(maxMs: number): Promise<void>;
}

/** Opens the store for one turn. */
export type OpenTurn<S> = <T>(work: (store: S) => Promise<T>) => Promise<T>;

/** To be waited for between two openings of the store. */
export function letOthersIn(): Promise<void> {
  return shortPause(LET_OTHERS_IN_MS);
}

/**
 * Turns for LevelDB alone, to merge its level-0 files: each closing cuts a merge short, and the next opening begins it again. Where
 * 250 ms are not enough for one, no number of such turns would be, and the files pile up: each turn is twice as long as the one before,
 * until nothing is left to merge. (With an end at a second a slow machine came to 678 files, which one merge has to take together: for
 * hours it began that again, and read all of them for each value.) Where this is done after each turn of work, the long ones do not occur.
 */
async function settle<S extends Settling>(openTurn: OpenTurn<S>): Promise<void> {
  for (let ms = SETTLE_MS; ms <= LONGEST_SETTLE_MS; ms *= 2) {
    await letOthersIn();
    const isUnsettled = await openTurn(async (store) => {
      await store.settle(ms);
      return store.isUnsettled;
    });
    if (!isUnsettled) return;
  }
}

/** Opens the store once, and lets LevelDB merge after that where it must and may. */
export async function workOnce<S extends Settling, T>(openTurn: OpenTurn<S>, work: (store: S) => Promise<T>, upkeep: Upkeep): Promise<T> {
  const {value, isUnsettled} = await openTurn(async (store) => ({value: await work(store), isUnsettled: store.isUnsettled}));
  if (upkeep === 'after' && isUnsettled) await settle(openTurn);
  return value;
}

export interface TurnWatch {
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  /** @returns whether somebody has asked for the store since this call */
  readonly watchAsked: () => () => boolean;
}

/** See `StoreGate.inTurns`. */
export async function workInTurns<S extends Settling, T>(
  openTurn: OpenTurn<S>,
  work: (current: () => S) => AsyncGenerator<void, T>,
  upkeep: Upkeep,
  {now, watchAsked}: TurnWatch,
): Promise<T> {
  let open: S | undefined;
  const turns = work(() => {
    if (open === undefined) throw new Error('the store was asked for outside of a turn');
    return open;
  });
  for (;;) {
    const {step, isUnsettled} = await openTurn(async (store) => {
      open = store;
      const since = now();
      const isAsked = watchAsked();
      try {
        for (;;) {
          const next = await turns.next();
          const held = now() - since;
          if (!next.done && (held < TURN_MS || (held < LONGEST_TURN_MS && !isAsked()))) continue;
          return {step: next, isUnsettled: store.isUnsettled};
        }
      } finally {
        open = undefined;
      }
    });
    if (isUnsettled && (upkeep === 'after' || (upkeep === 'between' && !step.done))) await settle(openTurn);
    if (step.done) return step.value;
    await letOthersIn();
  }
}
