import type {EpochMs} from '../../../domain/event/event.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {type NodePointer, pointerTo, type TocNode} from '../../../domain/toc/node.js';
import type {NodeHistory} from '../../port/store.js';
import {SealedBatch} from '../commit/sealed-batch.js';
import type {Db} from '../db.js';
import {nodeOfLine} from '../journal/journal-lines.js';
import {nodeKey, pointerKey} from '../keys.js';
import type {LevelDbStore} from '../leveldb-store.js';
import {formatNode} from '../node-records.js';
import {Reader, type Work} from '../read/reader.js';
import {formatJson} from '../records.js';

/** Fills a store that is being made with lines of a journal. See `Remake`. */
export class NewRows {
  readonly #db: Db;
  readonly #store: LevelDbStore;
  readonly #at: EpochMs;
  readonly work: Work = {valuesRead: 0, keysWritten: 0};

  constructor(db: Db, store: LevelDbStore, at: EpochMs) {
    this.#db = db;
    this.#store = store;
    this.#at = at;
  }

  async addLines(kind: JournalKind, lines: readonly string[]): Promise<number> {
    if (kind === 'node') return this.#addVersions(lines.flatMap((line) => nodeOfLine(line) ?? []));
    const before = await this.#store.counters();
    await this.#store.takeLines(kind, lines, this.#at);
    return (await this.#store.counters()).events - before.events;
  }

  /** Of a version that came twice the last one counts. */
  async #addVersions(nodes: readonly TocNode[]): Promise<number> {
    const byKey = new Map(nodes.map((node) => [nodeKey(node.id, node.version), node]));
    const found = await new Reader(this.#db, this.work).lookUp([...byKey.keys()]);
    const fresh = [...byKey].filter((_, at) => found[at] === undefined);
    if (fresh.length === 0) return 0;
    await this.write((batch) => {
      for (const [key, node] of fresh) batch.put(key, formatNode(node));
    });
    return fresh.length;
  }

  async pointToNewest(histories: readonly NodeHistory[]): Promise<void> {
    if (histories.length === 0) return;
    await this.write((batch) => {
      for (const {id, versions} of histories) {
        const newest = versions.at(-1);
        if (newest === undefined) batch.del(pointerKey(id));
        else batch.put(pointerKey(id), formatJson(pointerTo(newest) satisfies NodePointer));
      }
    });
  }

  /** Without a sync: all of a new store is synced, or committed, at its end. */
  write(fill: (batch: SealedBatch) => void): Promise<void> {
    return this.#db.write((batch) => fill(new SealedBatch(batch, this.work)), {sync: false});
  }
}
