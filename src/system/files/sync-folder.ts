import {closeSync, constants, fsyncSync, openSync} from 'node:fs';
import {dirname} from 'node:path';
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
  if (first === undefined) return;
  const top = dirname(first);
  for (let above = dirname(folder); ; above = dirname(above)) {
    syncFolder(above);
    if (above === top || above === dirname(above)) return;
  }
}
