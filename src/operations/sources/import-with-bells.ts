import {readBells, settleBells, stopsOf} from './handle-bells.js';
import type {BellDeps, SourceJob} from './import-deps.js';
import {type ImportOptions, type ImportResult, importFiles} from './import-files.js';

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
  const rung = readBells(deps, agents);
  const result = await importFiles(jobs, deps, {...options, stoppedAt: stopsOf(rung)});
  // An import that was stopped has not seen all that the files show.
  if (!result.isStopped) await settleBells(rung, deps);
  return result;
}
