import {createHash, randomBytes} from 'node:crypto';
import {existsSync, readdirSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError, MemError} from '../../errors.js';
import {readFileIfThere, replaceFile} from '../../system/replace-file.js';
import {readManifest} from './manifest.js';

/*
 * `<home>/schedule-id` holds the id that names a home's entries, and the home's path. A home that was moved takes its id along, so that
 * its entries are changed in their place; a copied one gets an id of its own, or it would steal the entries of the first.
 */

export interface ScheduleId {
  readonly id: string;
  /** Where the home was when its entries were written; a real path. */
  readonly home: string;
}

const NAME = 'schedule-id';
const LINE = /^([0-9a-f]{8}) ([^\n]+)\n$/;

/** The id of a home, as it is written there; undefined when there is none yet, or none that makes sense. */
export function readScheduleId(home: string): ScheduleId | undefined {
  const [, id, path] = LINE.exec(readFileIfThere(join(home, NAME)) ?? '') ?? [];
  return id === undefined || path === undefined ? undefined : {id, home: path};
}

/** Whether the home is a copy of another one, whose id it took along and which still has it. */
export function isCopied(home: string): boolean {
  const own = readScheduleId(home);
  const real = realpathSync(home);
  if (own === undefined || own.home === real) return false;
  return readScheduleId(own.home)?.id === own.id && realpathSync(own.home) !== real;
}

/**
 * The id that the home has or will have. The first one follows from its path, so that what a dry run shows is what will be written.
 * @param isTaken whether another home's entries bear an id
 */
export function chooseScheduleId(home: string, isTaken: (id: string) => boolean): string {
  const own = readScheduleId(home);
  if (own !== undefined && !isCopied(home)) return own.id;
  const fromPath = idOfPath(realpathSync(home));
  if (!isTaken(fromPath)) return fromPath;
  for (;;) {
    const random = randomBytes(4).toString('hex');
    if (!isTaken(random)) return random;
  }
}

/** @throws MemError NOT_WRITTEN, IO_ERROR */
export function writeScheduleId(home: string, id: string): void {
  const path = join(home, NAME);
  try {
    const text = `${id} ${realpathSync(home)}\n`;
    if (readFileIfThere(path) !== text) replaceFile(path, text);
  } catch (error) {
    throw ioError(error, path);
  }
}

export const scheduleIdPath = (home: string): string => join(home, NAME);

/**
 * The id under which a home's entries would stand, although it, or what it knew of them, may be gone.
 * @param schedules the folder in which each schedule has its own
 * @returns undefined when that id is another home's
 */
export function findScheduleOf(home: string, schedules: string, isTaken: (id: string) => boolean): string | undefined {
  const isThere = existsSync(home);
  const own = isThere && !isCopied(home) ? readScheduleId(home)?.id : undefined;
  const written = isThere ? undefined : idsIn(schedules).find((id) => readManifest(join(schedules, id, 'manifest.json'))?.home === home);
  const id = own ?? written ?? idOfPath(isThere ? realpathSync(home) : home);
  return isTaken(id) ? undefined : id;
}

function idOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 8);
}

function idsIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{8}$/.test(name)) : [];
}

/** The real path of a home. @throws MemError NO_STORE when it is not there */
export function realHome(home: string): string {
  try {
    return realpathSync(home);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      throw new MemError('NO_STORE', `there is no home at ${home}`, {hint: 'make one with: mem init', cause: error});
    throw ioError(error, home, 'read');
  }
}
