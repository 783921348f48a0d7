import {END_OF_TIME, type EpochMs} from '../../../domain/event/event.js';
import {eventLine} from '../../../domain/event/line/event-line.js';
import {tombstoneLine} from '../../../domain/event/tombstone.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {instant} from '../../../domain/time/instant.js';
import {MemError} from '../../../errors.js';
import type {Store, StoreGate} from '../../../store/port/store.js';
import {holdInTurns} from '../../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {allHistories, cared} from '../check/check-nodes.js';
import {type LinesOf, makeStore} from './make-store.js';
import {lookAtJournal, type RebuildOptions, type RebuildReport} from './rebuild.js';
import {headerAt, otherZone} from './rebuild-into.js';
import {takeLock} from './repair.js';
import {repairJournal} from './repair-journal.js';

/**
 * Makes the home's own store again from its journal and from another memory, a database: with every event and every version of every node
 * that either has. Then the journal gets what it lacks. What the other memory keeps beside these stays there: the state of jobs, what was spent.
 * @param mem on the home's own store, which need not exist
 * @throws MemError NO_STORE where there is no other memory, CONFIG_INVALID where the two differ in their time zones, STORE_AWAY, LOCK_BUSY
 */
export async function rebuildFrom(mem: Mem, source: StoreGate, {dryRun, isPartial, ...options}: RebuildOptions): Promise<RebuildReport> {
  const lock = takeLock(mem);
  try {
    const there = await headerAt(source);
    if (there === undefined) throw new MemError('NO_STORE', `there is no memory at ${source.location}`);
    const own = await headerAt(mem.store);
    if (own !== undefined && own.timeZone !== there.timeZone) throw otherZone(own.timeZone, source, there.timeZone);
    const found = lookAtJournal(mem);
    if (dryRun) return {dryRun, ...found, store: undefined};
    const {timeZone} = there;
    if (own === undefined && !mem.journal.hasFiles())
      await mem.store.create({timeZone, rulesVersion: there.rulesVersion, createdAt: mem.clock(), alarm: ''});
    const linesOfSource: LinesOf = (kind, take) => readLines({...mem, store: source}, kind, take, options.signal);
    const store = await makeStore(mem, {...options, timeZone, salvages: false, mayLose: isPartial, more: linesOfSource});
    if (store !== undefined) await completeJournal(mem, options.signal);
    return {dryRun, ...found, store};
  } finally {
    lock.release();
  }
}

async function readLines(
  mem: Mem,
  kind: JournalKind,
  take: (lines: readonly string[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  await holdInTurns(mem, JOB_PATIENCE_MS, async function* (current) {
    const pages = kind === 'event' ? eventLines(current) : kind === 'node' ? versionLines(current) : forgottenLines(current);
    for await (const lines of pages) {
      if (signal?.aborted) return;
      if (lines === undefined) yield;
      else await take(lines);
    }
  });
}

type Pages = AsyncGenerator<readonly string[] | undefined, void>;

async function* eventLines(current: () => Store): Pages {
  for (let from: EpochMs | undefined = instant(0); from !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(from, END_OF_TIME);
    yield page.events.map(({record}) => eventLine(record));
    from = page.next;
    yield undefined;
  }
}

async function* versionLines(current: () => Store): Pages {
  for await (const histories of allHistories(() => cared(current()))) {
    const {care} = cared(current());
    yield histories?.flatMap(({versions}) => versions.map((node) => care.lineOfNode(node)));
  }
}

async function* forgottenLines(current: () => Store): Pages {
  yield (await current().tombstones()).map(tombstoneLine);
}

async function completeJournal(mem: Mem, signal: AbortSignal | undefined): Promise<void> {
  const upkeep = mem.store.maintenance?.journal;
  if (upkeep === undefined) return;
  await repairJournal(mem, upkeep, signal);
}
