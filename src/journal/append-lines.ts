import {closeSync, constants, fdatasync, fdatasyncSync, fstatSync, lstatSync, openSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {EpochMs} from '../domain/event/event.js';
import {type JournalEnd, type JournalKind, type LineText, NO_LINES} from '../domain/journal/journal-end.js';
import {MemError} from '../errors.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import {formatFileName} from './file-name.js';
import type {AppendOptions} from './journal.js';
import {filesBehind} from './list-files.js';
import {cutIntoRuns, encodeMembers, type Run} from './member.js';
import {writeAll} from './write-file.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;

/** A file takes no more from here on. */
const FULL_FILE_BYTES = 8 * 1024 * 1024;

const dataSync = promisify(fdatasync);

/** Where lines are appended: the file, and what its end was. */
type Place = JournalEnd & {readonly isNew: boolean};

/** Appends lines to the files of `writer` in `folder`. @throws what node:fs throws; MemError when something stands behind `after` */
export async function appendLines(
  folder: string,
  writer: string,
  kind: JournalKind,
  lines: readonly LineText[],
  {after, at, sync}: AppendOptions,
): Promise<JournalEnd> {
  const {isNew, ...place} = placeAfter(folder, writer, kind, after, at);
  const {runs, members} = await pack(lines, place.last);
  const path = pathOf(folder, kind, place);
  if (isNew) makeFoldersDurably(join(folder, writer));
  // A link in its place would have us write elsewhere.
  if (!lstatSync(join(folder, writer)).isDirectory())
    throw new MemError('NOT_WRITTEN', `the journal's folder ${join(folder, writer)} is a link`, {hint: 'remove the link'});
  const file = openSync(path, O_WRONLY | O_NOFOLLOW | (isNew ? O_CREAT | O_EXCL : 0), 0o600);
  try {
    if (fstatSync(file).size !== place.bytes)
      throw new MemError('IO_ERROR', `the journal's file ${path} was changed while the store was open`);
    const bytes = writeAll(file, members, place.bytes);
    if (sync) await dataSync(file);
    if (isNew) syncFolder(join(folder, writer));
    return {...place, bytes, last: runs.at(-1)?.hash ?? place.last};
  } finally {
    closeSync(file);
  }
}

/** Memory of the last append, used again: of a bulk import, each batch would wait for the garbage collector. */
let memory: Buffer | undefined;

async function pack(lines: readonly LineText[], previous: string): Promise<{runs: readonly Run[]; members: readonly Buffer[]}> {
  let taken = memory;
  // Nobody else uses it meanwhile.
  memory = undefined;
  const allocate = (bytes: number): Buffer => {
    if (taken === undefined || taken.length < bytes) taken = Buffer.allocUnsafe(bytes);
    return taken.subarray(0, bytes);
  };
  const runs = cutIntoRuns(lines, allocate);
  const members = await encodeMembers(runs, previous, 'fast');
  memory = taken;
  return {runs, members};
}

function placeAfter(folder: string, writer: string, kind: JournalKind, after: JournalEnd | undefined, at: EpochMs): Place {
  const month = new Date(at).toISOString().slice(0, 7);
  if (after?.writer === writer && after.bytes > 0 && after.bytes < FULL_FILE_BYTES && after.month === month)
    return {...after, isNew: false};
  const isBegun = after === undefined || after.writer !== writer || after.bytes > 0;
  const number = isBegun ? nextNumber(folder, writer, kind, after) : after.number;
  return {writer, month, number, bytes: 0, last: NO_LINES, isNew: true};
}

function nextNumber(folder: string, writer: string, kind: JournalKind, after: JournalEnd | undefined): number {
  const known = after?.writer === writer ? after.number : 0;
  return Math.max(known, filesBehind(folder, writer, kind, known).at(-1)?.number ?? 0) + 1;
}

/** Of the file that an end lies in, as long as it is open. */
export function pathOf(folder: string, kind: JournalKind, {writer, month, number}: JournalEnd): string {
  return join(folder, writer, formatFileName({kind, month, number, generation: 0, hash: ''}));
}

/** Syncs what was appended to a file without it. @throws what node:fs throws */
export function syncFile(path: string): void {
  const file = openSync(path, O_WRONLY | O_NOFOLLOW);
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
