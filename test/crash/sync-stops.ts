import {finishForgetting, forget, planForgetting} from '../../src/operations/forget/forget.js';
import {sync} from '../../src/operations/sync/sync.js';
import {openFolderPeer} from '../../src/sync/folder-peer.js';
import {openHomeFiles} from '../../src/sync/home-files.js';
import {aLine, HomeRig, type LineFields} from '../operations/home-rig.js';
import {Folder} from '../operations/sync/sync-rig.js';

const STOPPED = 'stopped here';
const NEVER = new AbortController().signal;
const THINGS = ['pump', 'sluice', 'gauge'];

/** Numbers that follow from a seed: mulberry32. @returns a whole number below the one that is given */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Has one step of several objects fail, before or behind what it does; 0 for none. */
class Stop {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  #step(): void {
    this.#left--;
    if (this.#left === 0) throw new Error(STOPPED);
  }

  in<Of extends object>(of: Of, names: readonly (keyof Of & string)[]): void {
    for (const name of names) {
      const was = of[name];
      if (typeof was !== 'function') throw new TypeError(`${name} is no method`);
      const stopping = (...given: unknown[]): unknown => {
        this.#step();
        const result: unknown = Reflect.apply(was, of, given);
        if (result instanceof Promise) {
          return result.then((value: unknown) => {
            this.#step();
            return value;
          });
        }
        this.#step();
        return result;
      };
      Reflect.set(of, name, stopping);
    }
  }
}

/** Has an object's own methods again. */
function undo<Of extends object>(of: Of, names: readonly (keyof Of & string)[]): void {
  for (const name of names) Reflect.deleteProperty(of, name);
}

const OF_INTENTS = ['add', 'replace', 'remove'] as const;
const OF_JOURNAL = ['rewrite', 'append'] as const;
const OF_FILES = ['receive', 'place', 'remove', 'writeState'] as const;

/** Three homes that take in, forget, roll up and sync over a folder in any order, and are stopped between two steps. */
export class SyncStops implements AsyncDisposable {
  readonly folder = new Folder();
  readonly homes: readonly [HomeRig, HomeRig, HomeRig] = [new HomeRig(), new HomeRig(), new HomeRig()];
  readonly forgotten = new Set<string>();
  readonly #random: (below: number) => number;
  #notes = 0;

  constructor(seed: number) {
    this.#random = seeded(seed * 7919);
  }

  async begin(): Promise<void> {
    for (const rig of this.homes) await rig.create('UTC');
    await this.homes[0].ingest([aLine({timestamp: '2024-01-01T12:00:00Z', text: 'The first of all notes here.'})]);
    for (const rig of this.homes) await this.folder.sync(rig);
  }

  async step(): Promise<void> {
    for (const rig of this.homes) rig.now = (rig.now + 1_000) as typeof rig.now;
    const rig = this.#any();
    const what = this.#random(10);
    if (what < 3) await this.#ingest(rig);
    else if (what < 4) await rig.rollUp();
    else if (what < 5) await rig.mem.store.journalFiles?.endFiles(rig.mem.clock());
    else if (what < 7) await this.#forget(rig);
    else await this.#sync(rig);
  }

  #any(): HomeRig {
    return this.homes[this.#random(3)] ?? this.homes[0];
  }

  /** To one home or more, some as of another session, as of a conversation that was forked. */
  async #ingest(rig: HomeRig): Promise<void> {
    const lines = Array.from({length: 1 + this.#random(3)}, (): LineFields => {
      this.#notes++;
      return aLine({
        timestamp: `2024-01-${10 + this.#random(15)}T1${this.#random(9)}:00:00Z`,
        session_id: `s${this.#random(3)}`,
        event_id: `note-${this.#notes}`,
        text: `Note ${this.#notes}: the lamp of the ${THINGS[this.#random(3)]} was looked at.`,
      });
    });
    for (const to of [rig, ...(this.#random(2) === 0 ? [this.#any()] : [])])
      await to.ingest(lines.map((line) => (this.#random(4) === 0 ? {...line, session_id: 'fork'} : line)));
  }

  async #forget({mem}: HomeRig): Promise<void> {
    if (this.#notes === 0) return;
    const note = 1 + this.#random(this.#notes);
    const stop = new Stop(this.#random(3) === 0 ? 1 + this.#random(12) : 0);
    const {intents} = mem.forgetting;
    stop.in(mem.journal, OF_JOURNAL);
    stop.in(intents, OF_INTENTS);
    await orStopped(async () => {
      await finishForgetting(mem, {signal: NEVER});
      const {events} = await planForgetting(mem, {query: `"Note ${note}"`});
      if (events.length === 0) return;
      await forget(mem, {kind: 'events', events}, {signal: NEVER});
      for (const {id} of events) this.forgotten.add(id);
    });
    undo(mem.journal, OF_JOURNAL);
    undo(intents, OF_INTENTS);
  }

  /** Some beside a compaction, which keeps files from being written again. */
  async #sync({mem, home}: HomeRig): Promise<void> {
    const files = openHomeFiles(home);
    const stop = new Stop(this.#random(3) > 0 ? 1 + this.#random(25) : 0);
    const {intents} = mem.forgetting;
    const lock = this.#random(4) === 0 ? mem.locks.acquire('compact', {trigger: 'hand'}) : undefined;
    stop.in(mem.journal, OF_JOURNAL);
    stop.in(files, OF_FILES);
    stop.in(intents, OF_INTENTS);
    await orStopped(() => sync(openFolderPeer(this.folder.path), {mem, files, dryRun: false}));
    undo(mem.journal, OF_JOURNAL);
    undo(intents, OF_INTENTS);
    if (lock?.kind === 'acquired') lock.release();
  }

  /** Syncs until nobody has anything new. @returns how many times around */
  async settle(): Promise<number> {
    for (let around = 1; around < 9; around++) {
      let carried = 0;
      for (const rig of this.homes) {
        const {received, sent} = await this.folder.sync(rig);
        carried += received.files + sent.files;
      }
      if (carried === 0) return around;
    }
    throw new Error('eight times around there is still something new');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const rig of this.homes) await rig[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

async function orStopped(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const {message, cause} = Object(error);
    if (![message, Object(cause).message].includes(STOPPED)) throw error;
  }
}
