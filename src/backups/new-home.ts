import {renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {ioError, MemError} from '../errors.js';
import {makeFolders} from '../system/files/make-folders.js';
import {namesIn} from '../system/files/names-in.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import {isProcessAlive} from '../system/host.js';
import type {NewHome} from './backups.js';

/** Between the name of the home and the id of the process that makes it. */
const MARK = '.restoring-';

/**
 * Begins a home. It is made in a folder beside its place; what a killed run left there is removed.
 * @throws MemError USAGE where the place holds something, NOT_WRITTEN, IO_ERROR
 */
export function beginHome(home: string): NewHome {
  try {
    assertFree(home);
    makeFoldersDurably(dirname(home));
    sweep(home);
    const folder = `${home}${MARK}${process.pid}`;
    makeFolders(folder);
    let isThere = false;
    return {
      folder,
      finish: () => {
        try {
          assertFree(home);
          syncFolder(folder);
          // It replaces an empty folder, and no other.
          renameSync(folder, home);
          isThere = true;
          syncFolder(dirname(home));
        } catch (error) {
          throw ioError(error, home);
        }
      },
      abandon: () => {
        if (!isThere) rmSync(folder, {recursive: true, force: true});
      },
    };
  } catch (error) {
    throw ioError(error, home);
  }
}

/** @throws MemError USAGE */
export function assertFree(home: string): void {
  if (namesIn(home).length === 0) return;
  throw new MemError('USAGE', `${home} is not empty: a backup becomes a home of its own`, {
    hint: `name another home with --store, or move this one away: mv ${home} ${home}.old`,
  });
}

function sweep(home: string): void {
  const start = basename(home) + MARK;
  for (const name of namesIn(dirname(home))) {
    if (!name.startsWith(start) || !/^\d+$/.test(name.slice(start.length))) continue;
    if (!isProcessAlive(Number(name.slice(start.length)))) rmSync(join(dirname(home), name), {recursive: true, force: true});
  }
}
