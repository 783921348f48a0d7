import type {Recording} from './recording.js';
import type {DiskOp} from './tree.js';

/** As if the journal were never synced: the store's commit, which is, comes before it. */
export function withoutJournalSyncs(recording: Recording): readonly DiskOp[] {
  const journal = nodesNamed(recording, /\.(jsonl|nodes)\.gz$/);
  return recording.ops.map((op) => (op.kind === 'sync' && journal.has(op.node) ? {...op, covers: 0} : op));
}

/** As if a drain removed the inbox's files and then wrote to journal and store. */
export function withEarlyRemoval(recording: Recording): readonly DiskOp[] {
  const journal = nodesNamed(recording, /\.jsonl\.gz$/);
  let ops = recording.ops;
  for (const [from, op] of recording.ops.entries()) {
    if (op.kind !== 'entry' || op.adds !== undefined || !op.removes?.name.endsWith('.ev')) continue;
    const to = ops.findIndex((other) => other.kind === 'write' && journal.has(other.node));
    if (to >= 0 && to < from) ops = moved(ops, from, to);
  }
  return ops;
}

function nodesNamed({start, ops}: Recording, pattern: RegExp): ReadonlySet<number> {
  const added = ops.flatMap((op) => (op.kind === 'entry' && op.adds !== undefined && pattern.test(op.adds.name) ? [op.node] : []));
  return new Set([...start.named(pattern), ...added]);
}

/** One operation comes before others; syncs are still about what came before them. */
function moved(ops: readonly DiskOp[], from: number, to: number): readonly DiskOp[] {
  const op = ops[from];
  if (op === undefined) return ops;
  const order = [...ops.slice(0, to), op, ...ops.slice(to, from), ...ops.slice(from + 1)];
  return order.map((other) =>
    other.kind === 'sync' && other.covers > to && other.covers <= from ? {...other, covers: other.covers + 1} : other,
  );
}
