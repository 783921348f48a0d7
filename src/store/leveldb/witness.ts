import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../../errors.js';

const NAME = 'witness';

/** The number of the last commit as a file beside the store knows it; 0 when there is none, or one that a power cut left without text. */
export function readWitness(home: string): number {
  try {
    const text = readFileSync(join(home, NAME), 'latin1').trim();
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw ioError(error, `the file ${join(home, NAME)}`);
  }
}

/**
 * Replaces the witness. Only for synced commits, and after them: a witness of what a power cut may take away would be a false alarm. It is
 * not synced itself: one that is too low raises none.
 */
export function writeWitness(home: string, commit: number): void {
  const path = join(home, NAME);
  try {
    writeFileSync(`${path}.tmp`, `${commit}\n`, {mode: 0o600});
    renameSync(`${path}.tmp`, path);
  } catch (error) {
    // The commit is on disk: a full disk behind it must not make it look failed.
    if (errnoOf(error) === undefined) throw error;
  }
}
