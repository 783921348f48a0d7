import {createHash, randomBytes} from 'node:crypto';
import {existsSync, readdirSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError, MemError} from '../../errors.js';
import {readFileIfThere, replaceFile} from '../../system/files/replace-file.js';
import {findManifest} from './manifest.js';
import type {SchedulePlaces} from './schedule-places.js';

/*
 * `<home>/schedule-id` holds the id that names a home's entries, and the home's path. A moved home keeps its id, so that its entries are
 * changed in place. A copied home gets a new id; otherwise it would take over the entries of the first.
 */

export interface ScheduleId {
  readonly id: string;
  /** Where the home was when its entries were written; a real path. */
  readonly home: string;
}

const NAME = 'schedule-id';
const LINE = /^([0-9a-f]{8}) ([^\n]+)\n$/;

/** The id in a home's file; undefined when the file does not exist or is invalid. */
export function readScheduleId(home: string): ScheduleId | undefined {
  const [, id, path] = LINE.exec(readFileIfThere(join(home, NAME)) ?? '') ?? [];
  return id === undefined || path === undefined ? undefined : {id, home: path};
}

/** Whether the home is a copy of another home that still has the same id. */
export function isCopied(home: string): boolean {
  const written = readScheduleId(home);
  const real = realpathSync(home);
  if (written === undefined || written.home === real) return false;
  return readScheduleId(written.home)?.id === written.id && realpathSync(written.home) !== real;
}

/**
 * The id that the home has or will have. The first id follows from its path, so a dry run shows what will be written.
 * @param isTaken whether another home's entries use an id
 */
export function chooseScheduleId(home: string, isTaken: (id: string) => boolean): string {
  const written = readScheduleId(home);
  if (written !== undefined && !isCopied(home)) return written.id;
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
 * The id of a home's entries, even if the home or its file is gone.
 * @returns undefined when that id belongs to another home
 */
export function findScheduleOf(home: string, places: SchedulePlaces, isTaken: (id: string) => boolean): string | undefined {
  const isThere = existsSync(home);
  const ownId = isThere && !isCopied(home) ? readScheduleId(home)?.id : undefined;
  const known = isThere ? [] : [places.schedules, places.formerSchedules].flatMap(idsIn);
  const manifestId = known.find((id) => findManifest(places, id)?.manifest.home === home);
  const id = ownId ?? manifestId ?? idOfPath(isThere ? realpathSync(home) : home);
  return isTaken(id) ? undefined : id;
}

function idOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 8);
}

function idsIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{8}$/.test(name)) : [];
}

/** The real path of a home. @throws MemError NO_STORE when it does not exist */
export function realHome(home: string): string {
  try {
    return realpathSync(home);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      throw new MemError('NO_STORE', `the home ${home} does not exist`, {hint: 'make one with: mem init', cause: error});
    throw ioError(error, home, 'read');
  }
}
