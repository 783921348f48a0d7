import type {Store, StoreGate} from '../../store/port/store.js';
import type {Mem} from '../mem.js';

/** Tells a repeated reader whether there is anything new to read. */
export interface HomeWatch {
  /** To be read with: the watch knows what was seen through it. */
  readonly mem: Mem;
  /** Whether something waits in the inbox, or anybody else opened the store, since the last reading. Two stats; it opens nothing. */
  hasChanged(): boolean;
}

export function watchHome(mem: Mem): HomeWatch {
  let [seenStore, seenInbox] = ['', ''];
  const use = <T>(patienceMs: number, work: (store: Store) => Promise<T>): Promise<T> =>
    mem.store.use(patienceMs, (store) => {
      // While it is open here nobody else opens it: whoever changes the stamp after this changed the store after what is read now.
      seenStore = mem.store.changeStamp();
      return work(store);
    });
  return {
    mem: {...mem, store: new WatchedGate(mem.store, use)},
    hasChanged: () => {
      const inbox = mem.inbox.changeStamp();
      if (inbox !== seenInbox) {
        // Files that went are no news: a drain took them, here or elsewhere.
        seenInbox = inbox;
        if (mem.inbox.countUpTo(1) > 0) return true;
      }
      return mem.store.changeStamp() !== seenStore;
    },
  };
}

/** A gate whose openings are noted. */
class WatchedGate implements StoreGate {
  readonly #gate: StoreGate;
  readonly use: StoreGate['use'];

  constructor(gate: StoreGate, use: StoreGate['use']) {
    this.#gate = gate;
    this.use = use;
  }

  get work(): StoreGate['work'] {
    return this.#gate.work;
  }

  get hasHole(): boolean {
    return this.#gate.hasHole;
  }

  exists(): boolean {
    return this.#gate.exists();
  }

  changeStamp(): string {
    return this.#gate.changeStamp();
  }

  lostStore(): ReturnType<StoreGate['lostStore']> {
    return this.#gate.lostStore();
  }

  create(header: Parameters<StoreGate['create']>[0]): Promise<void> {
    return this.#gate.create(header);
  }
}
