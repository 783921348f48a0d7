import {rmSync} from 'node:fs';
import {ioError} from '../../errors.js';
import {writeFileWithFolders} from '../../system/files/replace-file.js';
import type {EntryChange} from '../scheduler.js';

/** Writes and removes the files of entries. Only their user may write them, as launchd requires. @throws MemError NOT_WRITTEN, IO_ERROR */
export function writeEntryFiles(changes: readonly EntryChange[]): void {
  for (const {name, after} of changes) {
    try {
      if (after === undefined) rmSync(name, {force: true});
      else writeFileWithFolders(name, after, 0o644);
    } catch (error) {
      throw ioError(error, name);
    }
  }
}
