import type {EventId} from '../../domain/event/event.js';
import {sessionKey} from '../../domain/event/identity/event-id.js';
import {isRecord} from '../../domain/stored/fields.js';
import {dateOf, dayId, isNodeId, isPeriodId, isSegmentId, type LocalDate, type NodeId} from '../../domain/toc/node-id.js';
import type {JournalFile} from '../../journal/journal.js';
import type {Change, Fence} from '../../store/port/store.js';
import {assertHeld} from '../access/take-lease.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {type DatePart, withAllAbove} from './find-nodes.js';

type JournalMem = Pick<Mem, 'store' | 'journal' | 'clock'>;

/** What becomes of the line of an event; the same line where it stays as it is, undefined where it goes. */
export type ChangeLine = (line: string) => string | undefined;

/**
 * Changes the lines of some events in the journal, and takes out those of nodes that may hold their words. The store has lost all of them;
 * who calls holds the leases of rollups and compactions. It can be done again from any point.
 * @throws MemError JOURNAL_DAMAGED: nobody can tell what a damaged part holds, so it is repaired first
 */
export async function rewriteJournal(mem: JournalMem, parts: readonly DatePart[], changeLine: ChangeLine, fence: Fence): Promise<void> {
  if (!mem.journal.hasFiles()) return;
  await mem.store.maintenance?.journal?.endFiles(mem.clock());
  mem.journal.sweep();
  const gone = findNodeLines(mem, parts);
  await removeNodes(mem, gone, fence);
  const ofKind: Readonly<Record<JournalFile['kind'], ChangeLine | undefined>> = {
    event: changeLine,
    node: gone.size === 0 ? undefined : (line) => (gone.has(nodeIn(line)?.id ?? '') ? undefined : line),
    forgotten: undefined,
  };
  for (const file of mem.journal.list().files) {
    const change = ofKind[file.kind];
    if (change !== undefined && isChanged(mem, file, change)) await mem.journal.rewrite(file, {line: change});
  }
}

/** The same for a deed that leaves nodes as they are. */
export async function rewriteEventLines(mem: JournalMem, changeLine: ChangeLine, fence: Fence): Promise<void> {
  await rewriteJournal(mem, [], changeLine, fence);
}

/** Damage counts as changed: then the rewriting says what is to be done about it. */
function isChanged({journal}: JournalMem, file: JournalFile, change: ChangeLine): boolean {
  for (const part of journal.read(file)) {
    if (part.kind === 'damage') return true;
    for (const line of linesOf(part.lines)) if (change(line) !== line) return true;
  }
  return false;
}

/** All lines of events, in no order. */
export function* eventLines({journal}: Pick<Mem, 'journal'>): Generator<string> {
  for (const file of journal.list().files) {
    if (file.kind !== 'event') continue;
    for (const part of journal.read(file)) if (part.kind === 'member') yield* linesOf(part.lines);
  }
}

function linesOf(lines: Buffer): readonly string[] {
  return lines.length === 0 ? [] : lines.toString('utf8').trimEnd().split('\n');
}

interface LineOfNode {
  readonly id: NodeId;
  readonly sessionKey: string;
  readonly cited: readonly unknown[];
}

/** As `findNodes` finds them in the store: by what a line itself says, since the store may have lost them in a run before this one. */
function findNodeLines({journal}: JournalMem, parts: readonly DatePart[]): ReadonlySet<string> {
  const byDate = new Map(parts.map(({date, sessions}) => [date, sessions]));
  const ids = new Set<EventId>(parts.flatMap((part) => [...part.ids]));
  const known: ReadonlySet<unknown> = ids;
  const segments = new Set<NodeId>();
  const dates = new Set<LocalDate>(byDate.keys());
  for (const file of parts.length === 0 ? [] : journal.list().files) {
    if (file.kind !== 'node') continue;
    for (const part of journal.read(file)) {
      for (const line of part.kind === 'member' ? linesOf(part.lines) : []) {
        const node = nodeIn(line);
        if (node === undefined || !isSegmentId(node.id)) continue;
        const isOfPart = byDate.get(dateOf(node.id))?.has(sessionKey(node.sessionKey)) === true;
        if (!isOfPart && !node.cited.some((id) => known.has(id))) continue;
        segments.add(node.id);
        dates.add(dateOf(node.id));
      }
    }
  }
  return new Set<string>([...segments, ...[...dates].flatMap((date) => withAllAbove(dayId(date)))]);
}

function nodeIn(line: string): LineOfNode | undefined {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) return undefined;
  const {id, segment, childIds, bullets, facts} = value;
  if (typeof id !== 'string' || !isNodeId(id)) return undefined;
  const sessionKey = isRecord(segment) ? String(segment['sessionKey']) : '';
  const said = [bullets, facts].flatMap((list) => (Array.isArray(list) ? list : []));
  const cited = said.flatMap((part: unknown) => (isRecord(part) && Array.isArray(part['eventIds']) ? part['eventIds'] : []));
  return {id, sessionKey, cited: [...(Array.isArray(childIds) ? childIds : []), ...cited]};
}

/** What a rollup made again after a run that was cut short: it is made once more. */
async function removeNodes({store, clock}: JournalMem, ids: ReadonlySet<string>, fence: Fence): Promise<void> {
  const wanted = [...ids].filter(isNodeId);
  const outcome = await store.use(JOB_PATIENCE_MS, async (open) => {
    const left = (await open.pointersOf(wanted)).filter((pointer) => pointer !== undefined);
    const changes = left.flatMap(({id}): readonly Change[] => [
      {kind: 'no-node', id},
      ...(isPeriodId(id) ? [{kind: 'mark-node', id} as const] : []),
    ]);
    for (const pointer of left) {
      if ('sessionKey' in pointer) changes.push({kind: 'mark-session-day', date: dateOf(pointer.id), sessionKey: pointer.sessionKey});
    }
    return changes.length === 0 ? undefined : open.commit(changes, clock(), {sync: true, fence});
  });
  if (outcome) assertHeld('rollup', outcome);
}
