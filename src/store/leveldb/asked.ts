import {closeSync, openSync, statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf} from '../../errors.js';

/** Beside LevelDB's own files, which leaves alone what it does not know. It is empty, and lost without harm. */
const NAME = 'asked';

/**
 * Tells whoever has the store at `location` open that somebody waits for it. To be said at each look that finds it busy: a holder counts
 * what is said while it holds. Where nothing may be written there, the holder comes to the end of its turn by itself.
 */
export function askForStore(location: string): void {
  const file = join(location, NAME);
  // At random: a clock that stands still would tell nothing new.
  const time = Math.floor(Math.random() * 2 ** 31);
  try {
    utimesSync(file, time, time);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') makeFile(file);
  }
}

/** @returns whether somebody has asked for the store at `location` since this call; costs a stat */
export function watchAsked(location: string): () => boolean {
  const file = join(location, NAME);
  const before = stampOf(file);
  return () => stampOf(file) !== before;
}

function stampOf(file: string): string {
  const stat = statSync(file, {throwIfNoEntry: false});
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeMs}`;
}

function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // A home that only its owner may write to.
  }
}
