import {projectFilter} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import type {ShownSegment} from '../../domain/toc/shown-node.js';
import type {Store} from '../../store/port/store.js';
import {readProjects} from '../access/read-projects.js';
import type {ActivityFilter} from './read-activity.js';

/** As it is typed. */
export interface ReportFilter {
  /** Keys of projects, or their last parts; none stands for all. */
  readonly projects: readonly string[];
  readonly agent?: string | undefined;
}

/** @throws MemError USAGE for a project whose name is not clear, or that does not exist */
export async function readFilter(store: Store, {projects, agent}: ReportFilter, names: ProjectNames): Promise<ActivityFilter> {
  return {
    project: projects.length === 0 ? undefined : projectFilter(projects, await readProjects(store), names),
    agent: agent?.toLowerCase(),
    names,
  };
}

export function isFiltering({projects, agent}: ReportFilter): boolean {
  return projects.length > 0 || agent !== undefined;
}

export function fitsSegment({segment}: ShownSegment, {project, agent}: ActivityFilter): boolean {
  const projects = segment.projects.length === 0 ? [''] : segment.projects;
  return (agent === undefined || segment.agents.includes(agent)) && (project === undefined || projects.some(project));
}
