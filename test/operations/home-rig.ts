import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {EpochMs} from '../../src/domain/event.js';
import {parseLine} from '../../src/domain/event-parse.js';
import {encodeEvent} from '../../src/domain/event-record.js';
import type {NodePointer, TocNode} from '../../src/domain/node.js';
import {TOC_LEVELS} from '../../src/domain/node-id.js';
import type {RollupOutcome} from '../../src/domain/rollup-step.js';
import {CUTTING_RULES_VERSION} from '../../src/domain/segment.js';
import type {Summarizer} from '../../src/domain/summary.js';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {openLocks} from '../../src/locks/epoch-locks.js';
import {withDrainedStore} from '../../src/operations/drained-store.js';
import type {Mem} from '../../src/operations/mem.js';
import {type RollUpOptions, rollUp} from '../../src/operations/roll-up.js';
import {randomBits} from '../../src/random-bits.js';
import {openStoreGate} from '../../src/store/gate.js';
import {extractiveSummarizer} from '../../src/summarizers/extractive.js';

/** Events may be later than the clock of a rollup that a test puts into their midst. */
const FAR_AHEAD = Date.parse('2040-01-01T00:00:00Z') as EpochMs;

export type LineFields = Readonly<Record<string, unknown>>;

/** A line as an agent sends it. */
export function aLine(fields: LineFields = {}): LineFields {
  return {
    session_id: 's1',
    event_type: 'user_message',
    timestamp: '2024-01-15T12:00:00Z',
    text: 'We fixed the parser of the tide table today.',
    ...fields,
  };
}

/** A home in a temporary folder with the real store, inbox and locks, and a clock that stands where it is set. */
export class HomeRig {
  readonly home: string;
  readonly mem: Mem;
  now = Date.parse('2030-01-01T00:00:00Z') as EpochMs;

  constructor(summarizer: Summarizer = extractiveSummarizer) {
    this.home = mkdtempSync(join(tmpdir(), 'mem-home-'));
    this.mem = {
      home: this.home,
      store: openStoreGate(this.home),
      inbox: openInbox({home: this.home, tz: 'UTC'}),
      locks: openLocks(this.home, () => this.now),
      clock: () => this.now,
      homeWarnings: () => [],
      summarizer,
      model: undefined,
      provisional: extractiveSummarizer,
      minAgeMs: 30 * 60_000,
      keepVersions: undefined,
      inboxKeepDays: 30,
    };
  }

  async create(timeZone: string): Promise<void> {
    await this.mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: this.now, alarm: ''});
  }

  /** Writes lines to the inbox in one file and drains it. */
  async ingest(lines: readonly LineFields[]): Promise<{stored: number; duplicates: number}> {
    const records = lines.map((line) => {
      const parsed = parseLine(JSON.stringify(line), {arrivedAt: this.now, now: FAR_AHEAD, randomBits});
      if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
      return encodeEvent(parsed.event);
    });
    for (let at = 0; at < records.length; at += 2_000) this.mem.inbox.write(records.slice(at, at + 2_000), this.now);
    return withDrainedStore(this.mem, {patienceMs: 3_000, drainMs: 60_000}, async (_, drained) => drained);
  }

  async rollUp(options: RollUpOptions = {}): Promise<readonly RollupOutcome[]> {
    const outcomes: RollupOutcome[] = [];
    for await (const outcome of rollUp(this.mem, options, new AbortController().signal)) outcomes.push(outcome);
    return outcomes;
  }

  pointers(): Promise<readonly NodePointer[]> {
    return this.mem.store.use(3_000, async (store) =>
      (await Promise.all(TOC_LEVELS.map((tocLevel) => store.pointers(tocLevel, {})))).flat(),
    );
  }

  /** The latest versions of all nodes that are not retracted, without what tells in which order they were made. */
  async latest(): Promise<readonly Partial<TocNode>[]> {
    const ids = (await this.pointers()).filter(({status}) => status === 'current').map(({id}) => id);
    const nodes = await this.mem.store.use(3_000, (store) => store.nodes(ids));
    return nodes.flatMap((node) => {
      if (node === undefined) return [];
      const {version: _, createdAt: __, replaces: ___, ...same} = node;
      return [same];
    });
  }

  async marks(): Promise<number> {
    return this.mem.store.use(3_000, async (store) => {
      const nodes = await Promise.all(TOC_LEVELS.map((tocLevel) => store.nodeMarks(tocLevel)));
      return nodes.flat().length + (await store.sessionDayMarks({})).length;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.home, {recursive: true, force: true});
  }
}
