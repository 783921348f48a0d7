import {createInterface} from 'node:readline/promises';
import {MemError} from '../../errors.js';

/**
 * Has a person at a terminal type what is to be done. @param words what must be typed
 * @returns whether it was typed @throws MemError USAGE where nobody can be asked
 */
export async function confirm(words: string): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw new MemError('USAGE', 'nothing was done: nobody can be asked here', {
      hint: 'look at what would be done with --dry-run, then say --yes',
    });
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr});
  try {
    return (await terminal.question(`This cannot be taken back. To do it, type "${words}": `)).trim() === words;
  } finally {
    terminal.close();
  }
}
