import {MemError} from '../../errors.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {JournalFiles, Remake, StoreGate} from '../../store/port/store.js';

export interface DatabaseGateParts {
  /** For people. */
  readonly location: string;
  readonly load: () => Promise<StoreGate>;
  readonly inbox: Pick<Inbox, 'list' | 'read'>;
}

/** So many bytes of waiting files are read to count their events. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The gate to a memory in a database: what speaks to it is loaded when it is first used. Where it is away, errors tell how much waits. */
export function openDatabaseGate(parts: DatabaseGateParts): StoreGate {
  return new DatabaseGate(parts);
}

class DatabaseGate implements StoreGate {
  readonly location: string;
  readonly #load: DatabaseGateParts['load'];
  readonly #inbox: DatabaseGateParts['inbox'];
  #loading: Promise<StoreGate> | undefined;
  #loaded: StoreGate | undefined;

  readonly journalFiles: JournalFiles;

  constructor({location, load, inbox}: DatabaseGateParts) {
    const facts = () => this.#loaded?.journalFiles?.facts;
    this.journalFiles = {
      get facts() {
        return facts();
      },
      endFiles: (at) => this.#with(async (gate) => gate.journalFiles?.endFiles(at)),
    };
    this.location = location;
    this.#load = load;
    this.#inbox = inbox;
  }

  get work(): StoreGate['work'] {
    return this.#loaded?.work ?? {valuesRead: 0, keysWritten: 0};
  }

  /** Whether there is one the first use tells: to ask would be a round trip of its own. */
  exists(): boolean {
    return true;
  }

  changeStamp(): Promise<string> {
    return this.#with((gate) => gate.changeStamp());
  }

  create(...args: Parameters<StoreGate['create']>): Promise<void> {
    return this.#with((gate) => gate.create(...args));
  }

  use: StoreGate['use'] = (...args) => this.#with((gate) => gate.use(...args));

  inTurns: StoreGate['inTurns'] = (...args) => this.#with((gate) => gate.inTurns(...args));

  remake(...args: Parameters<NonNullable<StoreGate['remake']>>): Promise<Remake | undefined> {
    return this.#with(async (gate) => gate.remake?.(...args));
  }

  async pause(): Promise<void> {}

  lease(...args: Parameters<StoreGate['lease']>): ReturnType<StoreGate['lease']> {
    return this.#with((gate) => gate.lease(...args));
  }

  async #with<T>(work: (gate: StoreGate) => Promise<T>): Promise<T> {
    this.#loading ??= this.#load();
    try {
      this.#loaded = await this.#loading;
      return await work(this.#loaded);
    } catch (error) {
      throw error instanceof MemError && error.code === 'STORE_AWAY' ? this.#withWaiting(error) : error;
    }
  }

  #withWaiting(error: MemError): MemError {
    const waiting = waitingEvents(this.#inbox);
    return new MemError(error.code, `${error.message}; ${waiting} in the inbox`, {
      ...(error.hint !== undefined && {hint: error.hint}),
      cause: error,
    });
  }
}

/** `12 events wait`, or their files where they are too many to count. */
function waitingEvents(inbox: DatabaseGateParts['inbox']): string {
  let events = 0;
  let bytes = 0;
  const files = inbox.list();
  for (const {name} of files) {
    const content = inbox.read(name);
    if (content.kind !== 'read') continue;
    events += content.records.length;
    bytes += content.bytes;
    if (bytes > MOST_BYTES) return `more than ${events} events wait`;
  }
  return events === 1 ? '1 event waits' : `${events} events wait`;
}
