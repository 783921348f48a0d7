import {closeSync, constants, fdatasyncSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {makeFolders} from '../system/make-folders.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY} = constants;

/**
 * Writes a file under a temporary name, syncs it, renames it and syncs the folder. Makes the folder if it does not exist.
 * When it returns, the whole file survives a power cut. When it throws (MemError), nothing is left behind.
 */
export function writeDurably(folder: string, temporaryName: string, name: string, bytes: Buffer): void {
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
    makeFolder(folder);
    return open();
  }
}

/** Makes a folder and those above it. They survive a power cut. */
function makeFolder(folder: string): void {
  const first = makeFolders(folder);
  if (first === undefined) return;
  const top = dirname(first);
  for (let above = dirname(folder); ; above = dirname(above)) {
    syncFolder(above);
    if (above === top || above === dirname(above)) return;
  }
}

export function syncFolder(folder: string): void {
  const file = openSync(folder, O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** @returns false when the file was gone: another process may remove it at the same time */
export function removeFile(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
