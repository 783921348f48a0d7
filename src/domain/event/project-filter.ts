import {MemError} from '../../errors.js';
import {lastPart} from './project.js';
import {OWN_NAMES, type ProjectNames} from './project-names.js';

/** Whether an event of a project is wanted. @param project as the event has it */
export type ProjectFilter = (project: string) => boolean;

/**
 * A filter for projects as a person names them: by the whole key, or by its last part where that is clear.
 * @param wanted none of them: all projects @param known all projects that there are, as events have them
 * @throws MemError USAGE for a name that several projects share, or that none has
 */
export function projectFilter(wanted: readonly string[], known: Iterable<string>, names: ProjectNames = OWN_NAMES): ProjectFilter {
  if (wanted.length === 0) return () => true;
  const all = [...known];
  const chosen = new Set(wanted.map((name) => projectKey(name, all, names)));
  return (project) => chosen.has(names(project));
}

/** The key of one project, as it is read, by its name. @param known, names as of `projectFilter` @throws MemError USAGE as it */
export function projectKey(name: string, known: Iterable<string>, names: ProjectNames = OWN_NAMES): string {
  const keys = [...new Set([...known].map(names))].filter((key) => key !== '').sort();
  const wanted = name.toLowerCase();
  const exact = keys.find((key) => key.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const found = keys.filter((key) => lastPart(key).toLowerCase() === wanted);
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  if (other !== undefined)
    throw new MemError('USAGE', `several projects are called ${JSON.stringify(name)}: ${found.join(', ')}`, {
      hint: `name one of them whole: --project ${only}`,
    });
  const some = keys.slice(0, 10).join(', ');
  throw new MemError('USAGE', `no project is called ${JSON.stringify(name)}`, {
    hint: keys.length === 0 ? 'no event belongs to a project yet' : `there are: ${some}${keys.length > 10 ? ', …' : ''}`,
  });
}
