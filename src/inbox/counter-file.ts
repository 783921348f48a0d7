import {appendFileSync, readFileSync} from 'node:fs';
import {errnoOf} from '../errors.js';

/** Adds to a count. Several processes may add at once: each appends one line, so nothing must be read or locked. */
export function addToCount(path: string, amount: number): void {
  appendFileSync(path, `${amount}\n`, {mode: 0o600});
}

export function readCount(path: string): number {
  try {
    return readFileSync(path, 'latin1')
      .split('\n')
      .reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
