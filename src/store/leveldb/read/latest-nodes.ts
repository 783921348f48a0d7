import type {NodePointer, TocNode} from '../../../domain/toc/node.js';
import type {NodeId} from '../../../domain/toc/node-id.js';
import {MemError} from '../../../errors.js';
import {DAMAGED_HINT} from '../checksum.js';
import {nodeKey, nodeVersions, pointerKey} from '../keys.js';
import {parseNode, parsePointer} from '../node-records.js';
import type {Reader} from './reader.js';

/** The versions that pointers point to. @throws MemError STORE_DAMAGED when one is not there */
export async function readLatest(
  reader: Reader,
  location: string,
  pointers: readonly (NodePointer | undefined)[],
): Promise<readonly (TocNode | undefined)[]> {
  const found = await reader.getMany(pointers.flatMap((pointer) => (pointer ? [nodeKey(pointer.id, pointer.version)] : [])));
  let at = 0;
  return pointers.map((pointer) => {
    if (pointer === undefined) return undefined;
    const bytes = found[at++];
    if (bytes !== undefined) return parseNode(nodeKey(pointer.id, pointer.version), bytes);
    const message = `the store at ${location} is damaged: "${nodeKey(pointer.id, pointer.version)}" is missing`;
    throw new MemError('STORE_DAMAGED', message, {hint: DAMAGED_HINT});
  });
}

/** Many at once; undefined for one that does not exist. */
export async function readPointersOf(reader: Reader, ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]> {
  const keys = ids.map(pointerKey);
  const found = await reader.getMany(keys);
  return keys.map((key, at) => found[at] && parsePointer(key, found[at]));
}

export async function readVersionsOf(reader: Reader, ids: readonly NodeId[]): Promise<readonly (readonly TocNode[])[]> {
  const all: (readonly TocNode[])[] = [];
  for (const id of ids) all.push(await reader.list(nodeVersions(id), parseNode));
  return all;
}
