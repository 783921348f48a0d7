import {END_OF_TIME, type EpochMs, type EventId} from '../../../domain/event/event.js';
import {idFault} from '../../../domain/event/identity/id-fault.js';
import {eventLine} from '../../../domain/event/line/event-line.js';
import {tombstoneLine, tombstoneOfLine} from '../../../domain/event/tombstone.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {instant} from '../../../domain/time/instant.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {JournalFile} from '../../../journal/journal.js';
import type {KnownEnd} from '../../../store/port/journal.js';
import type {JournalUpkeep, Store} from '../../../store/port/store.js';
import {holdInTurns} from '../../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {allHistories, cared} from '../check/check-nodes.js';
import {IdTable} from '../check/id-table.js';
import {eventOfLine, idOfLine, linesOf, versionOfLine} from '../journal-lines.js';

export interface RepairedJournal {
  /** Files that were written again without what was damaged. */
  readonly files: number;
  /** What the store had and the journal lacked. */
  readonly events: number;
  readonly versions: number;
  /** Where the damaged files are now, as they were. */
  readonly keptAt: string | undefined;
}

const LINES_PER_APPEND = 500;

/**
 * Writes damaged files of the journal again, without what is damaged, and appends what the store has and the journal lacks. The caller
 * holds the lock of compactions. It can be killed at any point: the next run finds what is still missing.
 */
export async function repairJournal(mem: Mem, upkeep: JournalUpkeep, signal: AbortSignal | undefined): Promise<RepairedJournal> {
  const at = mem.clock();
  const written = await fill(mem, upkeep, at, signal);
  await upkeep.endFiles(at);
  mem.journal.sweep();
  let files = 0;
  const own = mem.journal.ownWriter();
  const ends = (mem.store.journalFiles?.facts?.ends ?? []).filter(({writer}) => writer === own);
  for (const file of mem.journal.list().files) {
    if (signal?.aborted) break;
    if (isAppendedTo(file, ends) || !isDamaged(mem, file)) continue;
    mem.journal.keepAside(file);
    await mem.journal.rewrite(file, {line: (line) => (isLineOf(file.kind, line) ? line : undefined), damage: () => []});
    files++;
  }
  const known = new JournalledNames(mem);
  const events = await appendMissing(mem, upkeep, 'event', at, (current) => missingEvents(current, known, signal));
  const versions = await appendMissing(mem, upkeep, 'node', at, (current) => missingVersions(current, known, signal));
  await appendTombstones(mem, upkeep, at);
  if (signal?.aborted !== true) await upkeep.noteWhole(at);
  return {files, events: written + events, versions, keptAt: files > 0 ? mem.journal.keptAside() : undefined};
}

/** Writes what was stored before there was a journal. @returns how many events */
async function fill(mem: Mem, upkeep: JournalUpkeep, at: EpochMs, signal: AbortSignal | undefined): Promise<number> {
  const left = await mem.store.use(JOB_PATIENCE_MS, async ({journal}) =>
    journal?.backfill ? journal.backfill.of - journal.backfill.written : 0,
  );
  while (!signal?.aborted && (await upkeep.backfill(at))) await mem.store.pause();
  return left;
}

/** Whether it was begun since all files were ended: somebody may just write to it, and would go on in the file that was replaced. */
function isAppendedTo({kind, writer, number, generation}: JournalFile, ends: readonly KnownEnd[]): boolean {
  const end = ends.find((known) => known.kind === kind && known.writer === writer);
  return generation === 0 && end !== undefined && number >= end.number;
}

function isDamaged({journal}: Pick<Mem, 'journal'>, file: JournalFile): boolean {
  let parts = 0;
  for (const part of journal.read(file)) {
    parts++;
    if (part.kind === 'damage' || part.follows === 'no') return true;
    if (linesOf(part.lines).some((line) => !isLineOf(file.kind, line))) return true;
  }
  return parts === 0;
}

/** Whether a line tells of what its file is for, and of nothing that was changed since. */
function isLineOf(kind: JournalKind, line: string): boolean {
  if (kind === 'node') return versionOfLine(line) !== undefined;
  if (kind === 'forgotten') return true;
  const event = eventOfLine(line);
  return typeof event !== 'string' && idFault(event.head, event.record) === undefined;
}

/** What was forgotten must not come back with a store that is made from the journal alone. */
async function appendTombstones({journal, store}: Pick<Mem, 'journal' | 'store'>, upkeep: JournalUpkeep, at: EpochMs): Promise<void> {
  const known = new Set<EventId | undefined>();
  for (const file of journal.list().files.filter(({kind}) => kind === 'forgotten')) {
    for (const part of journal.read(file))
      if (part.kind === 'member') for (const line of linesOf(part.lines)) known.add(tombstoneOfLine(line)?.id);
  }
  const tombstones = await store.use(JOB_PATIENCE_MS, (open) => open.tombstones());
  const missing = tombstones.filter(({id}) => !known.has(id)).map(tombstoneLine);
  if (missing.length > 0) await upkeep.append('forgotten', missing, at);
}

/** What the journal has, by its names. */
class JournalledNames {
  readonly #journal: Mem['journal'];
  readonly #events = new IdTable();
  readonly #versions = new Set<string>();
  /** How far each file was read. */
  readonly #ends = new Map<string, number>();

  constructor({journal}: Pick<Mem, 'journal'>) {
    this.#journal = journal;
    this.#readOn();
  }

  /** What of the open store no file has. It is looked for once more: what came since the last look was journalled before it was stored. */
  lacking<T>(stored: readonly T[], isKnown: (stored: T) => boolean): readonly T[] {
    const unknown = stored.filter((each) => !isKnown(each));
    if (unknown.length === 0) return unknown;
    this.#readOn();
    return unknown.filter((each) => !isKnown(each));
  }

  #readOn(): void {
    for (const file of this.#journal.list().files) {
      for (const part of this.#journal.read(file, this.#ends.get(file.path))) {
        if (part.kind === 'damage') continue;
        for (const line of linesOf(part.lines)) this.#add(file.kind, line);
        this.#ends.set(file.path, part.at + part.bytes);
      }
    }
  }

  #add(kind: JournalKind, line: string): void {
    if (kind === 'event') {
      const id = idOfLine(line);
      if (id !== undefined) this.#events.put(id, 0);
    } else if (kind === 'node') this.#versions.add(versionOfLine(line) ?? '');
  }

  hasEvent(id: EventId): boolean {
    return this.#events.has(id);
  }

  hasVersion({id, version}: Pick<TocNode, 'id' | 'version'>): boolean {
    return this.#versions.has(`${id}#${version}`);
  }
}

type Lines = AsyncGenerator<readonly string[] | undefined, void>;

/** The lines are read in turns, and appended between them: that opens the store itself. @returns how many */
async function appendMissing(
  mem: Mem,
  upkeep: JournalUpkeep,
  kind: JournalKind,
  at: EpochMs,
  missing: (current: () => Store) => Lines,
): Promise<number> {
  let count = 0;
  let lines: string[] = [];
  const append = async (): Promise<void> => {
    for (; lines.length > 0; lines = lines.slice(LINES_PER_APPEND)) await upkeep.append(kind, lines.slice(0, LINES_PER_APPEND), at);
  };
  let reading: Lines | undefined;
  let current: () => Store = () => {
    throw new Error('the store is not open');
  };
  const turn = (): Promise<boolean> =>
    holdInTurns(mem, JOB_PATIENCE_MS, async function* (open) {
      current = open;
      reading ??= missing(() => current());
      for (;;) {
        const step = await reading.next();
        if (step.done) return true;
        for (const line of step.value ?? []) lines.push(line);
        count += step.value?.length ?? 0;
        if (lines.length >= LINES_PER_APPEND) return false;
        if (step.value === undefined) yield;
      }
    });
  for (let isOver = false; !isOver; ) {
    isOver = await turn();
    await append();
  }
  return count;
}

async function* missingEvents(current: () => Store, known: JournalledNames, signal: AbortSignal | undefined): Lines {
  for (let from: EpochMs | undefined = instant(0); from !== undefined && !signal?.aborted; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(from, END_OF_TIME);
    yield known.lacking(page.events, ({head}) => known.hasEvent(head.id)).map(({record}) => eventLine(record));
    from = page.next;
    yield undefined;
  }
}

async function* missingVersions(current: () => Store, known: JournalledNames, signal: AbortSignal | undefined): Lines {
  for await (const histories of allHistories(() => cared(current()))) {
    if (signal?.aborted) return;
    const {care} = cared(current());
    const versions = histories?.flatMap((history) => history.versions);
    yield versions && known.lacking(versions, (node) => known.hasVersion(node)).map((node) => care.lineOfNode(node));
  }
}
