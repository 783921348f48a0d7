import {type TocLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Direction} from '../../domain/toc/screen-want.js';
import {moveList, moveListTo} from './move.js';
import {chosenPlace} from './selection.js';
import type {BrowserState} from './state.js';

/** The neighbour of the same length: below the same parent it is a row of the tree, else it is looked for. */
export function neighbour(state: BrowserState, direction: Direction): BrowserState {
  const by = direction === 'forward' ? 1 : -1;
  if (state.events !== undefined) return moveList(state, by);
  const {rows, cursor} = state.tree;
  const chosen = rows[cursor];
  if (chosen === undefined) return state;
  if (chosen.kind === 'event') return moveList(state, by);
  for (let at = cursor + by; rows[at] !== undefined && (rows[at]?.depth ?? 0) >= chosen.depth; at += by)
    if (rows[at]?.depth === chosen.depth) return moveListTo(state, at);
  return lookFor(state, tocLevelOf(chosen.place.id), direction);
}

function lookFor(state: BrowserState, tocLevel: TocLevel, direction: Direction): BrowserState {
  const serial = (state.neighbour?.serial ?? 0) + 1;
  return {...state, neighbour: {tocLevel, direction, from: chosenPlace(state), serial, isRunning: true, month: undefined}};
}
