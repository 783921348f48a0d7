import {hitBlock, hitsDoc} from '../docs/hits-doc.js';
import {projectsDoc} from '../docs/projects-doc.js';
import {readerDoc} from '../docs/reader-doc.js';
import {choiceFrom, clampPosition, linesFrom, showBlock} from '../docs/scroll.js';
import {MARGIN, panesOf, readerWidth} from './panes.js';
import {chosenOf, eventCount} from './selection.js';
import {type BrowserState, READER_TOP, type TreeState} from './state.js';
import {topFor, treeRows} from './tree.js';

/**
 * What must hold after every step, whatever it was: the list's cursor is on a row, the row on the screen; the reader is at the beginning
 * of what was newly chosen, and its cursor on a choice that can be seen.
 */
export function tidy(state: BrowserState, before: BrowserState): BrowserState {
  const {height} = panesOf(state);
  const tree = tidyTree(state.tree, before.tree, height);
  const events = state.events && tidyList(state.events, eventCount(state.events), height);
  const tidied = {...state, tree, events};
  const isNew = chosenKey(tidied) !== chosenKey(before) && before.reader === state.reader;
  return tidyPage(tidyReader(isNew ? {...tidied, reader: READER_TOP} : tidied, height), height);
}

function chosenKey(state: BrowserState): string {
  const chosen = chosenOf(state);
  if (chosen === undefined) return '';
  return chosen.kind === 'event' ? chosen.id : `${chosen.place.parent ?? ''} ${chosen.place.id}`;
}

function tidyTree(tree: TreeState, before: TreeState, height: number): TreeState {
  if (tree.children === before.children && tree.open === before.open) return tidyList(tree, tree.rows.length, height);
  const rows = treeRows(tree.children, tree.open);
  return tidyList({...tree, rows, cursor: cursorIn(rows, tree)}, rows.length, height);
}

/** Where the chosen row is now; where it is gone, the nearest above it that is left. */
export function cursorIn(rows: TreeState['rows'], {rows: old, cursor}: Pick<TreeState, 'rows' | 'cursor'>): number {
  if (rows[cursor]?.key === old[cursor]?.key) return cursor;
  const places = new Map(rows.map(({key}, at) => [key, at]));
  for (let at = cursor; at >= 0; at--) {
    const found = places.get(old[at]?.key ?? '');
    if (found !== undefined) return found;
  }
  return 0;
}

function tidyList<T extends {readonly cursor: number; readonly top: number}>(list: T, count: number, height: number): T {
  const cursor = Math.max(0, Math.min(list.cursor, count - 1));
  const top = topFor(cursor, list.top, height, count);
  return cursor === list.cursor && top === list.top ? list : {...list, cursor, top};
}

/** The chosen line of a list in the place of both panes is on the screen. */
function tidyPage(state: BrowserState, height: number): BrowserState {
  const {prompt, search, projects, size} = state;
  if (prompt?.kind === 'search')
    return {
      ...state,
      search: {...search, top: showBlock(hitsDoc(state, size.columns - MARGIN), search.top, hitBlock(search.cursor), height)},
    };
  if (prompt?.kind === 'project')
    return {...state, projects: {...projects, top: showBlock(projectsDoc(state), projects.top, projects.cursor, height)}};
  return state;
}

function tidyReader(state: BrowserState, height: number): BrowserState {
  const {reader, focus} = state;
  if (focus !== 'reader') return state;
  const doc = readerDoc(state, readerWidth(state));
  const top = clampPosition(doc, reader.top, height);
  const seen = [...new Set(linesFrom(doc, top, height).map(({block}) => block))];
  const isSeen = seen.includes(reader.cursor) && doc.isChoice(reader.cursor);
  const cursor = isSeen ? reader.cursor : (seen.find((block) => doc.isChoice(block)) ?? choiceFrom(doc, 0, 1) ?? 0);
  return cursor === reader.cursor && top === reader.top ? state : {...state, reader: {...reader, cursor, top}};
}
