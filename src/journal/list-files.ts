import {lstatSync, type Stats} from 'node:fs';
import {join} from 'node:path';
import {JOURNAL_KINDS, type JournalKind} from '../domain/journal/journal-end.js';
import {errnoOf} from '../errors.js';
import {namesIn} from '../system/files/names-in.js';
import {isWriterName, parseFileName} from './file-name.js';
import type {JournalFile, JournalListing} from './journal.js';

/** Ours end soon after 8 MiB, with a last member of at most 16. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** Names that begin with a point are files on their way. */
const isHidden = (name: string): boolean => name.startsWith('.');

/** All files of a journal, and what stands among them without being one. @throws what node:fs throws */
export function listFiles(folder: string, writerFile: string): JournalListing {
  const files: JournalFile[] = [];
  const refused: {path: string; reason: string}[] = [];
  for (const writer of namesIn(folder)) {
    if (writer === writerFile || isHidden(writer)) continue;
    const path = join(folder, writer);
    const isFolder = lstatSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
    if (!isFolder || !isWriterName(writer)) {
      refused.push({path, reason: isFolder ? 'its name is not that of a writer' : 'it is not a folder'});
      continue;
    }
    for (const name of namesIn(path)) {
      if (isHidden(name)) continue;
      const file = lookAt(writer, name, join(path, name));
      if (file === undefined) continue;
      if ('reason' in file) refused.push(file);
      else files.push(file);
    }
  }
  return {...parted(files), refused};
}

/** The files of one writer and kind, from a number on. It looks at no other. @throws what node:fs throws */
export function filesBehind(folder: string, writer: string, kind: JournalKind, from: number): readonly JournalFile[] {
  const path = join(folder, writer);
  const files = namesIn(path).flatMap((name) => {
    const parts = parseFileName(name);
    if (parts?.kind !== kind || parts.number < from) return [];
    const file = lookAt(writer, name, join(path, name));
    return file === undefined || 'reason' in file ? [] : [file];
  });
  return parted(files).files;
}

function lookAt(writer: string, name: string, path: string): JournalFile | {path: string; reason: string} | undefined {
  const parts = parseFileName(name);
  if (parts === undefined) return {path, reason: 'its name is not that of a file of the journal'};
  const stat = statOf(path);
  if (stat === undefined) return undefined;
  if (!stat.isFile()) return {path, reason: 'it is not a plain file'};
  if (stat.size > MOST_FILE_BYTES) return {path, reason: `it is larger than ${MOST_FILE_BYTES / 1024 / 1024} MiB`};
  return {writer, ...parts, name, path, bytes: stat.size};
}

/** Undefined for what went since its name was read. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, {throwIfNoEntry: false});
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function parted(all: readonly JournalFile[]): Pick<JournalListing, 'files' | 'replaced'> {
  const files = [...all].sort(byPlace);
  const latest = new Map<string, number>();
  for (const file of files) latest.set(placeOf(file), file.generation);
  const isLatest = (file: JournalFile): boolean => latest.get(placeOf(file)) === file.generation;
  return {files: files.filter(isLatest), replaced: files.filter((file) => !isLatest(file))};
}

const placeOf = ({writer, kind, number}: JournalFile): string => `${writer} ${kind} ${number}`;

function byPlace(a: JournalFile, b: JournalFile): number {
  return (
    compare(a.writer, b.writer) ||
    JOURNAL_KINDS.indexOf(a.kind) - JOURNAL_KINDS.indexOf(b.kind) ||
    a.number - b.number ||
    a.generation - b.generation ||
    compare(a.name, b.name)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
