import type {Store, StoreGate} from '../../store/port/store.js';
import type {Mem} from '../mem.js';

/** Tells a repeated reader whether there is anything new to read. */
export interface HomeWatch {
  /** The gate to read through: the watch notes what was seen through it. */
  readonly mem: Mem;
  /** Whether something waits in the inbox, or another process opened the store, since the last reading. It opens nothing. */
  hasChanged(): Promise<boolean>;
}

export function watchHome(mem: Mem): HomeWatch {
  const store = new WatchedGate(mem.store);
  let seenInbox = '';
  return {
    mem: {...mem, store},
    hasChanged: async () => {
      const inbox = mem.inbox.changeStamp();
      if (inbox !== seenInbox) {
        // Files that are gone are not news: a drain took them, here or elsewhere.
        seenInbox = inbox;
        if (mem.inbox.countUpTo(1) > 0) return true;
      }
      return (await mem.store.changeStamp()) !== store.seen;
    },
  };
}

/** A gate that notes its sessions. */
class WatchedGate implements StoreGate {
  readonly #gate: StoreGate;
  /** The stamp of the last session through this gate. */
  seen = '';

  constructor(gate: StoreGate) {
    this.#gate = gate;
  }

  get location(): string {
    return this.#gate.location;
  }

  get work(): StoreGate['work'] {
    return this.#gate.work;
  }

  get maintenance(): StoreGate['maintenance'] {
    return this.#gate.maintenance;
  }

  exists(): boolean {
    return this.#gate.exists();
  }

  changeStamp(): Promise<string> {
    return this.#gate.changeStamp();
  }

  create(...args: Parameters<StoreGate['create']>): Promise<void> {
    return this.#gate.create(...args);
  }

  pause(): Promise<void> {
    return this.#gate.pause();
  }

  lease(...args: Parameters<StoreGate['lease']>): ReturnType<StoreGate['lease']> {
    return this.#gate.lease(...args);
  }

  use: StoreGate['use'] = (patienceMs, work, upkeep) =>
    this.#gate.use(
      patienceMs,
      async (store) => {
        await this.#note();
        return work(store);
      },
      upkeep,
    );

  inTurns: StoreGate['inTurns'] = (patienceMs, work, upkeep) =>
    this.#gate.inTurns(patienceMs, (current) => this.#noted(current, work), upkeep);

  /** Notes the stamp of each session: after a turn that released the store, it is another session. */
  async *#noted<T>(current: () => Store, work: (current: () => Store) => AsyncGenerator<void, T>): AsyncGenerator<void, T> {
    const turns = work(current);
    let noted: Store | undefined;
    for (;;) {
      if (noted !== current()) {
        await this.#note();
        noted = current();
      }
      const step = await turns.next();
      if (step.done) return step.value;
      yield;
    }
  }

  /** In an open session: a later change of the stamp means a change of the store after this reading. */
  async #note(): Promise<void> {
    this.seen = await this.#gate.changeStamp();
  }
}
