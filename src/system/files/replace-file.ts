import {chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {errnoOf} from '../../errors.js';
import {makeFolders} from './make-folders.js';

/** Replaces the file at `path` by `text`, atomically: a reader sees the old file or the new one. @throws what node:fs throws */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // The umask may have removed permissions that launchd needs.
    chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}

/** Replaces a file and makes the folders above it. */
export function writeFileWithFolders(path: string, text: string, mode = 0o600): void {
  makeFolders(dirname(path));
  replaceFile(path, text, mode);
}

/** The text of a file; undefined if the file does not exist. @throws what node:fs throws */
export function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
