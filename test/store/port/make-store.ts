import type {AgentEvent} from '../../../src/domain/event/event.js';
import {wordsMark} from '../../../src/domain/event/identity/words-mark.js';
import type {MarkWords} from '../../../src/domain/event/tombstone.js';
import type {Store, StoreGate} from '../../../src/store/port/store.js';

/** A store that was just made with `A_HEADER`, and all that is needed to have many work on it. */
export interface StorePlace extends AsyncDisposable {
  /** Another gate to the same store, as another process has it. */
  gate(): StoreGate;
  /**
   * Starts a writer that drains batch after batch, and kills it, wherever it is, as soon as it acknowledged `enough` of them.
   * @returns how many it had acknowledged: at least `enough`
   */
  killWriter(batches: readonly (readonly AgentEvent[])[], enough: number): Promise<number>;
}

/** By which every store here knows words that were forgotten. */
export const markWords: MarkWords = (words) => wordsMark(Buffer.from('the key of the memory'), words);

export type MakeStore = () => Promise<StorePlace>;

/** One thing that every store must do. It rejects where the store does not. */
export interface StoreCase {
  readonly name: string;
  readonly run: (makeStore: MakeStore) => Promise<void>;
}

export async function withGate(makeStore: MakeStore, work: (gate: StoreGate) => Promise<void>): Promise<void> {
  await using place = await makeStore();
  await work(place.gate());
}

export function withStore(makeStore: MakeStore, work: (store: Store) => Promise<void>): Promise<void> {
  return withGate(makeStore, (gate) => gate.use(0, work));
}
