import {closeSync, openSync, readSync, statSync} from 'node:fs';
import {resolve} from 'node:path';
import {errnoOf, MemError} from '../../errors.js';
import type {Source, SourceFile} from '../source.js';
import {filesBelow, sourceFileAt} from './files-below.js';
import {unreadable} from './unreadable.js';

const START_BYTES = 256 * 1024;
const DEPTH = 12;

/**
 * Finds whose the named files are, by how they begin; of a folder, of all files in it, where others are passed over.
 * @returns per source what is to be read, and files that were named and are of no source
 * @throws MemError NO_INPUT for a path that does not exist, IO_ERROR
 */
export async function recognizeFiles(paths: readonly string[], sources: readonly Source[]) {
  const bySource = new Map<Source, Map<string, SourceFile>>();
  const unknown: string[] = [];
  for (const path of paths.map((given) => resolve(given))) {
    const isFolder = statOf(path).isDirectory();
    const named = sourceFileAt(path);
    const files = isFolder ? filesBelow(path, {depth: DEPTH, wants: () => true}) : named === undefined ? [] : [named];
    let known = 0;
    for (const file of files) {
      const start = startOf(file.path);
      const source = sources.find((candidate) => candidate.recognizes(start, file.path));
      if (source === undefined) continue;
      known++;
      const ofSource = bySource.get(source) ?? new Map<string, SourceFile>();
      bySource.set(source, ofSource.set(file.path, file));
    }
    if (known === 0) unknown.push(path);
  }
  return {jobs: [...bySource].map(([source, files]) => ({source, files: [...files.values()]})), unknown};
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') {
      throw new MemError('NO_INPUT', `${path} does not exist`, {hint: 'name a transcript, a folder, or an agent', cause: error});
    }
    throw unreadable(error, path);
  }
}

function startOf(path: string): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.alloc(START_BYTES);
    return bytes.subarray(0, readSync(file, bytes, 0, START_BYTES, 0));
  } catch (error) {
    // It went away since it was found.
    if (errnoOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unreadable(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
