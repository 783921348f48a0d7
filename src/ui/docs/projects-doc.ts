import {type Line, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {projectChoices} from '../state/projects.js';
import type {BrowserState} from '../state/state.js';
import type {Doc} from './scroll.js';

/** The projects to choose from, a line each; the one that is shown now is marked. */
export function projectsDoc(state: BrowserState): Doc {
  const choices = projectChoices(state);
  const isRead = state.projects.known !== undefined;
  const line = (block: number): Line => {
    const choice = choices[block];
    if (choice === undefined) return [styled('dim', 'reading …')];
    const {project, events} = choice;
    const mark = project === state.project ? '• ' : '  ';
    return [
      mark,
      project === undefined ? styled('bold', 'all projects') : styled('cyan', project),
      styled('dim', `  ${count(events, 'event')}`),
    ];
  };
  return {blocks: isRead ? choices.length : 1, isChoice: () => isRead, lines: (block) => [line(block)]};
}
