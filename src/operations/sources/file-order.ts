import type {Source, SourceFile} from '../../sources/source.js';

interface Dated {
  readonly file: SourceFile;
  readonly first: number;
}

/**
 * Files that were never read, so that of a record in several of them the original comes first: by the time of the first record that no
 * other file has. A fork begins with what its original says, so it is the first record of its own that tells them apart; a file that has
 * none is where another one began.
 * @param isStopped whether the import stops, where the order does not matter any more: it gives no order then
 */
export async function inOrderOfRecords(
  source: Source,
  files: readonly SourceFile[],
  isStopped: () => boolean,
): Promise<readonly SourceFile[]> {
  const byFirst = new Map<number, SourceFile[]>();
  for (const file of files) {
    if (byFirst.size > 0 && isStopped()) return [];
    const first = await firstTime(source, file);
    byFirst.set(first, [...(byFirst.get(first) ?? []), file]);
  }
  const ordered: SourceFile[] = [];
  for (const first of [...byFirst.keys()].sort((a, b) => a - b)) {
    const same = byFirst.get(first) ?? [];
    ordered.push(...(same.length === 1 ? same : await byOwnRecords(source, same, isStopped)));
  }
  return ordered;
}

/** In ms; a file without a time counts as written when it was changed last. */
async function firstTime(source: Source, file: SourceFile): Promise<number> {
  for await (const item of source.read(file, {cursor: undefined, isAtRest: true})) {
    if (item.kind === 'event' && item.event.time !== undefined) return item.event.time;
  }
  return file.stamp.mtimeMs;
}

async function byOwnRecords(source: Source, files: readonly SourceFile[], isStopped: () => boolean): Promise<readonly SourceFile[]> {
  const records: (readonly (readonly [id: string, time: number])[])[] = [];
  const owners = new Map<string, number>();
  for (const file of files) {
    const own: [string, number][] = [];
    for await (const item of source.read(file, {cursor: undefined, isAtRest: true})) {
      if (isStopped()) return [];
      if (item.kind === 'event') own.push([`${item.event.time} ${item.event.eventId}`, item.event.time ?? file.stamp.mtimeMs]);
    }
    for (const id of new Set(own.map(([one]) => one))) owners.set(id, (owners.get(id) ?? 0) + 1);
    records.push(own);
  }
  const dated: Dated[] = files.map((file, at) => ({
    file,
    first: records[at]?.find(([id]) => owners.get(id) === 1)?.[1] ?? Number.NEGATIVE_INFINITY,
  }));
  return dated.sort((a, b) => a.first - b.first || (a.file.path < b.file.path ? -1 : 1)).map(({file}) => file);
}
