import {MemError} from '../../errors.js';
import {type Findable, findNode, findScript} from './node-path.js';
import type {Surroundings} from './schedule-places.js';

/** The variables that tell mem where its files are. Nothing else of a shell's environment lasts. */
const LASTING_VARIABLES = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'];

export function lastingVariables(env: Surroundings['env']): Readonly<Record<string, string>> {
  return Object.fromEntries(LASTING_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** How the mem that runs is started by another program. */
export interface StartedProgram {
  readonly node: Findable;
  readonly script: Findable;
  readonly variables: Readonly<Record<string, string>>;
  /** Why it will not stay where it is; undefined where it will. */
  readonly isLeaving: string | undefined;
}

export function ownProgram(here: Surroundings): StartedProgram {
  const known = {node: findNode(here), variables: lastingVariables(here.env)};
  try {
    return {...known, script: findScript(here, false), isLeaving: undefined};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    const isLeaving = `${error.message}; install mem permanently (npm install -g), then connect by that mem`;
    return {...known, script: findScript(here, true), isLeaving};
  }
}
