import type {EpochMs} from '../../domain/event/event.js';
import type {Source, SourceFile} from '../../sources/source.js';
import {readBells, settleBells, stopsOf} from './handle-bells.js';
import type {BellDeps, SourceJob} from './import-deps.js';
import {type ImportOptions, type ImportResult, importFiles} from './import-files.js';

/** As many of the newest files are looked at to see whether an agent wrote since. */
const WATCHED = 4;

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

function noteRead(source: Source, files: readonly SourceFile[], readAt: EpochMs, {noteReading, places}: BellDeps): void {
  const newest = [...files].sort((a, b) => b.stamp.mtimeMs - a.stamp.mtimeMs).slice(0, WATCHED);
  const paths = newest.flatMap(({path}) => [path, folderOf(path), folderOf(folderOf(path))]);
  noteReading(source.agent, {readAt, paths: [...new Set(paths)], keepsDays: source.keepsDays?.(places)});
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
