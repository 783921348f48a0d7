import {unlinkSync} from 'node:fs';
import {errnoOf} from '../../errors.js';

/** @returns false when the file was gone: another process may remove it at the same time. @throws what node:fs throws */
export function removeFile(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
