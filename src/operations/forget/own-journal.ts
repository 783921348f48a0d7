import type {TakenPart} from '../../domain/care/taken-part.js';
import type {EventId} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {eventLine} from '../../domain/event/line/event-line.js';
import {isNodeId, type NodeId} from '../../domain/toc/node-id.js';
import type {JournalFile} from '../../journal/journal.js';
import {lockBusy} from '../../locks/locks.js';
import {eventOfLine, idOfLine, linesOf} from '../care/journal-lines.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {type ChangeLine, findNodeLines, isChanged, nodeIn} from './change-lines.js';
import {clearTraces, type FilesMem} from './clear-files.js';
import type {DatePart} from './find-nodes.js';
import {Traces} from './traces.js';

export type OwnJournalMem = Pick<Mem, 'store' | 'journal' | 'locks' | 'takenNotes'> & FilesMem;

const NAMES_PER_READ = 500;

/** What was taken out of a store that several homes write to, and may stand in this home's journal. */
export interface Pending {
  readonly storeId: string;
  /** How many parts the store tells of. */
  readonly parts: number;
  readonly left: readonly TakenPart[];
}

/** Undefined where the store is the home's own. */
export async function readPending({store, takenNotes}: Pick<OwnJournalMem, 'store' | 'takenNotes'>): Promise<Pending | undefined> {
  if (store.maintenance !== undefined) return undefined;
  const note = takenNotes.read();
  return store.use(JOB_PATIENCE_MS, async ({header: {storeId}, taken}) => {
    if (taken === undefined) return undefined;
    const from = note?.storeId === storeId ? note.parts : 0;
    return {storeId, parts: taken.parts, left: taken.parts === from ? [] : await taken.since(from)};
  });
}

/**
 * Takes out of this home's journal what was taken out of the store, by whichever home: events lose their lines or get those that are
 * stored, nodes lose the lines of versions that are not stored. It can be done again from any point.
 * @returns how many parts were looked for
 * @throws MemError LOCK_BUSY while another process writes this journal again; JOURNAL_DAMAGED
 */
export async function settleOwnJournal(mem: OwnJournalMem): Promise<number> {
  const pending = await readPending(mem);
  if (pending === undefined || pending.left.length === 0) return 0;
  const {storeId, parts, left} = pending;
  const lock = mem.locks.acquire('compact', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('compact', lock.holder);
  try {
    if (mem.journal.hasFiles()) await rewriteFiles(mem, left);
    mem.takenNotes.write({storeId, parts});
  } finally {
    lock.release();
  }
  return left.length;
}

/** The same where somebody else may do it later. */
export async function trySettleOwnJournal(mem: OwnJournalMem): Promise<void> {
  try {
    await settleOwnJournal(mem);
  } catch (error) {
    if (!SETTLED_LATER.has(String(Object(error).code))) throw error;
  }
}

/** A damaged journal is the affair of `mem check`. */
const SETTLED_LATER = new Set(['LOCK_BUSY', 'JOURNAL_DAMAGED']);

async function rewriteFiles(mem: OwnJournalMem, parts: readonly TakenPart[]): Promise<void> {
  // What is appended from here on was committed after all of it was taken out.
  await mem.store.journalFiles?.endFiles(mem.clock());
  mem.journal.sweep();
  const events = await eventChanges(mem, parts);
  const nodes = await nodeChanges(mem, parts);
  // The files beside the journal while it still has the words.
  clearTraces(mem, events.gone);
  const ofKind: Readonly<Record<JournalFile['kind'], ChangeLine | undefined>> = {event: events.change, node: nodes, forgotten: undefined};
  for (const file of mem.journal.list().files) {
    const change = ofKind[file.kind];
    if (change !== undefined && isChanged(mem, file, change)) await mem.journal.rewrite(file, {line: change});
  }
}

/** What events in the journal become, and what was said in those that go. */
async function eventChanges(mem: OwnJournalMem, parts: readonly TakenPart[]): Promise<{change: ChangeLine; gone: Traces}> {
  const taken = new Set<string>(parts.flatMap(({ids}) => ids));
  const gone = new Traces();
  for (const id of await notStored(mem, [...new Set(parts.flatMap(({ids}) => ids))])) gone.addId(id);
  const here = new Map<EventId, string>();
  const after = new Map<EventId, string | undefined>();
  const settle = async (): Promise<void> => {
    const ids = [...here.keys()];
    const stored = await mem.store.use(JOB_PATIENCE_MS, (store) => store.recordsOf(ids));
    for (const [at, id] of ids.entries()) {
      const record = stored[at]?.record;
      after.set(id, record && eventLine(record));
      const was = record === undefined ? eventOfLine(here.get(id) ?? '') : '';
      if (typeof was !== 'string') gone.add(decodeEvent(was.record));
    }
    here.clear();
  };
  for (const line of linesIn(mem, 'event')) {
    const id = idOfLine(line);
    if (id === undefined || !taken.has(id)) continue;
    here.set(id, line);
    if (here.size >= NAMES_PER_READ) await settle();
  }
  if (here.size > 0) await settle();
  const change: ChangeLine = (line) => {
    const id = idOfLine(line);
    return id !== undefined && after.has(id) ? after.get(id) : line;
  };
  return {change, gone};
}

async function notStored({store}: Pick<Mem, 'store'>, ids: readonly EventId[]): Promise<readonly EventId[]> {
  const missing: EventId[] = [];
  for (let at = 0; at < ids.length; at += NAMES_PER_READ) {
    const some = ids.slice(at, at + NAMES_PER_READ);
    const found = await store.use(JOB_PATIENCE_MS, (open) => open.recordsOf(some));
    missing.push(...some.filter((_, n) => found[n] === undefined));
  }
  return missing;
}

/** What versions of nodes in the journal become: those of nodes that went stay where they were made again, and are stored. */
async function nodeChanges(mem: OwnJournalMem, parts: readonly TakenPart[]): Promise<ChangeLine | undefined> {
  const gone = nodesTaken(mem, parts);
  if (gone.size === 0) return undefined;
  const stored = new Set<string>();
  const ids = [...gone];
  for (let at = 0; at < ids.length; at += NAMES_PER_READ) {
    const some = ids.slice(at, at + NAMES_PER_READ);
    await mem.store.use(JOB_PATIENCE_MS, async (store) => {
      for (const version of (await store.versionsOf(some)).flat()) stored.add(store.care?.lineOfNode(version) ?? '');
    });
  }
  return (line) => {
    const node = nodeIn(line);
    return node === undefined || !gone.has(node.id) || stored.has(line) ? line : undefined;
  };
}

/** The nodes of which versions in the journal may hold what was taken out. */
export function nodesTaken(mem: Pick<Mem, 'journal'>, parts: readonly TakenPart[]): ReadonlySet<NodeId> {
  const taken = parts
    .filter(({takesNodes}) => takesNodes)
    .map(({date, sessionKeys, ids}): DatePart => ({date, sessions: new Set(sessionKeys), ids: new Set(ids)}));
  return taken.length === 0 ? new Set() : new Set([...findNodeLines(mem, mem.journal.list().files, taken)].filter(isNodeId));
}

function* linesIn({journal}: Pick<Mem, 'journal'>, kind: JournalFile['kind']): Generator<string> {
  for (const file of journal.list().files) {
    if (file.kind !== kind) continue;
    for (const part of journal.read(file)) if (part.kind === 'member') yield* linesOf(part.lines);
  }
}
