import {renderToString} from 'ink';
import {createElement} from 'react';
import {Screen} from '../../src/ui/draw/screen.js';
import type {NamedKey} from '../../src/ui/input/key.js';
import {type Action, reduce} from '../../src/ui/state/reducer.js';
import {type BrowserState, initialState} from '../../src/ui/state/state.js';
import {wantsOf} from '../../src/ui/state/wanted.js';
import {TocModel} from './toc-model.js';

export const SIZE = {columns: 120, rows: 40};

/** Reads until the screen has what it wants. */
export function settled(state: BrowserState, model: TocModel): BrowserState {
  let next = state;
  for (let round = 0; round < 12; round++) {
    const {search, generation, project} = next;
    if (search.isRunning) next = reduce(next, {kind: 'searched', serial: search.serial, answer: model.hits(search.query)});
    const wants = wantsOf(next);
    if (wants.length === 0) return next;
    next = reduce(next, {kind: 'read', wants, reading: model.read(wants), generation, project});
  }
  throw new Error(`still wanted: ${JSON.stringify(wantsOf(next)).slice(0, 500)}`);
}

export function started(model = new TocModel(), size = SIZE): BrowserState {
  return settled(initialState(size), model);
}

export function named(name: NamedKey): Action {
  return {kind: 'key', key: {kind: 'named', name}};
}

export function typed(state: BrowserState, keys: string, model = new TocModel()): BrowserState {
  let next = state;
  for (const char of keys) next = settled(reduce(next, char === '\r' ? named('enter') : {kind: 'key', key: {kind: 'char', char}}), model);
  return next;
}

export function chosenRow({tree}: BrowserState): string {
  const row = tree.rows[tree.cursor];
  return row?.kind === 'event' ? row.id : `${row?.place.parent ?? ''} ${row?.place.id}`;
}

/** What stands on the screen, row by row, without its styles. */
export function textOfFrame(state: BrowserState): string {
  const drawn = renderToString(createElement(Screen, {state, color: false}), {columns: state.size.columns});
  return drawn.replace(/\x1b\[\d*[mGK]/g, '');
}
