import {dateOf, isNodeId, isPeriodId} from '../../domain/toc/node-id.js';
import type {JournalFile} from '../../journal/journal.js';
import type {Change, Fence} from '../../store/port/store.js';
import {assertHeld} from '../access/take-lease.js';
import {linesOf} from '../care/journal-lines.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {type ChangeLine, findNodeLines, isChanged, nodeIn} from './change-lines.js';
import type {DatePart} from './find-nodes.js';
import {type OwnJournalMem, settleOwnJournal} from './own-journal.js';

type JournalMem = OwnJournalMem & Pick<Mem, 'peerNodes' | 'forgetting'>;

/**
 * Changes the lines of some events in the journal, and takes out those of nodes that may hold their words. The store has lost all of them;
 * who calls holds the leases of rollups and compactions. It can be done again from any point.
 * @throws MemError JOURNAL_DAMAGED: nobody can tell what a damaged part holds, so it is repaired first
 */
export async function rewriteJournal(mem: JournalMem, parts: readonly DatePart[], changeLine: ChangeLine, fence: Fence): Promise<void> {
  dropArrivals(mem);
  if (allFiles(mem).length === 0) return;
  if (mem.store.maintenance === undefined) {
    // Other homes have to do the same, so it goes by what all can read.
    await settleOwnJournal(mem);
    return;
  }
  await mem.store.journalFiles?.endFiles(mem.clock());
  mem.journal.sweep();
  const gone = findNodeLines(mem, allFiles(mem), parts);
  await removeNodes(mem, gone, fence);
  const ofKind: Readonly<Record<JournalFile['kind'], ChangeLine | undefined>> = {
    event: changeLine,
    node: gone.size === 0 ? undefined : (line) => (gone.has(nodeIn(line)?.id ?? '') ? undefined : line),
    forgotten: undefined,
  };
  for (const file of allFiles(mem)) {
    const change = ofKind[file.kind];
    if (change !== undefined && isChanged(mem, file, change)) await mem.journal.rewrite(file, {line: change});
  }
}

/** A running sync takes in what waits by itself, and by then it knows what was forgotten. */
function dropArrivals({locks, forgetting}: JournalMem): void {
  const lock = locks.acquire('sync', {trigger: 'hand'});
  forgetting.dropArrivals(lock.kind === 'busy' ? 'parts' : 'all');
  if (lock.kind === 'acquired') lock.release();
}

/** What came from other machines holds words, too. */
function allFiles({journal, peerNodes}: Pick<Mem, 'journal' | 'peerNodes'>): readonly JournalFile[] {
  return [...journal.list().files, ...peerNodes.list().files];
}

/** The same for a deed that leaves nodes as they are. */
export async function rewriteEventLines(mem: JournalMem, changeLine: ChangeLine, fence: Fence): Promise<void> {
  await rewriteJournal(mem, [], changeLine, fence);
}

/** All lines of events, in no order. */
export function* eventLines({journal}: Pick<Mem, 'journal'>): Generator<string> {
  for (const file of journal.list().files) {
    if (file.kind !== 'event') continue;
    for (const part of journal.read(file)) if (part.kind === 'member') yield* linesOf(part.lines);
  }
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
