import type {NodePointer, TocNode} from '../../../domain/toc/node.js';
import {type NodeId, periodPartOf, type TocLevel} from '../../../domain/toc/node-id.js';
import type {NodeHistory} from '../../port/care.js';
import * as keys from '../keys.js';
import {parseNode, parsePointer} from '../node-records.js';
import type {Reader} from '../read/reader.js';

const ROWS = 500;

/** See `StoreCare.nodeHistories`. */
export async function nodeHistories(
  reader: Reader,
  tocLevel: TocLevel,
  after: NodeId | undefined,
): Promise<{readonly histories: readonly NodeHistory[]; readonly next: NodeId | undefined}> {
  const range = keys.versionsOfLevel(tocLevel, after);
  const rows = await reader.list(range, parseNode, {limit: ROWS});
  const isWhole = rows.length < ROWS;
  const versions = grouped(rows);
  const ids = [...versions.keys()];
  const last = ids.at(-1);
  // Of the last one there may be more versions.
  if (!isWhole && last !== undefined) versions.set(last, await reader.list(keys.nodeVersions(last), parseNode));
  const from = after && `${periodPartOf(after)}\0`;
  const to = isWhole || last === undefined ? undefined : `${periodPartOf(last)}\0`;
  const pointers = new Map<NodeId, NodePointer>();
  for (const pointer of await reader.list(keys.periodRange('p', tocLevel, from, to), parsePointer)) pointers.set(pointer.id, pointer);
  const all = new Set<NodeId>([...ids, ...pointers.keys()]);
  const histories = [...all].map((id): NodeHistory => ({id, versions: versions.get(id) ?? [], pointer: pointers.get(id)}));
  return {histories, next: isWhole ? undefined : last};
}

function grouped(rows: readonly TocNode[]): Map<NodeId, TocNode[]> {
  const versions = new Map<NodeId, TocNode[]>();
  for (const node of rows) {
    const known = versions.get(node.id);
    if (known) known.push(node);
    else versions.set(node.id, [node]);
  }
  return versions;
}
