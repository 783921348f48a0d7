import {tocLevelOf} from '../../domain/toc/node-id.js';
import type {Direction, Sought} from '../../domain/toc/screen-want.js';
import {moveList, moveListTo} from './move.js';
import {chosenPlace} from './selection.js';
import type {BrowserState} from './state.js';

/** The next place with the text that was looked for last. */
export function findAgain(state: BrowserState, direction: Direction): BrowserState {
  const {search} = state;
  if (search?.text === undefined) return {...state, notice: 'nothing was looked for yet: press /'};
  return startSearch(state, {kind: 'text', text: search.text}, direction);
}

export function startSearch(state: BrowserState, sought: Sought, direction: Direction): BrowserState {
  const {search} = state;
  // A sibling is looked for without forgetting the text for n.
  const text = sought.kind === 'text' ? sought.text : search?.text;
  return {
    ...state,
    search: {sought, direction, from: chosenPlace(state), serial: (search?.serial ?? 0) + 1, isRunning: true, month: undefined, text},
  };
}

/** The neighbour of the same length: below the same parent it is a row of the tree, else it is looked for. */
export function sibling(state: BrowserState, direction: Direction): BrowserState {
  const by = direction === 'forward' ? 1 : -1;
  if (state.events !== undefined) return moveList(state, by);
  const {rows, cursor} = state.tree;
  const chosen = rows[cursor];
  if (chosen === undefined) return state;
  if (chosen.kind === 'event') return moveList(state, by);
  for (let at = cursor + by; rows[at] !== undefined && (rows[at]?.depth ?? 0) >= chosen.depth; at += by)
    if (rows[at]?.depth === chosen.depth) return moveListTo(state, at);
  return startSearch(state, {kind: 'sibling', tocLevel: tocLevelOf(chosen.place.id)}, direction);
}
