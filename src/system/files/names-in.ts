import {readdirSync} from 'node:fs';
import {errnoOf} from '../../errors.js';

/** The names in a folder; an empty list if the folder does not exist. @throws what node:fs throws */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
