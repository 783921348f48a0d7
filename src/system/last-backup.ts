import {join} from 'node:path';
import type {LastBackup} from '../domain/care/last-backup.js';
import {Fields, UnknownShape} from '../domain/stored/fields.js';
import {errnoOf} from '../errors.js';
import {readOwnFile, replaceOwnFile} from './own-file.js';

const pathOf = (home: string): string => join(home, 'last-backup');

/** Undefined also where the note cannot be read: it is no more than a note. */
export function readLastBackup(home: string): LastBackup | undefined {
  try {
    const text = readOwnFile(pathOf(home));
    if (text === undefined) return undefined;
    const fields = new Fields('last-backup', JSON.parse(text));
    return {at: fields.instant('at'), folder: fields.text('folder')};
  } catch (error) {
    if (error instanceof UnknownShape || error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}

/** A full disk must not make a backup look failed. */
export function writeLastBackup(home: string, note: LastBackup): void {
  try {
    replaceOwnFile(pathOf(home), `${JSON.stringify(note)}\n`);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}
