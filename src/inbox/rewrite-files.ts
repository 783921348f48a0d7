import {statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import {syncFolder} from '../system/files/sync-folder.js';
import {writeDurably} from './durable-file.js';
import {decodeFile, encodeFile, readHead} from './inbox-file.js';
import {readStart} from './read-start.js';

/** See `Inbox.rewrite`. Each file is replaced whole or not at all. */
export function rewriteFiles(waiting: string, drained: readonly string[], change: (record: Buffer) => Buffer | undefined): number {
  let untouched = 0;
  for (const folder of [waiting, ...drained]) {
    for (const name of namesIn(folder)) {
      // A file that was begun here by a run that was killed.
      if (name.endsWith('.again.tmp')) removeFile(join(folder, name));
      else if (name.endsWith('.ev') && !rewriteFile(folder, name, {change, isDrained: folder !== waiting})) untouched++;
    }
  }
  return untouched;
}

interface Rewriting {
  readonly change: (record: Buffer) => Buffer | undefined;
  readonly isDrained: boolean;
}

/** @returns false where the file cannot be read, or only by a newer mem */
function rewriteFile(folder: string, name: string, {change, isDrained}: Rewriting): boolean {
  const path = join(folder, name);
  const bytes = readStart(path, Number.POSITIVE_INFINITY);
  if (bytes === undefined) return statSync(path, {throwIfNoEntry: false}) === undefined;
  const head = readHead(bytes);
  const content = decodeFile(name, bytes);
  if (content.kind === 'newer-format') return false;
  const after = content.records.map(change);
  const kept = after.filter((record) => record !== undefined);
  const isChanged = after.some((record, at) => record !== content.records[at]);
  const isDamaged = content.damaged.length > 0;
  // A drain keeps them in `bad/`, and drops what was forgotten.
  if (isDamaged && !isDrained) return true;
  // Bytes that are damaged may be anybody's words; those of a drained file are in `bad/` already.
  if (!isChanged && !isDamaged) return true;
  if (kept.length === 0) {
    removeFile(path);
    syncFolder(folder);
    return true;
  }
  const {mtimeMs} = statSync(path);
  const writer = head.kind === 'head' ? head.writer : {zone: '', host: '', boot: '', pid: 0, pids: ''};
  writeDurably(folder, `.${name}.${process.pid}.again.tmp`, name, encodeFile(kept, writer));
  utimesSync(path, mtimeMs / 1000, mtimeMs / 1000);
  return true;
}
