import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Found, ScreenReading, Want} from '../../domain/toc/screen-want.js';
import type {Key} from '../input/key.js';
import {takeAnswer} from './answers.js';
import {goTo} from './go-to.js';
import {press, reload} from './press.js';
import {type SearchAnswer, takeHits} from './search.js';
import type {BrowserState, Size, StoreState} from './state.js';
import {tidy} from './tidy.js';

/** What happens to the browser. */
export type Action =
  | {readonly kind: 'key'; readonly key: Key}
  | {readonly kind: 'resize'; readonly size: Size}
  /** Something changed in the home, or may have. */
  | {readonly kind: 'changed'}
  /** @property generation, project those of the state when it asked */
  | {
      readonly kind: 'read';
      readonly wants: readonly Want[];
      readonly reading: ScreenReading;
      readonly generation: number;
      readonly project: string | undefined;
    }
  | {readonly kind: 'not-read'; readonly store: StoreState}
  | {readonly kind: 'looked'; readonly serial: number; readonly month: LocalDate}
  | {readonly kind: 'found'; readonly serial: number; readonly found: Found | {readonly failed: string} | undefined}
  | {readonly kind: 'searched'; readonly serial: number; readonly answer: SearchAnswer | 'busy'}
  | {readonly kind: 'copied'; readonly what: string};

/** The next state. It is pure: what is to be read, drawn, copied or ended follows from the state that it returns. */
export function reduce(state: BrowserState, action: Action): BrowserState {
  return tidy(step({...state, effect: undefined}, action), state);
}

function step(state: BrowserState, action: Action): BrowserState {
  switch (action.kind) {
    case 'key':
      return press(state, action.key);
    case 'resize':
      return {...state, size: action.size};
    case 'changed':
      return reload(state);
    case 'read':
      return takeReading(state, action);
    case 'not-read':
      return {...state, store: action.store};
    case 'looked':
      return state.neighbour?.serial === action.serial ? {...state, neighbour: {...state.neighbour, month: action.month}} : state;
    case 'found':
      return takeFound(state, action);
    case 'searched':
      if (action.answer === 'busy') return {...state, store: {kind: 'busy'}};
      return takeHits(state.store.kind === 'busy' ? {...state, store: {kind: 'ready'}} : state, action.serial, action.answer);
    case 'copied':
      return {...state, notice: `asked the terminal to copy ${action.what} (OSC 52)`};
  }
}

function takeReading(state: BrowserState, {wants, reading, generation, project}: Action & {kind: 'read'}): BrowserState {
  const {timeZone, now, answers} = reading;
  let next: BrowserState = {...state, store: {kind: 'ready'}, clock: {timeZone, now}};
  // Of what was shown before another project was chosen.
  if (project !== state.project) return next;
  for (const [at, answer] of answers.entries()) {
    const want = wants[at];
    if (want !== undefined) next = takeAnswer(next, want, answer, generation);
  }
  return next;
}

function takeFound(state: BrowserState, {serial, found}: Action & {kind: 'found'}): BrowserState {
  const {neighbour} = state;
  if (neighbour?.serial !== serial || !neighbour.isRunning) return state;
  const done = {...state, neighbour: {...neighbour, isRunning: false}};
  if (found === undefined) {
    const side = neighbour.direction === 'forward' ? 'after' : 'before';
    return {...done, notice: `there is no ${neighbour.tocLevel} ${side} this one`};
  }
  return 'failed' in found ? {...done, notice: found.failed} : goTo(done, found.rows, found.place);
}
