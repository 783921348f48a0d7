import type {EventId} from '../../domain/event/event.js';
import type {ScreenHits} from '../../domain/search/query/screen-hits.js';
import type {EventPlace} from '../../domain/toc/screen-want.js';
import {takeSource} from './around.js';
import {goTo} from './go-to.js';
import {isWide, panesOf} from './panes.js';
import {chosenOf} from './selection.js';
import {type BrowserState, READER_TOP, type SearchState, type Spot} from './state.js';
import {cursorIn} from './tidy.js';
import {treeRows} from './tree.js';

/** What came of a query. */
export type SearchAnswer = ScreenHits | {readonly problem: string};

/** The list of hits in the place of both panes, with the prompt below it. What was found last is still there. */
export function openSearch(state: BrowserState): BrowserState {
  return {...state, prompt: {kind: 'search', text: ''}, search: {...state.search, problem: '', back: state.search.back ?? spotOf(state)}};
}

function spotOf({tree, events, focus, reader}: BrowserState): Spot {
  return {tree, events, focus, reader};
}

/** A query as it is typed: it is looked for as soon as it holds anything new. */
export function typeQuery(state: BrowserState, text: string): BrowserState {
  const typed: BrowserState = {...state, prompt: {kind: 'search', text}};
  const query = text.trim();
  const {search} = state;
  if (query === (search.isRunning ? search.query : search.found?.query) && search.problem === '') return typed;
  const serial = search.serial + 1;
  const next = {...search, serial, problem: '', isGoing: false};
  if (query === '') return {...typed, search: {...next, isRunning: false}};
  return {...typed, search: {...next, query, isRunning: query !== search.found?.query}};
}

/** Looks again for what is on the screen: what it is looked for in has changed. */
export function searchAgain(state: BrowserState): BrowserState {
  const {search, prompt} = state;
  if (prompt?.kind !== 'search' || search.found === undefined || search.isRunning) return state;
  return {...state, search: {...search, query: search.found.query, serial: search.serial + 1, isRunning: true}};
}

export function takeHits(state: BrowserState, serial: number, answer: SearchAnswer): BrowserState {
  const {search} = state;
  if (search.serial !== serial || !search.isRunning) return state;
  const done = {...search, isRunning: false, isGoing: false};
  if ('problem' in answer) return {...state, search: {...done, problem: answer.problem}};
  // Of the same query the hit that was chosen stays chosen, wherever it is now.
  const chosen = search.found?.query === search.query ? search.found.hits[search.cursor]?.id : undefined;
  const cursor = Math.max(
    0,
    answer.hits.findIndex(({id}) => id === chosen),
  );
  const found: BrowserState = {...state, search: {...done, found: {...answer, query: search.query}, cursor, problem: ''}};
  return search.isGoing ? enterHit(found) : found;
}

export function moveHit(state: BrowserState, by: number): BrowserState {
  const {search} = state;
  const last = (search.found?.hits.length ?? 0) - 1;
  return {...state, search: {...search, cursor: Math.max(0, Math.min(search.cursor + by, last))}};
}

/** Goes to the chosen hit; while it is looked for, to the first one as soon as it is there. */
export function enterHit(state: BrowserState): BrowserState {
  const {search} = state;
  if (search.isRunning) return {...state, search: {...search, isGoing: true}};
  const hit = search.problem === '' ? search.found?.hits[search.cursor] : undefined;
  return hit === undefined ? state : {...state, prompt: undefined, hit: hit.id};
}

/** The hit after the chosen one, or before it. */
export function nextHit(state: BrowserState, by: 1 | -1): BrowserState {
  const {search} = state;
  const hits = search.found?.hits ?? [];
  if (hits.length === 0) return {...state, notice: 'nothing was found yet: press / to search'};
  const cursor = search.cursor + by;
  const hit = hits[cursor];
  if (hit === undefined) return {...state, notice: by > 0 ? 'this is the last hit' : 'this is the first hit'};
  return {...state, search: {...search, cursor, back: search.back ?? spotOf(state)}, hit: hit.id};
}

/** The hit in the tree, or among the events of its session where no segment has it. */
export function takeEventPlace(state: BrowserState, id: EventId, found: EventPlace | undefined): BrowserState {
  // It was given up while the way was read.
  if (state.hit !== id) return state;
  const known: BrowserState = {...state, hit: undefined};
  if (found === undefined) return {...known, notice: 'this event is not in the store any more'};
  if (found.kind === 'source') return takeSource(known, found.source, 'Around a hit');
  const gone = goTo(known, found.rows, found.segment, true);
  const {height} = panesOf({...gone, focus: 'list'});
  const cursor = Math.max(
    0,
    gone.tree.rows.findIndex((row) => row.kind === 'event' && row.id === id),
  );
  const isSeen = cursor >= state.tree.top && cursor < state.tree.top + height && state.events === undefined;
  const top = isSeen ? state.tree.top : Math.max(0, cursor - Math.floor(height / 2));
  return {...gone, tree: {...gone.tree, cursor, top}, focus: isWide(state) ? 'list' : 'reader', reader: READER_TOP};
}

/** Whether Esc leads back to where the reader was before the search: at a hit, and from the tree around it. */
export function isAtHit(state: BrowserState): boolean {
  const {search, events, focus} = state;
  if (search.back === undefined) return false;
  const chosen = chosenOf(state);
  const isHit = chosen?.kind === 'event' && chosen.id === search.found?.hits[search.cursor]?.id;
  return isHit || (focus === 'list' && events === undefined);
}

/** Back to where the reader was. What was found stays, for `n` and `N`. */
export function leaveSearch(state: BrowserState): BrowserState {
  const {search} = state;
  const {back} = search;
  const left: BrowserState = {...state, prompt: undefined, hit: undefined, search: stopped(search)};
  if (back === undefined) return left;
  const {children} = state.tree;
  const rows = treeRows(children, back.tree.open);
  return {...left, ...back, tree: {...back.tree, children, rows, cursor: cursorIn(rows, back.tree)}};
}

/** Stays where a hit led. */
export function forgetBack(state: BrowserState): BrowserState {
  return state.search.back === undefined ? state : {...state, search: {...state.search, back: undefined}};
}

function stopped(search: SearchState): SearchState {
  const {serial, isRunning} = search;
  return {...search, serial: isRunning ? serial + 1 : serial, isRunning: false, isGoing: false, problem: '', back: undefined};
}
