import type {EpochMs, EventId} from '../../../domain/event/event.js';
import {idFault} from '../../../domain/event/identity/id-fault.js';
import {JOURNAL_KINDS, type JournalKind} from '../../../domain/journal/journal-end.js';
import {SessionDayCounter} from '../../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../../domain/search/words/tokenizer.js';
import {CUTTING_RULES_VERSION} from '../../../domain/toc/segment.js';
import {MemError} from '../../../errors.js';
import type {Change, Remake, SalvageReport, SessionDay, Store} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import {completeIndex} from '../../search/complete-index.js';
import {settleCopies} from '../../sync/settle-copies.js';
import {PendingParts} from '../check/pending-parts.js';
import {eventOfLine, idOfLine, linesOf} from '../journal-lines.js';
import {movedSegments} from '../moved-segments.js';
import {countLost, fixNodes, fixSessionDays} from './fix-derived.js';
import {endsBehindAll} from './journal-ends.js';
import {settleMarks} from './settle-marks.js';
import {assertZoneFits} from './zone-of-nodes.js';

/** Hands lines of a kind over, page by page. */
export type LinesOf = (kind: JournalKind, take: (lines: readonly string[]) => Promise<void>) => Promise<void>;

export interface MakeStoreOptions {
  /** From what can be read of the old store and from the journal; else from the journal alone. */
  readonly salvages: boolean;
  /** Without it, a new store that has less than the old one is given up; it counts where the old one is not salvaged. */
  readonly mayLose?: boolean;
  /** The search index is wrong. */
  readonly dropsIndex?: boolean;
  /** Where no old header can be read. */
  readonly timeZone: string;
  /** It is the memory's own: it is not held against the days in the journal, of which some may be from before a change of it. */
  readonly isZoneKnown?: boolean;
  /** Lines that are taken over as well, kind by kind. */
  readonly more?: LinesOf;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((what: 'values' | 'events' | 'versions', count: number) => void) | undefined;
}

export interface MadeStore {
  readonly salvage: SalvageReport | undefined;
  /** In the new store. */
  readonly events: number;
  /** Of them, those that the journal gave. */
  readonly eventsFromJournal: number;
  readonly versionsFromJournal: number;
  /** Events that were there, as far as is known, and are nowhere now. */
  readonly lostEvents: number;
  /** Session-days that were counted otherwise, and nodes that pointed elsewhere. */
  readonly fixedSessionDays: number;
  readonly fixedNodes: number;
  /** Where the old store is now. */
  readonly keptAt: string | undefined;
  readonly timeZone: string;
}

/** So many bytes of lines are taken over with one commit. */
const BATCH_BYTES = 1024 * 1024;

/**
 * Makes the store again and puts it in the place of the present one, which is kept. Nobody else gets into the store meanwhile. A kill at
 * any point leaves the old store, or the new one, or none and the old one under its new name, from which the next run goes on.
 * @returns undefined where a signal ended it: everything is as before
 * @throws MemError NO_STORE where there is nothing to make it from, STORE_BUSY, FORMAT_NEWER, NOT_WRITTEN, IO_ERROR
 */
export async function makeStore(mem: Mem, options: MakeStoreOptions): Promise<MadeStore | undefined> {
  const {salvages, dropsIndex = false, signal, onProgress} = options;
  const at = mem.clock();
  // What another home took out must not come back from this home's journal.
  const pending = new PendingParts();
  await pending.read(mem);
  let values = 0;
  const made = await mem.store.remake?.({
    salvages,
    dropsIndex,
    at,
    signal,
    headerOf: (old) => {
      if (old !== undefined) return old;
      const header = {timeZone: options.timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: at};
      if (options.isZoneKnown === true) return {...header, alarm: ''};
      if (!salvages || mem.journal.hasFiles()) assertZoneFits(mem.journal, options.timeZone);
      const alarm = `the store was made again, and its time zone was found nowhere: days follow ${options.timeZone}; if that is wrong: mem config set time_zone ZONE`;
      return {...header, alarm};
    },
    onValues: (count) => {
      values += count;
      onProgress?.('values', values);
    },
  });
  if (made === undefined) throw new MemError('NO_STORE', 'this store cannot be made again');
  try {
    // What the journal brings back is in these counts, where they are whole: it must not be counted twice.
    const before = await made.store.sessionDays({});
    const taken = await takeJournal(mem, made, pending, options);
    if (signal?.aborted) return undefined;
    return await settle(mem, made, {
      before,
      at,
      taken,
      signal,
      dropsIndex,
      mayLose: salvages || options.mayLose === true,
    });
  } finally {
    await made.abandon();
  }
}

interface Settling {
  readonly before: readonly SessionDay[];
  readonly at: EpochMs;
  readonly taken: Taken;
  readonly signal: AbortSignal | undefined;
  readonly dropsIndex: boolean;
  readonly mayLose: boolean;
}

async function settle(mem: Mem, made: Remake, {before, at, taken, signal, dropsIndex, mayLose}: Settling): Promise<MadeStore | undefined> {
  const {store, salvage} = made;
  // The journal's own drain counts right; what was salvaged may not fit together.
  const days = await fixSessionDays(store, at);
  await replaceEvents(mem.journal, store, days.wrongEvents, at);
  const nodes = await fixNodes(made, at);
  // Marks may be among what was lost; where nothing was, they stand as they stood.
  if (made.isPatched) await settleMarks(store, at);
  if (made.isPatched || dropsIndex) await completed(completeIndex(() => store, new SessionDayCounter(new SearchTokenizer()), at, signal));
  if (signal?.aborted) return undefined;
  const {events} = await store.counters();
  const lostEvents = Math.max(await countLost(store, before), (salvage?.eventsSaid ?? 0) - events);
  if (lostEvents > 0 && !mayLose) {
    throw new MemError('JOURNAL_DAMAGED', `the store has ${lostEvents} events that the journal lacks; nothing was changed`, {
      hint: 'run: mem repair, which takes what either has; or: mem rebuild --partial',
    });
  }
  const {timeZone} = store.header;
  // The new store calls what was read known, and nobody reads it again: a power cut must not take it from the journal then.
  mem.journal.syncAll();
  const {keptAt} = await made.finish(endsBehindAll(mem.journal));
  return {
    salvage,
    events,
    eventsFromJournal: taken.events,
    versionsFromJournal: taken.versions,
    lostEvents,
    fixedSessionDays: days.fixed,
    fixedNodes: nodes,
    keptAt,
    timeZone,
  };
}

/** Puts events as the journal has them in the place of what cannot be right. */
async function replaceEvents(journal: Mem['journal'], store: Store, ids: ReadonlySet<EventId>, at: EpochMs): Promise<void> {
  if (ids.size === 0) return;
  const changes: Change[] = [];
  for (const file of journal.list().files.filter(({kind}) => kind === 'event')) {
    for (const part of journal.read(file)) {
      if (part.kind === 'damage') continue;
      for (const line of linesOf(part.lines)) {
        const id = idOfLine(line);
        const event = id !== undefined && ids.has(id) ? eventOfLine(line) : undefined;
        if (event === undefined || typeof event === 'string' || idFault(event.head, event.record) !== undefined) continue;
        changes.push({kind: 'event', record: event.record});
      }
    }
  }
  await store.commit(changes, at, {sync: false});
}

/** Does work in turns at one stretch: nobody waits for this store yet. */
async function completed(work: AsyncGenerator<void, boolean>): Promise<void> {
  while ((await work.next()).done !== true);
}

/** Where several machines wrote, an event may have come to each: which of the copies stands is not to hang on the order of their files. */
async function settleAllCopies(store: Store, journal: Mem['journal'], pending: PendingParts, clock: Mem['clock']): Promise<void> {
  const files = journal.list().files.filter(({kind}) => kind === 'event');
  if (new Set(files.map(({writer}) => writer)).size < 2) return;
  for (const file of files) {
    for (const part of journal.read(file)) {
      if (part.kind === 'damage') continue;
      const lines = linesOf(part.lines).filter((line) => !pending.hasLine('event', line));
      const records = lines.map(eventOfLine).filter((event) => typeof event !== 'string');
      await settleCopies(store, records, {clock, isKept: true});
    }
  }
}

interface Taken {
  readonly events: number;
  readonly versions: number;
}

/** What is to be forgotten first: it keeps events out. */
const ORDER: readonly JournalKind[] = [...JOURNAL_KINDS].sort((a, b) => (a === 'forgotten' ? -1 : b === 'forgotten' ? 1 : 0));

async function takeJournal(
  {journal, clock}: Mem,
  made: Remake,
  pending: PendingParts,
  {signal, onProgress, more}: MakeStoreOptions,
): Promise<Taken> {
  const taken = {event: 0, node: 0, forgotten: 0};
  const {files} = journal.list();
  for (const kind of ORDER) {
    let lines: string[] = [];
    let bytes = 0;
    const take = async (): Promise<void> => {
      if (lines.length === 0) return;
      // By now it has the events.
      const moved = kind === 'node' ? await movedSegments(made.store, lines) : undefined;
      taken[kind] += await made.addLines(kind, moved === undefined ? lines : lines.filter((line) => !moved.has(line)));
      onProgress?.(kind === 'node' ? 'versions' : 'events', taken[kind]);
      [lines, bytes] = [[], 0];
    };
    for (const file of files.filter((other) => other.kind === kind)) {
      for (const part of journal.read(file)) {
        if (signal?.aborted) return {events: taken.event, versions: taken.node};
        if (part.kind === 'damage') continue;
        for (const line of linesOf(part.lines)) if (!pending.hasLine(kind, line)) lines.push(line);
        bytes += part.lines.length;
        if (bytes >= BATCH_BYTES) await take();
      }
    }
    await take();
    await more?.(kind, async (page) => {
      lines = [...page];
      await take();
    });
    if (kind === 'event') await settleAllCopies(made.store, journal, pending, clock);
  }
  return {events: taken.event, versions: taken.node};
}
