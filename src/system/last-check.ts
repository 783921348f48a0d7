import {join} from 'node:path';
import {type LastCheck, parseLastCheck} from '../domain/care/last-check.js';
import {UnknownShape} from '../domain/stored/fields.js';
import {errnoOf} from '../errors.js';
import {readOwnFile, replaceOwnFile} from './files/own-file.js';

const pathOf = (home: string): string => join(home, 'last-check');

/** Undefined also where the note cannot be read: it is no more than a note. */
export function readLastCheck(home: string): LastCheck | undefined {
  try {
    const text = readOwnFile(pathOf(home));
    return text === undefined ? undefined : parseLastCheck(text);
  } catch (error) {
    if (error instanceof UnknownShape || error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}

/** A full disk must not make a check look failed. */
export function writeLastCheck(home: string, check: LastCheck): void {
  try {
    replaceOwnFile(pathOf(home), `${JSON.stringify(check)}\n`);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
