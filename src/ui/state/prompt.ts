import {parsePhrase} from '../../domain/time/phrase.js';
import {MemError} from '../../errors.js';
import {copyEffect} from '../draw/copy.js';
import type {Key} from '../input/key.js';
import {findAgain, startSearch} from './search.js';
import type {BrowserState, Prompt} from './state.js';
import {timesOf} from './times.js';

/** In UTF-16 units. */
const PROMPT_LENGTH = 200;

/** A key's step while something is asked at the bottom. */
export function pressInPrompt(state: BrowserState, prompt: Prompt, key: Key): BrowserState {
  if (key.kind === 'named' && key.name === 'escape') return {...state, prompt: undefined};
  if (prompt.kind === 'copy') return {...state, prompt: undefined, ...(key.kind === 'char' ? copyEffect(state, key.char) : {})};
  const type = (text: string): BrowserState => ({...state, prompt: {...prompt, text}});
  if (key.kind === 'char' || key.kind === 'pasted') return prompt.text.length < PROMPT_LENGTH ? type(prompt.text + key.char) : state;
  if (key.kind !== 'named') return state;
  switch (key.name) {
    case 'backspace':
      return prompt.text === '' ? {...state, prompt: undefined} : type([...prompt.text].slice(0, -1).join(''));
    case 'ctrl-u':
      return type('');
    case 'enter':
      return answerPrompt({...state, prompt: undefined}, prompt.kind, prompt.text.trim());
    default:
      return state;
  }
}

function answerPrompt(state: BrowserState, kind: 'find' | 'date', text: string): BrowserState {
  if (kind === 'find') return text === '' ? findAgain(state, 'forward') : startSearch(state, {kind: 'text', text}, 'forward');
  if (text === '') return state;
  try {
    return {...state, goal: {parent: undefined, id: parsePhrase([text], timesOf(state).today)}};
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    return {...state, notice: `${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`};
  }
}
