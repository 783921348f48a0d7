import {accessSync, constants, existsSync, realpathSync, statfsSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {MachineFacts} from './machine.js';

/** @param path the PATH */
export function machineFacts(home: string, path: string): MachineFacts {
  const folder = existing(home);
  return {
    nodeVersion: process.version,
    nodePath: process.execPath,
    memOnPath: path
      .split(':')
      .filter((part) => part.startsWith('/'))
      .map((part) => join(part, 'mem'))
      .find((file) => can(file, constants.X_OK)),
    homeMode: statSync(home, {throwIfNoEntry: false})?.mode,
    isWritable: can(folder, constants.W_OK | constants.X_OK),
    freeBytes: freeBytes(folder),
  };
}

function existing(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return realpathSync(folder);
}

function can(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

function freeBytes(folder: string): number | undefined {
  try {
    const {bavail, bsize} = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
