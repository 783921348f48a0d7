import {MemError} from '../../errors.js';
import {lastPart} from './project.js';

/** Whether an event's project is among the wanted ones. */
export type FitsProject = (project: string) => boolean;

/**
 * Each wanted name is a project's key, or its last part where that is clear: `api` for `acme/api`.
 * @param known the projects that there are; one that is not among them may be named, too
 * @throws MemError USAGE where a name is the last part of several projects
 */
export function projectFilter(wanted: readonly string[], known: readonly string[]): FitsProject {
  const tests = wanted.map((name) => oneProject(name.toLowerCase(), known));
  return (project) => tests.some((fits) => fits(project.toLowerCase()));
}

function oneProject(wanted: string, known: readonly string[]): FitsProject {
  const names = [...new Set(known.map((name) => name.toLowerCase()))];
  const isWhole = wanted === '' || names.includes(wanted);
  if (isWhole) return (project) => project === wanted;
  const ending = names.filter((name) => lastPart(name) === wanted);
  if (ending.length > 1)
    throw new MemError('USAGE', `"${wanted}" is the last part of several projects`, {hint: `name one of: ${ending.sort().join(', ')}`});
  return (project) => project === wanted || lastPart(project) === wanted;
}
