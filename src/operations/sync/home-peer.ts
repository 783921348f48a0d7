import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import type {FileBytes, MemoryFacts, Peer, PeerFile, Settled, Wanted} from '../../sync/peer.js';
import type {HomeListing} from '../../sync/sync-files.js';
import {withDrainedStore} from '../access/drained-store.js';
import {JOB_PATIENCE_MS, type Mem, READER_DRAIN_MS} from '../mem.js';
import {changeTimeZone} from '../settings/change-time-zone.js';
import type {HomePeerParts} from './home-peer-parts.js';
import {settleFiles} from './settle-files.js';

/** This memory as one of the two sides. */
export class HomePeer implements Peer {
  readonly #parts: HomePeerParts;

  constructor(parts: HomePeerParts) {
    this.#parts = parts;
  }

  get location(): string {
    return this.#parts.mem.home;
  }

  async facts(): Promise<MemoryFacts> {
    const {mem, files} = this.#parts;
    // What waits is part of the memory: it decides the zone of one that has none yet.
    if (!mem.store.exists() && mem.inbox.countUpTo(1) === 0) return {timeZone: undefined, key: undefined, holdsEvents: false};
    return withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: READER_DRAIN_MS}, async (store) => {
      const {events} = await store.counters();
      return {timeZone: store.header.timeZone, key: files.key(), holdsEvents: events > 0 || mem.journal.hasFiles()};
    });
  }

  async adopt({timeZone, key}: MemoryFacts): Promise<void> {
    const {mem, files} = this.#parts;
    if ((await this.facts()).holdsEvents) {
      throw new MemError('STORE_REFUSED', 'a memory that holds events keeps its time zone and its key', {
        hint: 'give both memories one zone: mem config set time_zone ZONE',
      });
    }
    if (key !== undefined) files.adoptKey(key);
    if (timeZone === undefined) return;
    if (!mem.store.exists()) await mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: mem.clock(), alarm: ''});
    else if ((await this.facts()).timeZone !== timeZone) await changeTimeZone(mem, timeZone, {dryRun: false});
  }

  list(): Promise<HomeListing> {
    return this.#parts.files.list();
  }

  async choose(files: readonly PeerFile[]): Promise<readonly Wanted[]> {
    const {mem} = this.#parts;
    return this.#parts.files.choose(files, {own: mem.journal.ownWriter(), wantsNodes: mem.model !== undefined});
  }

  read(wanted: Wanted): Promise<FileBytes> {
    return this.#parts.files.read(wanted);
  }

  write(file: PeerFile, bytes: FileBytes): Promise<string | undefined> {
    return this.#parts.files.receive(file, bytes);
  }

  settle(): Promise<Settled> {
    return settleFiles(this.#parts);
  }

  async tidy(): Promise<void> {}

  async close(): Promise<void> {}
}

/** @throws MemError STORE_REFUSED where the memory is not in files */
export function assertHasFiles(mem: Pick<Mem, 'store'>): void {
  if (mem.store.maintenance !== undefined) return;
  throw new MemError('STORE_REFUSED', 'a memory in a database is not synced: all its machines use the database', {
    hint: 'name a memory in files: --store FOLDER, with store.url unset',
  });
}
