import {helpDoc} from '../docs/help-doc.js';
import {hitBlock, hitsDoc} from '../docs/hits-doc.js';
import {projectsDoc} from '../docs/projects-doc.js';
import {clampPosition, lastPage, linesFrom, scrollBy, TOP} from '../docs/scroll.js';
import type {Key, NamedKey} from '../input/key.js';
import {
  blockAt,
  closeEvents,
  closeRow,
  enterChoice,
  moveList,
  moveListTo,
  moveReader,
  openEvents,
  openRow,
  readerToEnd,
  rowAt,
  scrollReader,
  toggleRow,
} from './move.js';
import {neighbour} from './neighbour.js';
import {MARGIN, panesOf} from './panes.js';
import {enterProject, moveProject, openProjects} from './projects.js';
import {pressInPrompt} from './prompt.js';
import {enterHit, forgetBack, isAtHit, leaveSearch, moveHit, nextHit, openSearch, searchAgain} from './search.js';
import {type BrowserState, READER_TOP} from './state.js';

const WHEEL_ROWS = 3;

/** What letters stand for. */
const LETTERS: Readonly<Record<string, NamedKey>> = {k: 'up', j: 'down', h: 'left', l: 'right', g: 'home', G: 'end'};

/** A key's step. The notice of the step before goes with it. */
export function press(state: BrowserState, key: Key): BrowserState {
  if (key.kind === 'named' && key.name === 'ctrl-c') return {...state, effect: {kind: 'quit'}};
  if (key.kind === 'named' && key.name === 'ctrl-z') return {...state, effect: {kind: 'suspend'}};
  if (key.kind === 'named' && key.name === 'ctrl-l') return {...state, effect: {kind: 'redraw'}};
  const quiet = {...state, notice: ''};
  if (key.kind === 'wheel' || key.kind === 'click') return state.help === undefined ? mouse(quiet, key) : wheelHelp(quiet, key);
  if (state.prompt !== undefined) return pressInPrompt(quiet, state.prompt, key);
  // A pasted line holds a q sooner or later.
  if (key.kind === 'pasted') return {...quiet, notice: 'a paste goes into a prompt: press / or d first'};
  if (key.kind === 'char') {
    if (key.char === 'q') return {...quiet, effect: {kind: 'quit'}};
    if (key.char === '?') return {...quiet, help: state.help === undefined ? TOP : undefined};
    if (key.char === 'r') return reload(quiet);
  }
  if (state.help !== undefined) return pressInHelp(quiet, state.help, key);
  if (state.store.kind === 'empty') return quiet;
  if (key.kind === 'char' && LETTERS[key.char] === undefined) return pressChar(quiet, key.char);
  const name = key.kind === 'named' ? key.name : LETTERS[key.char];
  if (name === undefined) return quiet;
  if (name === 'escape') {
    const stopped = stop(quiet);
    if (stopped !== undefined) return stopped;
    if (isAtHit(quiet)) return leaveSearch(quiet);
  }
  if (name === 'tab') return {...quiet, focus: state.focus === 'list' ? 'reader' : 'list'};
  return state.focus === 'list' ? pressInList(quiet, name) : pressInReader(quiet, name);
}

/** Gives up what is on the way; undefined when nothing is. */
function stop(state: BrowserState): BrowserState | undefined {
  const {goal, source, hit, neighbour: sought, tree} = state;
  if (tree.rows.length > 0 && (goal !== undefined || source !== undefined || hit !== undefined))
    return {...state, goal: undefined, source: undefined, hit: undefined, notice: 'stopped'};
  return sought?.isRunning ? {...state, neighbour: {...sought, isRunning: false}, notice: 'stopped looking'} : undefined;
}

/** Asks for everything again; what is on the screen stays until the answer comes. */
export function reload(state: BrowserState): BrowserState {
  const store = state.store.kind === 'empty' ? ({kind: 'reading'} as const) : state.store;
  return searchAgain({...state, generation: state.generation + 1, store});
}

function pressChar(state: BrowserState, char: string): BrowserState {
  switch (char) {
    case ' ':
      if (state.focus === 'reader') return scrollReader(state, panesOf(state).height - 1);
      return state.events === undefined ? toggleRow(state) : moveList(state, panesOf(state).height - 1);
    case '[':
      return neighbour(state, 'backward');
    case ']':
      return neighbour(state, 'forward');
    case 't':
      return {...forgetBack(state), goal: 'today'};
    case '/':
      return openSearch(state);
    case 'p':
      return openProjects(state);
    case ':':
    case 'd':
      return {...state, prompt: {kind: 'date', text: ''}};
    case 'n':
      return nextHit(state, 1);
    case 'N':
      return nextHit(state, -1);
    case 'e':
      return openEvents(state);
    case 'v':
      return openVersions(state);
    case 'y':
      return {...state, prompt: {kind: 'copy'}};
    default:
      return state;
  }
}

function pressInList(state: BrowserState, name: NamedKey): BrowserState {
  const {height} = panesOf(state);
  switch (name) {
    case 'up':
      return moveList(state, -1);
    case 'down':
      return moveList(state, 1);
    case 'page-up':
      return moveList(state, 1 - height);
    case 'page-down':
      return moveList(state, height - 1);
    case 'home':
      return moveListTo(state, 0);
    case 'end':
      return moveListTo(state, Number.MAX_SAFE_INTEGER);
    case 'right':
      return state.events === undefined ? openRow(state) : {...state, focus: 'reader'};
    case 'left':
      return state.events === undefined ? closeRow(state) : closeEvents(state);
    case 'enter':
      return {...state, focus: 'reader'};
    case 'escape':
    case 'backspace':
      return closeEvents(state);
    default:
      return state;
  }
}

function pressInReader(state: BrowserState, name: NamedKey): BrowserState {
  const {height} = panesOf(state);
  switch (name) {
    case 'up':
      return moveReader(state, -1);
    case 'down':
      return moveReader(state, 1);
    case 'page-up':
      return scrollReader(state, 1 - height);
    case 'page-down':
      return scrollReader(state, height - 1);
    case 'home':
      return readerToEnd(state, 'top');
    case 'end':
      return readerToEnd(state, 'bottom');
    case 'enter':
    case 'right':
      return enterChoice(state);
    case 'left':
    case 'escape':
    case 'backspace':
      return state.reader.mode === 'versions' ? {...state, focus: 'list', reader: READER_TOP} : {...state, focus: 'list'};
    default:
      return state;
  }
}

function pressInHelp(state: BrowserState, top: NonNullable<BrowserState['help']>, key: Key): BrowserState {
  const {height} = panesOf(state);
  const doc = helpDoc(state.size.columns);
  const by: Partial<Record<NamedKey, number>> = {up: -1, down: 1, 'page-up': 1 - height, 'page-down': height - 1};
  const name = key.kind === 'named' ? key.name : key.kind === 'char' ? (key.char === ' ' ? 'page-down' : LETTERS[key.char]) : undefined;
  if (name === 'home') return {...state, help: TOP};
  if (name === 'end') return {...state, help: lastPage(doc, height)};
  const lines = name && by[name];
  return lines === undefined ? {...state, help: undefined} : {...state, help: scrollBy(doc, top, lines, height)};
}

function wheelHelp(state: BrowserState, key: Key): BrowserState {
  if (key.kind !== 'wheel' || state.help === undefined) return state;
  return {...state, help: scrollBy(helpDoc(state.size.columns), state.help, WHEEL_ROWS * key.by, panesOf(state).height)};
}

function mouse(state: BrowserState, key: Key & {readonly kind: 'wheel' | 'click'}): BrowserState {
  if (state.prompt?.kind === 'search' || state.prompt?.kind === 'project') return mouseInPage(state, state.prompt.kind, key);
  const at = rowAt(state, key.column, key.row);
  if (at === undefined) return state;
  if (key.kind === 'wheel') return at.pane === 'list' ? moveList(state, WHEEL_ROWS * key.by) : scrollReader(state, WHEEL_ROWS * key.by);
  if (at.pane === 'reader')
    return {...state, focus: 'reader', reader: {...state.reader, cursor: blockAt(state, at.row) ?? state.reader.cursor}};
  const {events, tree} = state;
  const row = (events ?? tree).top + at.row;
  if (events === undefined && row >= tree.rows.length) return state;
  const isAgain = state.focus === 'list' && row === (events ?? tree).cursor;
  const moved = moveListTo({...state, focus: 'list'}, row);
  return isAgain && events === undefined ? toggleRow(moved) : moved;
}

function mouseInPage(state: BrowserState, kind: 'search' | 'project', key: Key & {readonly kind: 'wheel' | 'click'}): BrowserState {
  const isSearch = kind === 'search';
  if (key.kind === 'wheel') return isSearch ? moveHit(state, key.by) : moveProject(state, WHEEL_ROWS * key.by);
  const {heading, height} = panesOf(state);
  const row = key.row - heading;
  if (row < 0 || row >= height) return state;
  const {cursor, top} = isSearch ? state.search : state.projects;
  const doc = isSearch ? hitsDoc(state, state.size.columns - MARGIN) : projectsDoc(state);
  const block = linesFrom(doc, clampPosition(doc, top, height), height)[row]?.block;
  if (block === undefined || !doc.isChoice(block)) return state;
  const by = block - (isSearch ? hitBlock(cursor) : cursor);
  if (by !== 0) return isSearch ? moveHit(state, by) : moveProject(state, by);
  return isSearch ? enterHit(state) : enterProject(state);
}

function openVersions(state: BrowserState): BrowserState {
  const {tree, events, reader} = state;
  if (events !== undefined || tree.rows[tree.cursor]?.kind === 'event')
    return {...state, notice: 'an event has no versions: it never changes'};
  if (state.project !== undefined && tree.rows[tree.cursor]?.kind !== 'segment')
    return {...state, notice: `${state.project} alone has no versions: its periods are made as you look`};
  if (reader.mode === 'versions') return {...state, focus: 'list', reader: READER_TOP};
  return {...state, focus: 'reader', reader: {...READER_TOP, mode: 'versions'}};
}
