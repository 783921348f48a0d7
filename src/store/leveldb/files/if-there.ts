import {readFileSync} from 'node:fs';
import {errnoOf} from '../../../errors.js';

/** What `look` finds; undefined when the system does not let it: LevelDB, which looks next, says so better. */
export function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

export function readIfThere(path: string): Buffer | undefined {
  return ifThere(() => readFileSync(path));
}
