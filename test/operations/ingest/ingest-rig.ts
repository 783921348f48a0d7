import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {AgentEvent, EpochMs} from '../../../src/domain/event/event.js';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import type {IngestResult} from '../../../src/domain/event/ingest-result.js';
import {openInbox} from '../../../src/inbox/folder-inbox.js';
import type {Inbox} from '../../../src/inbox/inbox.js';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {makeDrain, withDrainedStore} from '../../../src/operations/access/drained-store.js';
import {type IngestDeps, type IngestOptions, ingest} from '../../../src/operations/ingest/ingest.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {InputSource} from '../../../src/system/input.js';
import {randomBits} from '../../../src/system/random-bits.js';
import {redactor} from '../../domain/event/ordinary.js';

export type LineFields = Readonly<Record<string, unknown>>;

export function aLine(fields: LineFields = {}): string {
  return `${JSON.stringify({session_id: 's1', role: 'user', timestamp: '2024-01-15T12:00:00Z', ...fields})}\n`;
}

/** An input that gives its blocks one after the other; a promise among them is waited for, as for a slow pipe. */
export function pipeOf(...blocks: readonly (string | Buffer | Promise<void>)[]): InputSource {
  const left = [...blocks];
  const read = async (block: Buffer): Promise<number> => {
    const next = left.shift();
    if (next === undefined) return 0;
    if (next instanceof Promise) {
      await next;
      return read(block);
    }
    const bytes = Buffer.from(next);
    if (bytes.length > block.length) left.unshift(bytes.subarray(block.length));
    return bytes.copy(block);
  };
  return {name: '-', open: () => ({size: undefined, read, close: () => undefined})};
}

/** A home in a temporary folder with the real inbox and store, whose clock stands still unless a test moves it. */
export class IngestRig implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'mem-ingest-'));
  now = Date.parse('2024-06-01T12:00:00Z') as EpochMs;
  readonly mem;
  readonly deps: IngestDeps;
  drainsLoaded = 0;

  constructor(tz = 'UTC') {
    const clock = () => this.now;
    this.mem = {
      store: openStoreGate(this.home, {journal: openJournal(this.home)}),
      inbox: openInbox({home: this.home, tz}),
      clock,
      ticks: clock,
    };
    this.deps = {
      inbox: this.mem.inbox,
      clock,
      randomBits,
      redactor,
      loadDrain: async () => {
        this.drainsLoaded++;
        return makeDrain(this.mem);
      },
    };
  }

  ingest(input: string | Buffer | InputSource | readonly InputSource[], options: IngestOptions = {}): Promise<IngestResult> {
    const isText = typeof input === 'string' || Buffer.isBuffer(input);
    const sources = isText ? [pipeOf(input)] : 'open' in input ? [input] : input;
    return ingest(sources, this.deps, options);
  }

  /** The inbox of another home. */
  inboxAt(home: string): Inbox {
    return openInbox({home, tz: 'UTC'});
  }

  /** What the store holds, the inbox drained into it first. */
  events(): Promise<readonly AgentEvent[]> {
    return withDrainedStore(this.mem, {patienceMs: 3_000, drainMs: 60_000}, async (store) => {
      const {events} = await store.events(0 as EpochMs, 4e12 as EpochMs);
      return events.map(({record}) => decodeEvent(record));
    });
  }

  async texts(): Promise<readonly string[]> {
    return (await this.events()).map((event) => event.text);
  }

  [Symbol.dispose](): void {
    rmSync(this.home, {recursive: true, force: true});
  }
}
