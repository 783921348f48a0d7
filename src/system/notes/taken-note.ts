import {join} from 'node:path';
import type {TakenNote} from '../../domain/care/taken-part.js';
import {Fields, UnknownShape} from '../../domain/stored/fields.js';
import {errnoOf, ioError} from '../../errors.js';
import {readOwnFile, replaceOwnFile} from '../files/own-file.js';

const pathOf = (home: string): string => join(home, 'taken-out');

/** Undefined also where the note cannot be read: then the journal is looked through again. */
export function readTakenNote(home: string): TakenNote | undefined {
  try {
    const text = readOwnFile(pathOf(home));
    if (text === undefined) return undefined;
    const fields = new Fields('taken-out', JSON.parse(text));
    return {storeId: fields.text('storeId'), parts: fields.number('parts')};
  } catch (error) {
    if (error instanceof UnknownShape || error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}

/** @throws MemError NOT_WRITTEN, IO_ERROR */
export function writeTakenNote(home: string, note: TakenNote): void {
  try {
    replaceOwnFile(pathOf(home), `${JSON.stringify(note)}\n`);
  } catch (error) {
    throw ioError(error, pathOf(home));
  }
}
