import {join} from 'node:path';
import {UnknownShape} from '../../domain/stored/fields.js';
import {errnoOf} from '../../errors.js';
import {readOwnFile, replaceOwnFile} from '../files/own-file.js';

/** A note in a home of what was done last, as JSON. It is no more than that: nothing fails for it. */
export interface HomeNote<T> {
  /** Undefined also where it cannot be read. */
  read(): T | undefined;
  write(note: T): void;
}

/** @param parse throws UnknownShape or SyntaxError for what is no such note */
export function homeNote<T>(home: string, name: string, parse: (text: string) => T): HomeNote<T> {
  const path = join(home, name);
  return {
    read: () => {
      try {
        const text = readOwnFile(path);
        return text === undefined ? undefined : parse(text);
      } catch (error) {
        if (error instanceof UnknownShape || error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
        throw error;
      }
    },
    // A full disk must not make what was done look failed.
    write: (note) => {
      try {
        replaceOwnFile(path, `${JSON.stringify(note)}\n`);
      } catch (error) {
        if (errnoOf(error) === undefined) throw error;
      }
    },
  };
}
