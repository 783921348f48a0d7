import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {ioError} from '../errors.js';
import {isWriterName, parseFileName} from '../journal/file-name.js';
import {peerNodesFolder} from '../journal/folder-journal.js';
import type {JournalFile} from '../journal/journal.js';
import {readParts} from '../journal/read-parts.js';
import {WRITER_FILE} from '../journal/writer-file.js';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import type {PeerFile} from './peer.js';

/*
 * Files on their way from another machine lie hidden beside those of the journal, and no journal reads them. What is in them holds words
 * as the journal does.
 */

/** Of a file whose transfer is under way, or was cut. */
const PART = '.part';
/** Of one that came and waits beside another version of itself. */
const WAITING = '.in';

export const partOf = (folder: string, {writer, name}: PeerFile): string => join(folder, writer, `.${name}${PART}`);

export const waitingName = (name: string): string => `.${name}${WAITING}`;

/** So many first bytes of a file on its way are whole members that follow each other. */
export function wholeIn(path: string): number {
  if (!existsSync(path)) return 0;
  let whole = 0;
  for (const part of readParts(path)) {
    if (part.kind === 'damage' || part.follows === 'no') break;
    whole = part.at + part.bytes;
  }
  return whole;
}

/** @throws what node:fs throws */
export function waitingIn(folder: string): readonly JournalFile[] {
  return hidden(folder, WAITING);
}

/** What came of files whose transfer was cut. @throws what node:fs throws */
export function partsIn(folder: string): readonly JournalFile[] {
  return hidden(folder, PART);
}

/**
 * Removes what is on its way into a home: it comes again. A sync that is under way notices that a part has gone.
 * @param which `parts` while a sync may be making those that wait part of the memory
 * @throws MemError
 */
export function dropArrivals(home: string, which: 'all' | 'parts'): void {
  const [journal, nodes] = [join(home, 'journal'), peerNodesFolder(home)];
  try {
    const parts = [...partsIn(journal), ...partsIn(nodes)];
    for (const {path} of which === 'all' ? [...parts, ...waitingIn(journal)] : parts) removeFile(path);
  } catch (error) {
    throw ioError(error, `the journal at ${journal}`);
  }
}

function hidden(root: string, ending: string): readonly JournalFile[] {
  return namesIn(root).flatMap((writer) => {
    if (!isWriterName(writer) || writer === WRITER_FILE) return [];
    return namesIn(join(root, writer)).flatMap((name) => {
      const whole = name.startsWith('.') && name.endsWith(ending) ? name.slice(1, -ending.length) : '';
      const parts = parseFileName(whole);
      return parts === undefined ? [] : [{writer, ...parts, name: whole, path: join(root, writer, name), bytes: 0}];
    });
  });
}
