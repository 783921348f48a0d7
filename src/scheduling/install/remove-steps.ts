import {existsSync, readdirSync, rmdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf, ioError, MemError} from '../../errors.js';
import {type Step, verify} from './install-steps.js';
import {readScheduleId, scheduleIdPath} from './schedule-id.js';
import {formerFolder, type SchedulePlaces} from './schedule-places.js';

/** The folders of one schedule: runner and manifest, the log, and where an older mem kept them. */
export function foldersOf(places: SchedulePlaces, id: string): readonly string[] {
  return [...new Set([join(places.schedules, id), join(places.logs, id), formerFolder(places, id)])];
}

/** Every file that an uninstallation takes beside the entries. */
export function filesToRemove(places: SchedulePlaces, id: string, home: string): readonly string[] {
  const files = foldersOf(places, id).flatMap(filesIn);
  // A copied home names the schedule of the first one.
  return existsSync(home) && readScheduleId(home)?.id === id ? [...files, scheduleIdPath(home)] : files;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Entries go first: while they exist, the runner must exist.
 * @throws MemError that says what was removed before; a second call removes the rest
 */
export async function removeInstallation({
  id,
  steps,
  files,
  folders,
}: {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly files: readonly string[];
  readonly folders: readonly string[];
}): Promise<void> {
  const removed: string[] = [];
  try {
    for (const {backend, changes} of steps) {
      await backend.apply(id, changes);
      removed.push(...changes.map(({name, after}) => (after === undefined ? name : `mem's lines in ${name}`)));
      await verify(backend, id, []);
    }
    for (const path of files) {
      remove(path);
      removed.push(path);
    }
    for (const folder of folders) {
      remove(folder);
      removeIfEmpty(dirname(folder));
    }
  } catch (error) {
    if (!(error instanceof MemError) || removed.length === 0) throw error;
    const hint = 'fix the cause, then run it again: it removes the rest';
    throw new MemError(error.code, `${error.message}; removed before that: ${removed.join(', ')}`, {hint, cause: error});
  }
}

/** Once an installation has its own folder, the one in the default home is needed no more. */
export function removeFormerFolder(places: SchedulePlaces, id: string): void {
  const folder = formerFolder(places, id);
  if (!existsSync(folder)) return;
  try {
    remove(folder);
    removeIfEmpty(dirname(folder));
  } catch (error) {
    // Nothing looks into it any more.
    if (!(error instanceof MemError)) throw error;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, {recursive: true, force: true});
  } catch (error) {
    throw ioError(error, path);
  }
}

/** Other schedules keep the folder. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) throw ioError(error, folder);
  }
}
