import type {ChangeCursor} from '../../store/port/changes-since.js';
import type {Store, StoreGate} from '../../store/port/store.js';
import type {Mem} from '../mem.js';

/** Files that a reading left in the inbox are news again at each fifth look: it had no time for them, or cannot read them. */
const LOOKS_AT_LEFT_FILES = 5;

/** Tells a repeated reader whether there is anything new to read. */
export interface HomeWatch {
  /** The gate to read through: the watch notes what was seen through it. */
  readonly mem: Mem;
  /**
   * Whether something waits in the inbox, or another process opened the store, since the last reading; or a reading found what was stored
   * since the one before it, which that one cannot show. It opens nothing.
   */
  hasChanged(): Promise<boolean>;
}

export function watchHome(mem: Mem): HomeWatch {
  const store = new WatchedGate(mem.store);
  let seenInbox = '';
  let looks = 0;
  return {
    mem: {...mem, store},
    hasChanged: async () => {
      const inbox = mem.inbox.changeStamp();
      // Files that are gone are not news: a drain took them, here or elsewhere.
      if ((inbox !== seenInbox || ++looks % LOOKS_AT_LEFT_FILES === 0) && mem.inbox.countUpTo(1) > 0) {
        seenInbox = inbox;
        store.forgetNews();
        return true;
      }
      seenInbox = inbox;
      const isNews = store.hasNews || (await mem.store.changeStamp()) !== store.seen;
      if (isNews) store.forgetNews();
      return isNews;
    },
  };
}

/** A gate that notes its sessions. */
class WatchedGate implements StoreGate {
  readonly #gate: StoreGate;
  /** The stamp of the last session through this gate. */
  seen = '';
  /** Whether a session saw another history than the one before it. */
  hasNews = false;
  /** Where the history stood at the last session. Its own openings do not move it, as they move the stamp. */
  #known: ChangeCursor | undefined;

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

  get journalFiles(): StoreGate['journalFiles'] {
    return this.#gate.journalFiles;
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
        await this.#note(store);
        return work(store);
      },
      upkeep,
    );

  inTurns: StoreGate['inTurns'] = (patienceMs, work, upkeep, ahead) =>
    this.#gate.inTurns(patienceMs, (current) => this.#noted(current, work), upkeep, ahead);

  /** Notes the stamp of each session: after a turn that released the store, it is another session. */
  async *#noted<T>(current: () => Store, work: (current: () => Store) => AsyncGenerator<void, T>): AsyncGenerator<void, T> {
    const turns = work(current);
    let noted: Store | undefined;
    for (;;) {
      if (noted !== current()) {
        noted = current();
        await this.#note(noted);
      }
      const step = await turns.next();
      if (step.done) return step.value;
      yield;
    }
  }

  /** All is read again now, so whatever history the next session sees is no news. */
  forgetNews(): void {
    this.hasNews = false;
    this.#known = undefined;
  }

  /**
   * In an open session: a later change of the stamp means a change of the store after this reading. What was stored before it, the readings
   * before it do not have: whatever this one reads, they are to be made again.
   */
  async #note(store: Store): Promise<void> {
    this.seen = await this.#gate.changeStamp();
    const cursor = await store.changeCursor();
    if (this.#known !== undefined && cursor !== this.#known) this.hasNews = true;
    this.#known = cursor;
  }
}
