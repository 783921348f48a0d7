import {isSegmentNode, type NodePointer, pointerTo, type TocNode} from '../../../domain/toc/node.js';
import {type NodeId, TOC_LEVELS} from '../../../domain/toc/node-id.js';
import type {NodeHistory, Store, StoreCare} from '../../../store/port/store.js';
import type {PartOfReport} from './verdict.js';

export type CaredStore = Store & {readonly care: StoreCare};

/** A store that lies in files. */
export function cared(store: Store): CaredStore {
  if (!hasCare(store)) throw new Error('a store that knows nothing of checks');
  return store;
}

const hasCare = (store: Store): store is CaredStore => store.care !== undefined;

/** Goes through all nodes, page by page, with all their versions. */
export async function* allHistories(current: () => CaredStore): AsyncGenerator<readonly NodeHistory[] | undefined> {
  for (const tocLevel of TOC_LEVELS) {
    for (let after: NodeId | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const page: Awaited<ReturnType<StoreCare['nodeHistories']>> = await current().care.nodeHistories(tocLevel, after);
      yield page.histories;
      after = page.next;
      yield undefined;
    }
  }
}

/** Whether each node points to its newest version, and none is missing between the oldest and the newest; and whether children exist. */
export async function checkPointers(store: CaredStore, histories: readonly NodeHistory[], report: PartOfReport): Promise<void> {
  report.looked += histories.length;
  for (const history of histories) {
    const fault = pointerFault(history);
    if (fault !== undefined) report.fault(fault);
    const gaps = gapsOf(history);
    if (gaps > 0)
      report.remarks.push(`${history.id} lacks ${gaps === 1 ? 'a version' : `${gaps} versions`}, which no check can bring back`);
  }
  await checkChildren(store, histories, report);
}

/** @returns undefined where the pointer is right */
export function pointerFault({id, versions, pointer}: NodeHistory): string | undefined {
  const newest = versions.at(-1);
  if (newest === undefined) return `${id} points to version ${pointer?.version}, which is missing`;
  if (pointer === undefined) return `${id} has ${versions.length === 1 ? 'a version' : `${versions.length} versions`} and is in no list`;
  if (pointer.version !== newest.version) return `${id} points to version ${pointer.version}, and its newest is ${newest.version}`;
  return isPointerTo(newest, pointer) ? undefined : `${id} points to its newest version with other bounds or digests than that has`;
}

/** The fingerprint is emptied where the node is to be made again. */
function isPointerTo(node: TocNode, pointer: NodePointer): boolean {
  const right = {...pointerTo(node), inputFingerprint: pointer.inputFingerprint === '' ? '' : node.inputFingerprint};
  return JSON.stringify(right) === JSON.stringify({...pointer});
}

/** Versions that are missing in the middle: a policy removes the oldest only. */
function gapsOf({versions}: NodeHistory): number {
  const [first, last] = [versions[0]?.version ?? 0, versions.at(-1)?.version ?? 0];
  return versions.length === 0 ? 0 : last - first + 1 - versions.length;
}

/** Nodes that a period was made from may be retracted since; they are never gone. */
async function checkChildren(store: CaredStore, histories: readonly NodeHistory[], report: PartOfReport): Promise<void> {
  const children = new Map<NodeId, NodeId>();
  for (const {id, versions} of histories) {
    const newest = versions.at(-1);
    if (newest === undefined || isSegmentNode(newest)) continue;
    for (const child of newest.childIds) children.set(child, id);
  }
  const ids = [...children.keys()];
  const pointers = await store.pointersOf(ids);
  for (const [at, id] of ids.entries())
    if (pointers[at] === undefined) report.fault(`${children.get(id)} is made from ${id}, which does not exist`);
}
