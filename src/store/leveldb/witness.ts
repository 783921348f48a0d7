import {join} from 'node:path';
import {errnoOf, ioError} from '../../errors.js';
import {readOwnFile, replaceOwnFile} from '../../system/own-file.js';

const NAME = 'witness';

/** The number of the last commit, from a file beside the store. 0 when the file does not exist, or a power cut left it empty. */
export function readWitness(home: string): number {
  try {
    const text = (readOwnFile(join(home, NAME)) ?? '').trim();
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
  } catch (error) {
    throw ioError(error, `the file ${join(home, NAME)}`);
  }
}

/**
 * Replaces the witness. Only for synced commits, and after them: a witness of what a power cut may take away would be a false alarm. It is
 * not synced itself: one that is too low raises none.
 */
export function writeWitness(home: string, commit: number): void {
  try {
    replaceOwnFile(join(home, NAME), `${commit}\n`);
  } catch (error) {
    // The commit is on disk: a full disk behind it must not make it look failed.
    if (errnoOf(error) === undefined) throw error;
  }
}
