import {createHash} from 'node:crypto';
import {closeSync, fdatasyncSync, readFileSync, renameSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {isRecord} from '../domain/stored/fields.js';
import {readOwnFile} from '../system/files/own-file.js';
import {syncFolder} from '../system/files/sync-folder.js';
import {randomBits} from '../system/random-bits.js';
import {isWriterName} from './file-name.js';
import {createFile, writeAll} from './write-file.js';

/** In the journal's folder: who appends there, from where. */
export const WRITER_FILE = 'writer';

/** A writer, and where it writes: a folder on a machine. Of a home that was copied, the copy is another place, and gets a writer of its own. */
interface WriterPlace {
  readonly writer: string;
  /** The folder's number on its file system: a copy has another. */
  readonly folder: string;
  /** A hash of the machine's id; empty where the system has no file that tells it. */
  readonly machine: string;
}

/** Who appends to the journal in `folder` from here; undefined when nobody did yet. @throws what node:fs throws */
export function readWriter(folder: string): string | undefined {
  const here = placeOf(folder);
  return here && readPlaces(folder).find((place) => isHere(place, here))?.writer;
}

/** Gives the one who appends from here a name of its own. The folder exists. @throws what node:fs throws */
export function nameWriter(folder: string): string {
  const here = placeOf(folder);
  if (here === undefined) throw new Error(`${folder} does not exist`);
  const writer = randomBits().slice(0, 12).toLowerCase();
  const places = [...readPlaces(folder), {writer, ...here}];
  const temporary = join(folder, `.${WRITER_FILE}.tmp`);
  const file = createFile(temporary);
  try {
    writeAll(file, [Buffer.from(`${JSON.stringify({writers: places})}\n`)], 0);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, join(folder, WRITER_FILE));
  syncFolder(folder);
  return writer;
}

function isHere(place: WriterPlace, here: Omit<WriterPlace, 'writer'>): boolean {
  return place.folder === here.folder && place.machine === here.machine;
}

function placeOf(folder: string): Omit<WriterPlace, 'writer'> | undefined {
  const stat = statSync(folder, {bigint: true, throwIfNoEntry: false});
  return stat && {folder: String(stat.ino), machine: machine()};
}

let machineHash: string | undefined;

/** The id itself is not for others' eyes, and a journal travels. */
function machine(): string {
  machineHash ??= hashOfId(machineId());
  return machineHash;
}

const hashOfId = (id: string): string => (id === '' ? '' : createHash('sha256').update(`mem ${id}`).digest('hex').slice(0, 16));

function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'latin1').trim();
  } catch {
    return '';
  }
}

/** A file that says nothing is as one that does not exist: a writer with a new name costs nothing but a folder. */
function readPlaces(folder: string): readonly WriterPlace[] {
  const text = readOwnFile(join(folder, WRITER_FILE)) ?? '';
  try {
    const value: unknown = JSON.parse(text);
    const writers = isRecord(value) && Array.isArray(value['writers']) ? value['writers'] : [];
    return writers.filter(isPlace);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isPlace(value: unknown): value is WriterPlace {
  if (!isRecord(value)) return false;
  const {writer, folder, machine: where} = value;
  return typeof writer === 'string' && isWriterName(writer) && typeof folder === 'string' && typeof where === 'string';
}
