import {MemError} from '../../errors.js';
import {closestWord} from '../../language/closest-word.js';
import type {ImportDeps, RecognizedFiles, SourceJob} from './import-deps.js';

/**
 * What is to be read: of agents by name, of files and folders by path, of all connected agents where nothing is named.
 * @throws MemError USAGE where nothing is named and no agent is connected; NO_INPUT for a path that does not exist; INPUT_BAD for one that
 * holds no transcript
 */
export async function findJobs(named: readonly string[], connected: readonly string[], deps: ImportDeps): Promise<readonly SourceJob[]> {
  const {sources, places} = deps;
  const agents = sources.map(({agent}) => agent);
  if (named.length === 0 && connected.length === 0) {
    throw new MemError('USAGE', 'no agent is connected, and nothing is named', {
      hint: `name an agent or a transcript: mem import ${agents[0]}`,
    });
  }
  const wanted = named.length === 0 ? connected : named;
  const jobs: SourceJob[] = [];
  for (const source of sources) if (wanted.includes(source.agent)) jobs.push({source, files: await source.find(places)});
  const paths = named.filter((name) => !agents.includes(name));
  if (paths.length === 0) return jobs;
  const {jobs: found, unknown} = await recognize(paths, agents, deps);
  const [first] = unknown;
  if (first !== undefined) {
    throw new MemError('INPUT_BAD', `${first} holds no transcript that mem knows; nothing was read`, {
      hint: `mem knows those of ${agents.join(', ')}; a file of events goes to: mem ingest FILE`,
    });
  }
  return [...jobs, ...found];
}

async function recognize(paths: readonly string[], agents: readonly string[], deps: ImportDeps): Promise<RecognizedFiles> {
  try {
    return await deps.recognizeFiles(paths, deps.sources);
  } catch (error) {
    const meant = paths.map((path) => closestWord(path, agents)).find((name) => name !== undefined);
    if (!(error instanceof MemError) || error.code !== 'NO_INPUT' || meant === undefined) throw error;
    throw new MemError('NO_INPUT', error.message, {hint: `did you mean "mem import ${meant}"?`, cause: error});
  }
}
