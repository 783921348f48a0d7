import {closeSync, constants, fdatasyncSync, ftruncateSync, openSync, unlinkSync} from 'node:fs';
import {dirname} from 'node:path';
import {type JournalEnd, type JournalKind, NO_LINES} from '../domain/journal/journal-end.js';
import {syncFolder} from '../system/files/sync-folder.js';
import {syncFile} from './append-lines.js';
import type {JournalFile, JournalRest} from './journal.js';
import {filesBehind} from './list-files.js';
import {readParts} from './read-parts.js';

/** See `Journal.behind`. @param isOurs whether we append there: only then is it synced, and a torn tail cut off. @throws what node:fs throws */
export function restBehind(
  folder: string,
  kind: JournalKind,
  writer: string,
  end: JournalEnd | undefined,
  isOurs: () => boolean,
): JournalRest {
  const files = filesBehind(folder, writer, kind, end?.number ?? 0);
  const known = files.find(({number}) => number === end?.number);
  if (end !== undefined && end.bytes > 0 && (known === undefined || (known.generation === 0 && known.bytes < end.bytes))) {
    return {kind: 'shorter', isGone: files.length === 0 && filesBehind(folder, writer, kind, 0).length === 0};
  }
  const isAtEnd = known?.generation === 0 && known.bytes === end?.bytes && known.bytes > 0 && files.length === 1;
  if (isAtEnd || files.length === 0) return {kind: 'nothing'};
  return {kind: 'more', members: membersOf(files, end, isOurs())};
}

function* membersOf(
  files: readonly JournalFile[],
  end: JournalEnd | undefined,
  isOurs: boolean,
): Generator<{lines: Buffer; end: JournalEnd}> {
  for (const [n, file] of files.entries()) {
    const {writer, month, number, path, generation} = file;
    // A sealed file has other members: where in it the end was is not known any more.
    const isCut = number === end?.number && generation === 0;
    let [bytes, last] = isCut ? [end.bytes, end.last] : [0, NO_LINES];
    // A sync that failed may have lost what can still be read.
    if (isOurs && generation === 0) {
      syncFile(path);
      // Who made the file may have been killed before its name was synced.
      syncFolder(dirname(path));
    }
    for (const part of readParts(path, bytes, last)) {
      if (part.kind === 'damage') continue;
      bytes = part.at + part.bytes;
      last = part.hash;
      yield {lines: part.lines, end: {writer, month, number, bytes, last}};
    }
    const isTail = n === files.length - 1;
    // An empty file was made and not written: what is appended next makes it again.
    if (isOurs && isTail && generation === 0 && (bytes < file.bytes || bytes === 0)) cutOff(path, bytes);
    if (isTail)
      yield {
        lines: Buffer.alloc(0),
        end: {
          writer,
          month,
          number: generation === 0 ? number : number + 1,
          bytes: generation === 0 ? bytes : 0,
          last: generation === 0 ? last : NO_LINES,
        },
      };
  }
}

/** Only behind what the store knows: what a crash tore is in the inbox still. */
function cutOff(path: string, bytes: number): void {
  if (bytes === 0) {
    unlinkSync(path);
    syncFolder(dirname(path));
    return;
  }
  const file = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    ftruncateSync(file, bytes);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
