import type {Place, Rows} from '../../domain/toc/screen-want.js';
import {panesOf} from './panes.js';
import {type BrowserState, READER_TOP} from './state.js';
import {keyOf, mergeRows, treeRows} from './tree.js';

/**
 * Opens the tree down to a place and puts the cursor on it.
 * @param read the rows on the way to it
 * @param isNearest it stands for something below it that is not there: it is opened, too
 */
export function goTo(state: BrowserState, read: readonly Rows[], place: Place, isNearest = false): BrowserState {
  const children = mergeRows(state.tree.children, read, state.generation);
  const open = new Set(state.tree.open);
  // The rows that were read are those of the places on the way, in order; its own stay as they are.
  for (const {below} of read) if (below !== undefined && (isNearest || keyOf(below) !== keyOf(place))) open.add(keyOf(below));
  const rows = treeRows(children, open);
  const cursor = Math.max(
    0,
    rows.findIndex(({key}) => key === keyOf(place)),
  );
  const {height} = panesOf(state);
  const isSeen = cursor >= state.tree.top && cursor < state.tree.top + height;
  const top = isSeen ? state.tree.top : Math.max(0, cursor - Math.floor(height / 2));
  const isMoved = keyOf(place) !== state.tree.rows[state.tree.cursor]?.key || state.events !== undefined;
  return {
    ...state,
    tree: {children, open, rows, cursor, top},
    events: undefined,
    focus: isMoved && state.reader.mode !== 'versions' ? state.focus : 'list',
    reader: isMoved ? READER_TOP : state.reader,
  };
}
