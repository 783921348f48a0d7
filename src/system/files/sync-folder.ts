import {closeSync, constants, fsyncSync, openSync} from 'node:fs';
import {dirname} from 'node:path';
import {errnoOf} from '../../errors.js';
import {makeFolders} from './make-folders.js';

/** Makes what was created, renamed or removed in a folder survive a power cut. @throws what node:fs throws */
export function syncFolder(folder: string): void {
  const file = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a folder and those above it. They survive a power cut. @throws what node:fs throws */
export function makeFoldersDurably(folder: string): void {
  const first = makeFolders(folder);
  if (first === undefined) {
    syncFoldersAbove(folder);
    return;
  }
  const top = dirname(first);
  for (let above = dirname(folder); ; above = dirname(above)) {
    syncFolder(above);
    if (above === top || above === dirname(above)) return;
  }
}

/** As deep as a folder of the home lies, with the one that the home is in. */
const LEVELS = 3;

/** Has a folder that another process made survive a power cut: that one may be about to sync it, or was killed before it did. @throws what node:fs throws */
export function syncFoldersAbove(folder: string): void {
  let above = dirname(folder);
  for (let n = 0; n < LEVELS; n++, above = dirname(above)) {
    try {
      syncFolder(above);
    } catch (error) {
      // Not there yet; or somebody else's, who made it long ago.
      if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'EACCES') throw error;
    }
  }
}
