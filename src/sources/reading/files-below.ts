import {type Dirent, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf} from '../../errors.js';
import type {SourceFile} from '../source.js';
import {stampOf} from './lines.js';
import {unreadable} from './unreadable.js';

export interface FilesBelow {
  /** How many folders deep. */
  readonly depth: number;
  /** @param name of the file, without its folders */
  wants(name: string, path: string): boolean;
  /** Folders that are not looked into. */
  readonly except?: ReadonlySet<string>;
}

/** The files below a folder; none where it does not exist. A folder that may not be read is an error: its conversations would be missed. */
export function filesBelow(folder: string, options: FilesBelow): readonly SourceFile[] {
  const files: SourceFile[] = [];
  walk(folder, options, options.depth, files);
  return files;
}

/** A file by its path; undefined where it is gone, or is no file. */
export function sourceFileAt(path: string): SourceFile | undefined {
  // Synchronously: an asynchronous stat is ten times slower, and thousands are looked at each time.
  const facts = statSync(path, {throwIfNoEntry: false});
  return facts?.isFile() === true ? {path, stamp: stampOf(facts)} : undefined;
}

function walk(folder: string, options: FilesBelow, depth: number, files: SourceFile[]): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const isLink = entry.isSymbolicLink();
    if (entry.isDirectory() || (isLink && statSync(path, {throwIfNoEntry: false})?.isDirectory() === true)) {
      if (depth > 0 && options.except?.has(entry.name) !== true) walk(path, options, depth - 1, files);
    } else if ((entry.isFile() || isLink) && options.wants(entry.name, path)) {
      const file = sourceFileAt(path);
      if (file !== undefined) files.push(file);
    }
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, {withFileTypes: true});
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return [];
    throw unreadable(error, folder);
  }
}
