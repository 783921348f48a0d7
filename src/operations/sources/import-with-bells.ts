import type {EpochMs} from '../../domain/event/event.js';
import type {Source, SourceFile} from '../../sources/source.js';
import {readBells, settleBells, stopsOf} from './handle-bells.js';
import type {BellDeps, SourceJob} from './import-deps.js';
import {type ImportOptions, type ImportResult, importFiles} from './import-files.js';

/** As many of the newest files are looked at to see whether an agent wrote since: every reading command pays for them. */
const WATCHED = 16;
/** A session's folder, a project's or a day's, and what holds these. */
const FOLDERS_ABOVE = 3;

/**
 * `importFiles` that also hears the bells of some agents: what they say is finished, and what they said that their files do not show.
 * @throws MemError as `importFiles`
 */
export async function importWithBells(
  jobs: readonly SourceJob[],
  agents: readonly string[],
  deps: BellDeps,
  options: ImportOptions = {},
): Promise<ImportResult> {
  if (options.isDryRun === true) return importFiles(jobs, deps, options);
  const readAt = deps.clock();
  const rung = readBells(deps, agents);
  const result = await importFiles(jobs, deps, {...options, stoppedAt: stopsOf(rung)});
  // An import that was stopped has not seen all that the files show.
  if (result.isStopped) return result;
  await settleBells(rung, deps);
  if (options.since === undefined && result.problems.length === 0) {
    for (const {source, files} of jobs) if (agents.includes(source.agent)) noteRead(source, files, readAt, deps);
  }
  return result;
}

/** Remembers that all of a source was read. @param files all that it has, as they were before they were read */
export function noteRead(source: Source, files: readonly SourceFile[], readAt: EpochMs, {noteReading, places}: BellDeps): void {
  const newest = [...files].sort((a, b) => b.stamp.mtimeMs - a.stamp.mtimeMs).slice(0, WATCHED);
  const paths = newest.flatMap(({path}) => [path, ...logsOf(path), ...foldersAbove(path, places.accountHome)]);
  const stamps = Object.fromEntries(newest.map(({path, stamp}) => [path, stamp]));
  noteReading(source.agent, {readAt, paths: [...new Set(paths)], stamps, keepsDays: source.keepsDays?.(places)});
}

/** What SQLite writes first, before the database itself. */
function logsOf(path: string): readonly string[] {
  return path.endsWith('db') ? [`${path}-wal`] : [];
}

/** Not the account's home, in which something changes all the time. */
function foldersAbove(path: string, accountHome: string): readonly string[] {
  const folders: string[] = [];
  for (
    let folder = folderOf(path);
    folders.length < FOLDERS_ABOVE && !`${accountHome}/`.startsWith(`${folder}/`);
    folder = folderOf(folder)
  )
    folders.push(folder);
  return folders;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
