import {constants, copyFileSync, linkSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf} from '../errors.js';
import {removeFile} from '../system/files/remove-file.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import {syncFile} from './append-lines.js';
import type {JournalFile} from './journal.js';

/** Beside the journal: damaged files as they were. Nothing reads them, and nothing but a person removes them. */
export function keptFolder(journal: string): string {
  return join(dirname(journal), 'journal.damaged');
}

/** Keeps a file that nobody appends to as it is; once, however often it is called. @throws what node:fs throws */
export function keepAside(journal: string, {writer, name, path}: JournalFile): void {
  const folder = join(keptFolder(journal), writer);
  makeFoldersDurably(folder);
  const file = statSync(path);
  for (let n = 1; ; n++) {
    const to = join(folder, n === 1 ? name : `${name}.${n}`);
    const there = statSync(to, {throwIfNoEntry: false});
    if (there === undefined) keepAs(path, to);
    if (there === undefined || (there.ino === file.ino && there.dev === file.dev)) return;
  }
}

function keepAs(path: string, to: string): void {
  try {
    linkSync(path, to);
  } catch (error) {
    if (errnoOf(error) === 'ENOSPC' || errnoOf(error) === 'EIO') throw error;
    // A file system without links.
    try {
      copyFileSync(path, to, constants.COPYFILE_EXCL);
      syncFile(to);
    } catch (fault) {
      removeFile(to);
      throw fault;
    }
  }
  syncFolder(dirname(to));
}
