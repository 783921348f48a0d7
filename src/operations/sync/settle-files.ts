import type {EventId} from '../../domain/event/event.js';
import {eventId} from '../../domain/event/identity/event-id.js';
import {MemError} from '../../errors.js';
import type {JournalFile} from '../../journal/journal.js';
import {lockBusy} from '../../locks/locks.js';
import {NOTHING_SETTLED, type Settled} from '../../sync/peer.js';
import type {SyncState} from '../../sync/sync-state.js';
import {holdOnce} from '../access/hold.js';
import {idOfLine, linesOf} from '../care/journal-lines.js';
import {finishForgetting, forget} from '../forget/forget.js';
import type {Mem} from '../mem.js';
import type {HomePeerParts} from './home-peer-parts.js';
import {takeEvents} from './take-lines.js';
import {findForgotten, takeTombstones} from './take-tombstones.js';

/**
 * Makes what came from others part of the memory: first what was forgotten, so that nothing brings it back, then events. It can be killed
 * at any point: what is not noted as taken is taken again, and nothing is stored twice.
 */
export async function settleFiles(parts: HomePeerParts): Promise<Settled> {
  const {mem, files} = parts;
  const work = new Settling(parts);
  const waiting = files.waiting();
  const own = mem.journal.ownWriter();
  const others = () => mem.journal.list().files.filter(({writer}) => writer !== own);
  if (!parts.signal?.aborted) files.dropParts();
  if (waiting.length === 0 && !mem.store.exists()) return NOTHING_SETTLED;
  for (const file of waiting.filter(({kind}) => kind === 'forgotten')) await work.takeWaiting(file, own);
  for (const file of others().filter(({kind}) => kind === 'forgotten')) await work.takePlaced(file);
  await work.forgetNamed();
  for (const file of waiting.filter(({kind}) => kind === 'event')) await work.takeWaiting(file, own);
  for (const file of others().filter(({kind}) => kind === 'event')) await work.takePlaced(file);
  for (const file of mem.peerNodes.list().files) await work.takeNodes(file);
  return work.settled;
}

class Settling {
  readonly #parts: HomePeerParts;
  #state: SyncState;
  settled: Settled = NOTHING_SETTLED;

  constructor(parts: HomePeerParts) {
    this.#parts = parts;
    this.#state = parts.files.readState();
  }

  /** A file that stands in the journal: its events are stored, and it loses those that were forgotten. */
  async takePlaced(file: JournalFile): Promise<void> {
    const {mem, signal} = this.#parts;
    const name = `${file.writer}/${file.name}`;
    const known = this.#state.taken[name] ?? 0;
    if (signal?.aborted) return;
    if (known === file.bytes) return this.#sealAlike(file, name);
    if (file.kind === 'forgotten') {
      await takeTombstones(mem, file, true);
      this.#note({taken: {...this.#state.taken, [name]: file.bytes}});
      return;
    }
    const taken = await takeEvents(mem, file, {from: known < file.bytes && file.generation === 0 ? known : 0, isKept: true, signal});
    if (taken === undefined) return;
    this.#count({events: taken.events});
    if (taken.forgotten.size === 0) return this.#note({taken: {...this.#state.taken, [name]: file.bytes}});
    await this.#rewriting(async () => {
      const kept = await mem.journal.rewrite(file, {line: withoutForgotten(taken.forgotten)});
      const {[name]: _, ...others} = this.#state.taken;
      this.#note({taken: {...others, [`${kept.writer}/${kept.name}`]: kept.bytes}});
    });
  }

  /** A file that its writer has sealed is sealed here, too: both have one name then, and neither sends it. */
  async #sealAlike(file: JournalFile, name: string): Promise<void> {
    if (this.#state.sealed[name] === undefined) return;
    await this.#rewriting(async () => {
      const kept = await this.#parts.mem.journal.rewrite(file, {});
      const {[name]: _, ...others} = this.#state.taken;
      this.#note({taken: {...others, [`${kept.writer}/${kept.name}`]: kept.bytes}});
    });
  }

  /** Nodes that came wait for a rollup that would make them. Of what was forgotten here nothing stays in them. */
  async takeNodes(file: JournalFile): Promise<void> {
    const {mem, files, signal} = this.#parts;
    const name = `${file.writer}/${file.name}`;
    if (this.#state.taken[name] === file.bytes || signal?.aborted) return;
    const ids = new Set<EventId>();
    for (const part of mem.peerNodes.read(file)) if (part.kind === 'member') for (const id of eventIdsIn(part.lines)) ids.add(id);
    const forgotten = await holdOnce(mem, async (store) => store.care?.forgotten([...ids]));
    let kept = file;
    if (forgotten !== undefined && forgotten.size > 0) {
      this.#note({seen: {...this.#state.seen, [name]: files.digestOf(file)}});
      kept = await mem.journal.rewrite(file, {
        line: (line) => ([...eventIdsIn(Buffer.from(line))].some((id) => forgotten.has(id)) ? undefined : line),
        damage: () => [],
      });
    }
    this.#note({taken: {...this.#state.taken, [`${kept.writer}/${kept.name}`]: kept.bytes}});
  }

  /** Another version of a file that stands in the journal: it takes its place where it has all of that. */
  async takeWaiting(file: JournalFile, own: string | undefined): Promise<void> {
    const {mem, files, signal} = this.#parts;
    const ours = mem.journal.list().files.find((other) => isSamePlace(other, file));
    if (signal?.aborted) return;
    const theirs = namesIn(mem, file);
    const mine = ours === undefined ? new Set<string>() : namesIn(mem, ours);
    const isMore = [...theirs].some((name) => !mine.has(name));
    if (file.writer !== own && isMore && (await this.#hasAllOf(mine, theirs))) {
      // First into the journal, then into the store, as everything: a forgetting removes what waits.
      const placed = await this.#rewriting(() => this.#place(file, ours));
      if (placed !== undefined) await this.takePlaced(placed);
      return;
    }
    if (file.kind === 'forgotten') await takeTombstones(mem, file, false);
    else {
      const taken = await takeEvents(mem, file, {from: 0, isKept: false, signal});
      if (taken === undefined) return;
      this.#count({events: taken.events});
    }
    this.#noteSeen(file, files.digestOf(file));
    files.remove(file.path);
  }

  /** What was forgotten is missing in theirs, and goes from ours. Else both would stand for good, and whoever has one send it again and again. */
  async #hasAllOf(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): Promise<boolean> {
    const missing = [...mine].filter((name) => !theirs.has(name));
    if (missing.length === 0) return true;
    const ids = missing.filter(isEventIdText).map(eventId);
    if (ids.length < missing.length) return false;
    const forgotten = await holdOnce(this.#parts.mem, async (store) => store.care?.forgotten(ids));
    return ids.every((id) => forgotten?.has(id));
  }

  /** @returns the file as it stands in the journal then */
  async #place(file: JournalFile, ours: JournalFile | undefined): Promise<JournalFile | undefined> {
    const {mem, files} = this.#parts;
    const generation = ours?.generation ?? 0;
    const digest = files.digestOf(file);
    if (file.generation > generation) files.place(file);
    else await mem.journal.rewrite({...file, generation, hash: ''}, {});
    const placed = mem.journal.list().files.find((other) => isSamePlace(other, file));
    if (ours !== undefined && ours.name !== placed?.name) files.remove(ours.path);
    this.#noteSeen(file, digest);
    return placed;
  }

  /**
   * What others forgot goes here, too, with all that was made of it. First a forgetting that was cut short is finished, as of a sync that was
   * killed: until then this home would send what is forgotten everywhere else, again and again.
   */
  async forgetNamed(): Promise<void> {
    const {signal} = this.#parts;
    if (signal?.aborted) return;
    // What waits is taken in by this very sync.
    const mem = {...this.#parts.mem, forgetting: {...this.#parts.mem.forgetting, dropArrivals: () => {}}};
    const options = {signal: signal ?? new AbortController().signal};
    if ((await this.#orLeave(() => finishForgetting(mem, options))) === undefined) return;
    const tombstones = await holdOnce(mem, (store) => store.tombstones());
    if (tombstones.length === this.#state.forgotten) return;
    const events = await findForgotten(mem, tombstones);
    if (events.length > 0) {
      const done = await this.#orLeave(() => forget(mem, {kind: 'events', events}, options));
      if (done === undefined) return;
      this.#count({forgotten: done.events});
    }
    const {length} = await holdOnce(mem, (store) => store.tombstones());
    this.#note({forgotten: length});
  }

  /** Only who holds the lock of compactions writes files again. */
  async #rewriting<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#orLeave(async () => {
      const lock = this.#parts.mem.locks.acquire('compact', {trigger: 'hand'});
      if (lock.kind === 'busy') throw lockBusy('compact', lock.holder);
      try {
        return await work();
      } finally {
        lock.release();
      }
    });
  }

  async #orLeave<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MemError) || error.code !== 'LOCK_BUSY') throw error;
      this.settled = {...this.settled, left: error.message};
      return undefined;
    }
  }

  #count({events = 0, forgotten = 0}: {events?: number; forgotten?: number}): void {
    this.settled = {...this.settled, events: this.settled.events + events, forgotten: this.settled.forgotten + forgotten};
  }

  #noteSeen({writer, name}: JournalFile, digest: string): void {
    this.#note({seen: {...this.#state.seen, [`${writer}/${name}`]: digest}});
  }

  #note(part: Partial<SyncState>): void {
    this.#state = {...this.#state, ...part};
    this.#parts.files.writeState(this.#state);
  }
}

const isEventIdText = (name: string): boolean => name.length === 26;

/** Ids of events look like nothing else in the line of a node. */
function* eventIdsIn(lines: Buffer): Generator<EventId> {
  for (const [text] of lines.toString('latin1').matchAll(/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g)) yield eventId(text);
}

function isSamePlace(a: JournalFile, b: JournalFile): boolean {
  return a.writer === b.writer && a.kind === b.kind && a.number === b.number;
}

/** What a file tells of: ids of events, or whole lines. */
function namesIn({journal}: Pick<Mem, 'journal'>, file: JournalFile): Set<string> {
  const names = new Set<string>();
  for (const part of journal.read(file)) {
    if (part.kind === 'damage') continue;
    for (const line of linesOf(part.lines)) names.add((file.kind === 'event' ? idOfLine(line) : undefined) ?? line);
  }
  return names;
}

function withoutForgotten(ids: ReadonlySet<string>): (line: string) => string | undefined {
  return (line) => (ids.has(idOfLine(line) ?? '') ? undefined : line);
}
