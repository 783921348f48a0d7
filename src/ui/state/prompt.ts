import {parsePhrase} from '../../domain/time/phrase.js';
import {MemError} from '../../errors.js';
import {copyEffect} from '../draw/copy.js';
import type {Key, NamedKey} from '../input/key.js';
import {panesOf} from './panes.js';
import {enterProject, moveProject, narrowProjects} from './projects.js';
import {enterHit, forgetBack, leaveSearch, moveHit, typeQuery} from './search.js';
import type {BrowserState, Prompt} from './state.js';
import {timesOf} from './times.js';

/** In UTF-16 units. */
const PROMPT_LENGTH = 200;

/** A key's step while something is asked at the bottom. */
export function pressInPrompt(state: BrowserState, prompt: Prompt, key: Key): BrowserState {
  if (key.kind === 'named' && key.name === 'escape') return closePrompt(state, prompt);
  if (prompt.kind === 'copy') return {...state, prompt: undefined, ...(key.kind === 'char' ? copyEffect(state, key.char) : {})};
  const type = (text: string): BrowserState => typeText(state, prompt.kind, text);
  if (key.kind === 'char' || key.kind === 'pasted') return prompt.text.length < PROMPT_LENGTH ? type(prompt.text + key.char) : state;
  if (key.kind !== 'named') return state;
  switch (key.name) {
    case 'backspace':
      return prompt.text === '' ? closePrompt(state, prompt) : type([...prompt.text].slice(0, -1).join(''));
    case 'ctrl-u':
      return type('');
    case 'enter':
      if (prompt.kind === 'search') return enterHit(state);
      if (prompt.kind === 'project') return enterProject(state);
      return goToDate({...state, prompt: undefined}, prompt.text.trim());
    default:
      return moveInPage(state, prompt.kind, key.name);
  }
}

type Typing = Exclude<Prompt, {readonly kind: 'copy'}>['kind'];

function closePrompt(state: BrowserState, {kind}: Prompt): BrowserState {
  return kind === 'search' ? leaveSearch(state) : {...state, prompt: undefined};
}

function typeText(state: BrowserState, kind: Typing, text: string): BrowserState {
  if (kind === 'search') return typeQuery(state, text);
  return kind === 'project' ? narrowProjects(state, text) : {...state, prompt: {kind, text}};
}

/** A step in the list above the prompt, where there is one. */
function moveInPage(state: BrowserState, kind: Typing, name: NamedKey): BrowserState {
  // Of hits, each with some lines, fewer are on a page.
  const page = Math.max(1, kind === 'search' ? Math.floor(panesOf(state).height / 5) : panesOf(state).height - 1);
  const by: Partial<Record<NamedKey, number>> = {up: -1, down: 1, 'page-up': -page, 'page-down': page, home: -Infinity, end: Infinity};
  const rows = by[name];
  if (rows === undefined || kind === 'date') return state;
  return kind === 'search' ? moveHit(state, rows) : moveProject(state, rows);
}

function goToDate(state: BrowserState, text: string): BrowserState {
  if (text === '') return state;
  try {
    return {...forgetBack(state), goal: {parent: undefined, id: parsePhrase([text], timesOf(state).today)}};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {...state, notice: `${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`};
  }
}
