import {cpSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import type {AgentEvent} from '../../../src/domain/event/event.js';
import {eventLine} from '../../../src/domain/event/line/event-line.js';
import type {JournalKind} from '../../../src/domain/journal/journal-end.js';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {Store, StoreGate, StoreJournal} from '../../../src/store/port/store.js';
import {A_HEADER, aNode, anEvent, at, inFile, temporaryHome} from './store-rig.js';

/** A home whose store can be put back as it was. */
export class JournalledStore implements Disposable {
  readonly home = temporaryHome();
  readonly journal = openJournal(this.home.path);
  gate: StoreGate = openStoreGate(this.home.path, {journal: this.journal});

  async create(): Promise<this> {
    await this.gate.create(A_HEADER);
    return this;
  }

  use<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return this.gate.use(0, work);
  }

  drain(events: readonly AgentEvent[]): Promise<unknown> {
    return this.use((store) => store.drain([inFile(events)], at(1_700_000_000_000)));
  }

  commitNode(id: PeriodId, version: number, {sync = false, isJournalled = false} = {}): Promise<unknown> {
    return this.use((store) => store.commit([{kind: 'node', node: aNode(id, version)}], at(1_700_000_000_000), {sync, isJournalled}));
  }

  /** What the store's commits of `work` leave when the store loses them. */
  async losing(work: () => Promise<unknown>): Promise<void> {
    const [db, kept] = [join(this.home.path, 'db'), join(this.home.path, 'kept')];
    cpSync(db, kept, {recursive: true});
    await work();
    rmSync(db, {recursive: true});
    cpSync(kept, db, {recursive: true});
    rmSync(kept, {recursive: true});
  }

  texts(): Promise<readonly string[]> {
    return this.use(async (store) =>
      (await store.events(at(0), at(2 ** 45))).events.map(({record}) => /"text":"([^"]*)"/.exec(String(record))?.[1] ?? ''),
    );
  }

  /** The lines of all files of a kind. */
  lines(kind: JournalKind = 'event'): readonly string[] {
    return this.journal
      .list()
      .files.filter((file) => file.kind === kind)
      .flatMap(({path}) => gunzipSync(readFileSync(path)).toString().trimEnd().split('\n'));
  }

  [Symbol.dispose](): void {
    this.home[Symbol.dispose]();
  }
}

export const aRig = () => new JournalledStore().create();
export const event = (text: string) => anEvent({text});
export const lineOf = (of: AgentEvent) => eventLine(inFile([of]).records[0]?.record ?? Buffer.alloc(0));

/** Methods of an object, to be put together with others. */
export function bound(journal: StoreJournal): StoreJournal {
  return {
    hasFiles: () => journal.hasFiles(),
    ownWriter: () => journal.ownWriter(),
    append: (kind, lines, options) => journal.append(kind, lines, options),
    sync: (kind, end) => journal.sync(kind, end),
    behind: (kind, writer, end) => journal.behind(kind, writer, end),
  };
}
