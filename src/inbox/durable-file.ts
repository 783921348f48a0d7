import {closeSync, constants, fdatasyncSync, openSync, renameSync, unlinkSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;

/**
 * Writes a file under a temporary name, syncs it, renames it and syncs the folder. Makes the folder if it does not exist.
 * When it returns, the whole file survives a power cut. When it throws (MemError), nothing is left behind.
 * @param settle called before the file gets its name: what it throws fails the writing
 */
export function writeDurably(folder: string, temporaryName: string, name: string, bytes: Buffer, settle: () => void = () => {}): void {
  const temporary = join(folder, temporaryName);
  try {
    const file = create(folder, temporary);
    try {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
        fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
      settle();
      renameSync(temporary, join(folder, name));
    } catch (error) {
      unlinkSync(temporary);
      throw error;
    }
    try {
      syncFolder(folder);
    } catch (error) {
      // The caller learns that it failed and sends the events again.
      unlinkSync(join(folder, name));
      throw error;
    }
  } catch (error) {
    throw ioError(error, `the inbox at ${folder}`);
  }
}

function create(folder: string, path: string): number {
  const open = () => openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    return open();
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    makeFoldersDurably(folder);
    return open();
  }
}
