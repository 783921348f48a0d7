import {mkdirSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {errnoOf} from '../../errors.js';

/**
 * Makes a folder and those above it, for their owner alone.
 * @returns the first one that it made; undefined when all were there
 * @throws what node:fs throws, with the errno that the system gave
 */
export function makeFolders(folder: string): string | undefined {
  try {
    return mkdirSync(folder, {recursive: true, mode: 0o700});
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    // Node says so of a read-only file system and of a used-up quota too. A single mkdir says what it is.
    const first = firstMissing(folder);
    mkdirSync(first, {mode: 0o700});
    mkdirSync(folder, {recursive: true, mode: 0o700});
    return first;
  }
}

function firstMissing(folder: string): string {
  const above = dirname(folder);
  return above === folder || statSync(above, {throwIfNoEntry: false}) !== undefined ? folder : firstMissing(above);
}
