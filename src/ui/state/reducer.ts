import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Found, Hit, ScreenReading, Want} from '../../domain/toc/screen-want.js';
import type {Key} from '../input/key.js';
import {takeAnswer} from './answers.js';
import {goTo} from './go-to.js';
import {press, reload} from './press.js';
import type {BrowserState, Size, StoreState} from './state.js';
import {tidy} from './tidy.js';

/** In UTF-16 units. */
const AROUND_HIT = 40;

/** What happens to the browser. */
export type Action =
  | {readonly kind: 'key'; readonly key: Key}
  | {readonly kind: 'resize'; readonly size: Size}
  /** Something changed in the home, or may have. */
  | {readonly kind: 'changed'}
  /** @param generation that of the state when it asked */
  | {readonly kind: 'read'; readonly wants: readonly Want[]; readonly reading: ScreenReading; readonly generation: number}
  | {readonly kind: 'not-read'; readonly store: StoreState}
  | {readonly kind: 'looked'; readonly serial: number; readonly month: LocalDate}
  | {
      readonly kind: 'found';
      readonly serial: number;
      readonly found: Found | {readonly failed: string} | undefined;
      readonly isWrapped: boolean;
    }
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
      return state.search?.serial === action.serial ? {...state, search: {...state.search, month: action.month}} : state;
    case 'found':
      return takeFound(state, action);
    case 'copied':
      return {...state, notice: `asked the terminal to copy ${action.what} (OSC 52)`};
  }
}

function takeReading(state: BrowserState, {wants, reading, generation}: Action & {kind: 'read'}): BrowserState {
  const {timeZone, now, answers} = reading;
  let next: BrowserState = {...state, store: {kind: 'ready'}, clock: {timeZone, now}};
  for (const [at, answer] of answers.entries()) {
    const want = wants[at];
    if (want !== undefined) next = takeAnswer(next, want, answer, generation);
  }
  return next;
}

function takeFound(state: BrowserState, {serial, found, isWrapped}: Action & {kind: 'found'}): BrowserState {
  const {search} = state;
  if (search?.serial !== serial || !search.isRunning) return state;
  const done = {...state, search: {...search, isRunning: false}};
  if (found === undefined) return {...done, notice: notFoundText(search.sought, search.direction)};
  if ('failed' in found) return {...done, notice: found.failed};
  const wrapped = isWrapped ? `found from the ${search.direction === 'forward' ? 'beginning' : 'end'} on` : '';
  const notice = [wrapped, hitText(found.hit, search.text ?? '')].filter((text) => text !== '').join('; ');
  return {...goTo(done, found.rows, found.place), notice};
}

/** Why the search ended here: the row shows the title alone. */
function hitText(hit: Hit | undefined, sought: string): string {
  if (hit === undefined || hit.part === 'title') return '';
  const {part, text} = hit;
  const at = text.toLowerCase().indexOf(sought.toLowerCase());
  const from = at <= AROUND_HIT ? 0 : text.indexOf(' ', at - AROUND_HIT) + 1 || at;
  const start = Math.min(from, at);
  return `in a ${part}: ${start > 0 ? '… ' : ''}${text.slice(start, at + sought.length + 2 * AROUND_HIT)}`;
}

function notFoundText(sought: NonNullable<BrowserState['search']>['sought'], direction: string): string {
  if (sought.kind === 'text') return `nothing holds "${sought.text}"`;
  return `there is no ${sought.tocLevel} ${direction === 'forward' ? 'after' : 'before'} this one`;
}
