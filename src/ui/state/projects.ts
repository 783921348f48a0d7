import type {ProjectCount} from '../../domain/toc/screen-want.js';
import {TOP} from '../docs/scroll.js';
import {chosenPlace} from './selection.js';
import {type BrowserState, NO_SEARCH, READER_TOP} from './state.js';

/** A line of the list: a project, or all of them. */
export interface ProjectChoice {
  /** Undefined for all. */
  readonly project: string | undefined;
  readonly events: number;
}

/** The list of projects in the place of both panes, with what narrows it below. */
export function openProjects(state: BrowserState): BrowserState {
  const opened: BrowserState = {...state, prompt: {kind: 'project', text: ''}, projects: {...state.projects, cursor: 0, top: TOP}};
  const at = projectChoices(opened).findIndex(({project}) => project === state.project);
  return {...opened, projects: {...opened.projects, cursor: Math.max(0, at)}};
}

/** What is listed: all together first, then those whose names hold what was typed. Empty until they are read. */
export function projectChoices({projects: {known}, prompt}: BrowserState): readonly ProjectChoice[] {
  if (known === undefined) return [];
  const typed = prompt?.kind === 'project' ? prompt.text.trim().toLowerCase() : '';
  const fitting = known.value.projects.filter(({project}) => project.toLowerCase().includes(typed));
  return [{project: undefined, events: known.value.events}, ...fitting];
}

/** What is typed narrows the list: the first that fits is chosen. */
export function narrowProjects(state: BrowserState, text: string): BrowserState {
  const narrowed: BrowserState = {...state, prompt: {kind: 'project', text}};
  const cursor = text.trim() === '' || projectChoices(narrowed).length < 2 ? 0 : 1;
  return {...narrowed, projects: {...state.projects, cursor, top: TOP}};
}

export function moveProject(state: BrowserState, by: number): BrowserState {
  const {projects} = state;
  return {...state, projects: {...projects, cursor: Math.max(0, Math.min(projects.cursor + by, projectChoices(state).length - 1))}};
}

export function takeProjects(
  state: BrowserState,
  value: {readonly projects: readonly ProjectCount[]; readonly events: number},
  generation: number,
): BrowserState {
  const isFirst = state.projects.known === undefined;
  const taken: BrowserState = {...state, projects: {...state.projects, known: {value, generation}}};
  const typed = state.prompt?.kind === 'project' ? state.prompt.text : '';
  if (!isFirst) return moveProject(taken, 0);
  if (typed.trim() !== '') return narrowProjects(taken, typed);
  const at = projectChoices(taken).findIndex(({project}) => project === state.project);
  return {...taken, projects: {...taken.projects, cursor: Math.max(0, at)}};
}

/** From now on one project is shown alone, or all are. What was read of the others is forgotten; the cursor stays as near as it can. */
export function enterProject(state: BrowserState): BrowserState {
  const choice = projectChoices(state)[state.projects.cursor];
  if (choice === undefined) return state;
  const left: BrowserState = {...state, prompt: undefined};
  return choice.project === state.project ? left : showProject(left, choice.project);
}

function showProject(state: BrowserState, project: string | undefined): BrowserState {
  return {
    ...state,
    project,
    generation: state.generation + 1,
    goal: chosenPlace(state) ?? 'today',
    hit: undefined,
    source: undefined,
    tree: {children: new Map(), open: state.tree.open, rows: [], cursor: 0, top: 0},
    sizes: new Map(),
    nodes: new Map(),
    versions: undefined,
    events: undefined,
    focus: 'list',
    reader: READER_TOP,
    search: {...NO_SEARCH, serial: state.search.serial + 1},
    neighbour: undefined,
  };
}
