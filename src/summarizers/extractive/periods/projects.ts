import {branchWords} from '../branch-name.js';
import type {Group} from './group.js';
import {WEIGHTS} from './weights.js';

/** Between a project and the name of one of its workstreams. */
export const PROJECT_MARK = ' · ';

/** A name, not a number or a letter. */
const NAME = /\p{L}\p{L}/u;
/** What a folder without an origin is called: a longer name is that of a piece of work, as work trees have it. */
const FOLDER = /^[^-_\s]+(?:[-_\s][^-_\s]+)?$/u;

/**
 * What to say of a group's project: nothing where the period has only one. Folders in which the same branches were worked on are work trees of
 * one project, which has the name of the heaviest of them; a folder that is called as its branch is no project of its own.
 */
export function projectNames(groups: readonly Group[]): (group: Group) => string {
  const parent = new Map<string, string>();
  const rootOf = (project: string): string => {
    let root = project;
    for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
    return root;
  };
  const events = new Map<string, number>();
  let all = 0;
  for (const {workstreams} of groups) {
    const [first] = workstreams;
    for (const workstream of workstreams) {
      const {project} = workstream;
      if (!parent.has(project)) parent.set(project, project);
      if (first !== undefined) parent.set(rootOf(project), rootOf(first.project));
      all += workstream.events;
      if (isName(workstream.project, workstream.branch)) events.set(project, (events.get(project) ?? 0) + workstream.events);
    }
  }
  const families = new Map<string, {name: string; most: number; events: number}>();
  for (const [project, count] of events) {
    const family = families.get(rootOf(project)) ?? {name: '', most: 0, events: 0};
    family.events += count;
    if (count > family.most) Object.assign(family, {name: project, most: count});
    families.set(rootOf(project), family);
  }
  const heavy = [...families.values()].filter((family) => family.events >= all * WEIGHTS.projectShare);
  if (heavy.length < 2) return () => '';
  return ({workstreams: [first]}) => (first === undefined ? '' : lastPart(families.get(rootOf(first.project))?.name ?? ''));
}

function isName(project: string, branch: string): boolean {
  return (
    NAME.test(project) &&
    (project.includes('/') || FOLDER.test(project)) &&
    slug(project) !== slug(branch) &&
    slug(project) !== branchWords(branch).join('')
  );
}

function slug(text: string): string {
  return (text.split('/').at(-1) ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** `owner/name` is called by its name. */
function lastPart(project: string): string {
  return project.split('/').at(-1) ?? project;
}

/** A line without its project. */
export function withoutProject(line: string): string {
  const at = line.indexOf(PROJECT_MARK);
  return at < 0 || line.slice(0, at).includes(' ') ? line : line.slice(at + PROJECT_MARK.length);
}
